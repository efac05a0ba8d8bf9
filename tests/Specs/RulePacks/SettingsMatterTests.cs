using System.Text.Json;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Server.Cases;
using Ochag.Specs.Evaluation;
using Shouldly;

namespace Ochag.Specs.RulePacks;

/// <summary>No number of a pack is there for show: with another value of it alone, some worked building is charged otherwise.</summary>
public sealed class SettingsMatterTests
{
    private static readonly LocalDate Ever = new(1990, 1, 1);

    public static TheoryData<string, ParameterTable, string> Numbers => [.. new[] { "ru-354", "ua-gas" }.SelectMany(pack =>
        WorkedBuildingTests.Pack(pack).Parameters.Select(p => p.Parameter).Select(p => (p.Table, p.Key)).Distinct()
            .Select(p => new TheoryDataRow<string, ParameterTable, string>(pack, p.Table, p.Key)))];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Another_value_changes_a_charge(string pack, ParameterTable table, string key) =>
        Buildings(pack).Any(b => Others(WorkedBuildingTests.Pack(pack), table, key).Any(other => Differs(b, table, key, other)))
            .ShouldBeTrue();

    private static bool Differs(WorkedBuilding building, ParameterTable table, string key, Exact other)
    {
        var own = building.Parameters.Where(p => (p.Table, p.Key) != (table, key));
        var rules = Rules.Over(WorkedBuildingTests.Pack(building.PackName), [.. own, new(table, key, Ever, null, other)]);
        return building.Months.Any(month => !Bill(building, rules, month).SequenceEqual(Bill(building, building.Rules, month)));
    }

    private static List<string> Bill(WorkedBuilding building, Rules rules, BillingPeriod month) =>
        Evaluator.EvaluateBuilding(building.Facts, rules, month) is { Refusal: null } evaluated
            ? [.. evaluated.Value.Lines.Select(l => $"{l.Account.Value} {l.Service} {l.Component} {l.Basis} {l.Quantity} {l.Amount} {l.Vat}")]
            : ["refused"];

    private static IEnumerable<Exact> Others(RulePack pack, ParameterTable table, string key)
    {
        var value = pack.Parameters.Last(p => p.Parameter.Table == table && p.Parameter.Key == key).Parameter.Value;


        // The pack's own value is another one for a building that overrides it.
        return new[] { value, value + Exact.One, value - Exact.One, value * Exact.Of(2), value / Exact.Of(2), Exact.Zero, Exact.One }
            .Where(other => other.Sign >= 0);
    }

    private static IEnumerable<WorkedBuilding> Buildings(string pack) => WorkedBuildingTests.Files()
        .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement)
        .Where(root => root.GetProperty("rulepack").GetString() == pack)
        .Select(root => WorkedBuilding.Read(root, WorkedBuildingTests.Pack(pack)));
}
