using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Evaluation;

/// <summary>What holds for reductions and benefits of any building, tried on invented events; a failure names its seed.</summary>
public sealed class QualityProperties
{
    private const int Months = 4;
    private static readonly BillingPeriod Month = RandomBuilding.Since.PlusMonths(Months - 1);
    private static readonly Service[] Services =
        [Service.ColdWater, Service.HotWater, Service.Drainage, Service.Electricity, Service.Heating];

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 40).Select(s => (ulong)s)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Reductions_never_exceed_the_charge_and_every_working_comes_out(ulong seed)
    {
        foreach (var account in Lines(Troubled(seed)).GroupBy(l => (l.Account, l.Service)))
        {
            var fee = account.Where(l => l.Component.IsMain || l.Component.Kind is ComponentKind.CommonNegative or ComponentKind.Absence)
                .Sum(l => l.Amount.Minor);
            var taken = -account.Where(l => IsReduction(l.Component.Kind)).Sum(l => l.Amount.Minor);
            taken.ShouldBeInRange(0, Math.Max(0, fee));
            foreach (var line in account)
            {
                var replayed = Replay.Run(Working.Read(line.Working));
                (replayed.Amount, replayed.Quantity).ShouldBe((line.Amount.ToExact(), line.Quantity));
            }
        }
    }

    /// <summary>Other lines do not know of the events, and a benefit only becomes less by them.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Events_change_nothing_but_reductions_and_benefits(ulong seed)
    {
        var troubled = Troubled(seed);
        var calm = troubled with { QualityEvents = [] };
        Lines(troubled).Where(l => !IsReduction(l.Component.Kind)).Select(Text)
            .ShouldBe(Lines(calm).Where(l => !IsReduction(l.Component.Kind)).Select(Text));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_event_cut_in_two_reduces_the_same(ulong seed)
    {
        var facts = Troubled(seed);
        var random = new Seeded(seed + 7);
        var cut = facts.QualityEvents.SelectMany(e => Cut(e, e.From + (e.To - e.From) / random.Next(2, 5))).ToList();
        Lines(facts with { QualityEvents = cut }).Select(Text).ShouldBe(Lines(facts).Select(Text));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_events_and_events_elsewhere_change_nothing(ulong seed)
    {
        var facts = Troubled(seed);
        var before = Event(facts, new Seeded(seed), RandomBuilding.Since.FirstDay.PlusDays(-400));
        var elsewhere = before with { Service = Service.Gas, From = Start(3), To = Start(9) };
        QualityEvent[] turned = [.. facts.QualityEvents.Reverse(), before, elsewhere];
        Lines(facts with { QualityEvents = turned }).Select(Text).ShouldBe(Lines(facts).Select(Text));
    }

    private static QualityEvent[] Cut(QualityEvent e, Instant at) =>
    [
        e with { To = at, Series = [.. e.Series.Where(l => l.From < at)] },
        e with { From = at, Series = [.. e.Series.Where(l => l.From <= at).TakeLast(1), .. e.Series.Where(l => l.From > at)] },
    ];

    private static BuildingFacts Troubled(ulong seed)
    {
        var facts = RandomBuilding.Of(seed, months: Months);
        var random = new Seeded(seed);
        return facts with
        {
            QualityEvents = [.. Enumerable.Range(0, random.Next(1, 7))
                .Select(_ => Event(facts, random, Month.FirstDay.PlusDays(random.Next(-5, 29))))],
            Benefits = facts.Building.Accounts.Where(_ => random.Chance(30)).ToDictionary(
                a => a.Id, _ => (IReadOnlyList<Benefit>)[BenefitOf(random)]),
        };
    }

    private static Benefit BenefitOf(Seeded random) => new(
        0, [random.Pick(Services)], random.Next(1, 3), Exact.Of(random.Next(10, 100)), Month.FirstDay.PlusDays(random.Next(-60, 20)), null);

    private static QualityEvent Event(BuildingFacts facts, Seeded random, LocalDate day)
    {
        var from = day.AtStartOfDayInZone(facts.TimeZone).ToInstant() + Duration.FromMinutes(random.Next(0, 24 * 60));
        var kind = random.Pick(Enum.GetValues<QualityKind>());
        var low = kind == QualityKind.Pressure ? 5 : 2;
        return new(
            0, random.Pick(Services), random.Chance(40) ? [random.Pick([.. facts.Building.Accounts]).Id] : null, from,
            from + Duration.FromMinutes(random.Next(30, 20 * 24 * 60)), kind, kind == QualityKind.Break && random.Chance(40),
            DeadEndMain: false, null,
            [new(from, Exact.Of(random.Next(low, 60))), new(from + Duration.FromMinutes(25), Exact.Of(random.Next(low, 60)))]);
    }

    private static Instant Start(int day) => Month.FirstDay.PlusDays(day).AtMidnight().InUtc().ToInstant();

    private static IReadOnlyList<ChargeLine> Lines(BuildingFacts facts) => Evaluator.EvaluateBuilding(
        facts, Rules.Over(WorkedBuildingTests.Pack(), RandomBuilding.Parameters), Month).Value.Lines;

    private static bool IsReduction(ComponentKind kind) =>
        kind is >= ComponentKind.QualityBreak and <= ComponentKind.Benefit;

    private static string Text(ChargeLine l) => $"{l.Account.Value} {l.Service} {l.Component} {l.Basis} {l.Quantity} {l.Amount} {l.Vat}";
}
