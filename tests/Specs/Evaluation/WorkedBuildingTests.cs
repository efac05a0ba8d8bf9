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
    public void Every_bill_balance_and_recalculation_comes_out_as_it_was_worked(string id) => Holds(Root(id));

    /// <summary>The buildings of our own, for what the others do not hold.</summary>
    public static TheoryData<string> Own => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests", "worked-bills", "own"), "*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Own))]
    public void Every_building_of_our_own_comes_out_as_it_was_worked(string id) => Holds(Root(Path.Combine("own", id)));

    private static void Holds(JsonElement root)
    {
        var results = WorkedComparison.Run(root, Pack(root.GetProperty("rulepack").GetString()!));
        results.Where(r => r.Status != "pass").Select(Text).ShouldBeEmpty();
        results.Count(r => r.Kind == "bill").ShouldBe(root.GetProperty("expected").GetProperty("bills").GetArrayLength());
    }

    /// <summary>All worked buildings, ours among them.</summary>
    internal static IEnumerable<string> Files() => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests", "worked-bills"), "*.json", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal);

    internal static JsonElement Root(string id)
    {
        using var file = File.OpenRead(Path.Combine(Repository.Root, "tests", "worked-bills", id + ".json"));
        return JsonDocument.Parse(file).RootElement;
    }

    private static string Text(CaseResult result) => $"{result.Id}: expected {Values(result.Expected)}, was {Values(result.Actual)}";

    private static string Values(IReadOnlyDictionary<string, string> values) => string.Join("; ", values.Select(v => $"{v.Key}={v.Value}"));

    internal static WorkedBuilding Read(string id)
    {
        var root = Root(id);
        return WorkedBuilding.Read(root, Pack(root.GetProperty("rulepack").GetString()!));
    }

    internal static RulePack Pack(string name = "ru-354") => RulePack.Read(Path.Combine(Repository.Root, "rulepacks", name)).Value;
}
