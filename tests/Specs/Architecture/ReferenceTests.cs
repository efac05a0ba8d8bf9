using System.Xml.Linq;
using Shouldly;

namespace Ochag.Specs.Architecture;

/// <summary>
/// The table of design: what a part may refer to. A new edge is an edit of this table, seen in review.
/// </summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Foundation"] = [],
        ["Storage"] = ["Foundation"],
        ["Documents"] = ["Foundation"],
        ["Registry"] = ["Foundation", "Storage", "Documents"],
        ["Metering"] = ["Foundation", "Storage", "Registry"],
        ["Billing"] = ["Foundation", "Storage", "Documents", "Registry", "Metering"],
        ["Server"] = ["Foundation", "Storage", "Documents", "Registry", "Metering", "Billing"],
    };

    public static TheoryData<string> Parts => [.. Allowed.Keys];

    public static TheoryData<string> Compiled => [.. Allowed.Keys.Where(p => p != "Server")];

    [Fact]
    public void Every_project_of_the_product_stands_in_the_table() =>
        Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(PartOf).ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_project_refers_only_to_what_the_table_allows(string part)
    {
        var project = Repository.Files.Single(f => f.EndsWith($"Ochag.{part}.csproj", StringComparison.Ordinal));
        References(project).Except(Allowed[part]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Compiled))]
    public void Compiled_code_refers_only_to_what_the_table_allows(string part) => Product.Assembly("Ochag." + part)
        .AssemblyReferences.Select(r => r.Name).Where(n => n.StartsWith("Ochag.", StringComparison.Ordinal))
        .Select(n => n["Ochag.".Length..])
        .Except(Allowed[part]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Compiled))]
    public void Only_the_server_knows_the_web(string part) => Product.Assembly("Ochag." + part)
        .AssemblyReferences.Select(r => r.Name)
        .Where(n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || n.StartsWith("System.Net.Http", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Compiled))]
    public void Only_storage_knows_which_database_it_is(string part)
    {
        if (part == "Storage")
            return;
        Product.Assembly("Ochag." + part).AssemblyReferences.Select(r => r.Name)
            .Where(n => n.StartsWith("Npgsql", StringComparison.Ordinal) || n.Contains("Sqlite", StringComparison.Ordinal)
                || n.StartsWith("SQLitePCL", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_but_storage_asks_which_database_it_is() =>
        Repository.CSharp("src").Where(f => !f.StartsWith("src/Storage/", StringComparison.Ordinal))
            .Where(f => Repository.Text(f) is var text
                && (text.Contains(".IsSqlite()", StringComparison.Ordinal) || text.Contains(".IsNpgsql()", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void Foundation_knows_neither_the_database_nor_the_web() =>
        Product.Assembly("Ochag.Foundation").AssemblyReferences.Select(r => r.Name)
            .Where(n => !n.StartsWith("System", StringComparison.Ordinal) && n is not "NodaTime" and not "netstandard")
            .ShouldBeEmpty();

    private static IEnumerable<string> References(string project) => XDocument.Parse(Repository.Text(project))
        .Descendants("ProjectReference").Select(r => PartOf(r.Attribute("Include")!.Value));

    private static string PartOf(string project) => Path.GetFileNameWithoutExtension(project)["Ochag.".Length..];
}
