using System.Text.Json;
using Ochag.Billing.Contracts;
using Ochag.Server.Cases;
using Shouldly;

namespace Ochag.Specs.Evaluation;

/// <summary>Whole buildings that an independent program reckoned: every line of every account, exact.</summary>
public sealed class WorkedBuildingTests
{
    [Theory]
    [InlineData("B01")]
    [InlineData("B02")]
    [InlineData("B04")]
    [InlineData("B06")]
    [InlineData("B08")]
    [InlineData("B10")]
    [InlineData("B12")]
    [InlineData("B16")]
    public void Every_line_of_every_account_comes_out_as_it_was_worked(string id) =>
        WorkedComparison.Bills(Read(id), IsLater).ShouldBeEmpty();

    [Theory]
    [InlineData("B04")]
    [InlineData("B08")]
    [InlineData("B10")]
    [InlineData("B12")]
    [InlineData("B16")]
    public void A_buildings_volume_is_the_sum_of_what_it_became(string id) =>
        WorkedComparison.Balances(Read(id)).ShouldBeEmpty();

    internal static WorkedBuilding Read(string id)
    {
        using var file = File.OpenRead(Path.Combine(Repository.Root, "tests", "worked-bills", id + ".json"));
        return WorkedBuilding.Read(JsonDocument.Parse(file).RootElement, Pack());
    }

    internal static RulePack Pack() => RulePack.Read(Path.Combine(Repository.Root, "rulepacks", "ru-354")).Value;

    /// <summary>Components whose rules are not there yet: quality of service and benefits.</summary>
    private static bool IsLater(string component) =>
        component.StartsWith("quality.", StringComparison.Ordinal) || component == "benefit";
}
