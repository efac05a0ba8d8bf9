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
    [InlineData("B17")]
    [InlineData("B19")]
    public void Every_line_of_every_account_comes_out_as_it_was_worked(string id) =>
        WorkedComparison.Bills(Read(id)).ShouldBeEmpty();

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
        var root = JsonDocument.Parse(file).RootElement;
        return WorkedBuilding.Read(root, Pack(root.GetProperty("rulepack").GetString()!));
    }

    internal static RulePack Pack(string name = "ru-354") => RulePack.Read(Path.Combine(Repository.Root, "rulepacks", name)).Value;
}
