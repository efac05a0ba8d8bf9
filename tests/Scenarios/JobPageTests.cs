using System.Net;
using System.Text.RegularExpressions;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The jobs page: what was asked for, by whom, what came of it, and trying again.</summary>
public sealed partial class JobPageTests(CityFixture city)
{
    [Fact]
    public async Task An_import_is_a_job_with_owner_log_and_result_and_a_broken_file_can_be_tried_again()
    {
        using var engineer = await Visitor.SignIn(city, "engineer");
        await engineer.Get("/console/imports");
        var (_, broken) = await engineer.Upload(
            "/console/imports", "оборванный реестр.xlsx", [.. "PK"u8, 3, 4, 1, 2, 3], ("territory", city.North.Code), ("kind", "houses"));
        await Settled(engineer, FilePath().Match(broken).Value);

        var list = (await engineer.Get("/console/jobs")).Page;
        list.ShouldContain("оборванный реестр.xlsx");
        var path = JobPath().Match(list).Groups["path"].Value;
        var (status, job) = await engineer.Get(path);
        status.ShouldBe(HttpStatusCode.OK);
        job.ShouldContain("Поручил engineer");
        job.ShouldContain("не читается");
        job.ShouldContain("Начато по поручению: engineer");
        job.ShouldContain("Закончено: не выполнено");

        var (_, again) = await engineer.Post(path + "/retry");
        again.ShouldContain("Повтор прежнего задания");
        again.ShouldContain(path);
        await Settled(engineer, FilePath().Match(broken).Value);
    }

    [Fact]
    public async Task Another_territory_and_other_roles_see_nothing_of_it()
    {
        using var auditor = await Visitor.SignIn(city, "auditor");
        (await auditor.Get("/console/jobs")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get("/console/jobs")).Page.ShouldNotContain(city.Foreign.Name);
    }

    private static async Task Settled(Visitor visitor, string file)
    {
        while ((await visitor.Get(file)).Page.Contains("every 700ms", StringComparison.Ordinal))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    [GeneratedRegex(@"(?<path>/console/jobs/\d+)""[^/]*/a><div class=""soft small"">оборванный", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JobPath();

    [GeneratedRegex(@"/console/imports/files/[0-9a-f-]{36}", RegexOptions.None, 1000)]
    private static partial Regex FilePath();
}
