using FsCheck.Fluent;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Specs.Numbers;
using Shouldly;

namespace Ochag.Specs.Metering;

/// <summary>The thresholds as data: whole, dated, overridden by a territory's own, and each of its own rules alone.</summary>
public sealed class ThresholdTests
{
    private static readonly FsCheck.Gen<ReadingCase> Readings =
        from perMonth in Gen.Choose(0, 40)
        from use in Gen.Choose(0, 3000)
        from connected in Gen.Elements(true, false)
        select Cases.Reading($"{400 + 14 * perMonth + use}", perMonth: perMonth) with { Connected = connected };

    [Fact]
    public void Every_service_has_every_threshold_on_every_day_once()
    {
        var rows = Cases.Book.Rows;
        rows.Select(r => r.Value).ShouldAllBe(v => v.Sign > 0);
        rows.GroupBy(r => (r.Name, r.Service)).SelectMany(g => g.SelectMany(a => g.Where(b => a != b && b.Holds(a.From)))).ShouldBeEmpty();
        foreach (var service in Enum.GetValues<Service>().Where(s => s != Service.Drainage))
        {
            var held = Cases.Book.At(service, new(2026, 10, 25));
            foreach (var name in rows.Select(r => r.Name).Distinct())
                held.Find(name).ShouldNotBeNull($"{service}: {name}");
        }

        Rules.All.SelectMany(r => r.Thresholds).Except(rows.Select(r => r.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void A_territory_s_own_number_goes_before_the_default_on_its_days()
    {
        var own = Cases.Book.With(new Threshold("high_warn", Service.Gas, new(2026, 1, 1), new(2026, 12, 31), Exact.Of(3)));
        own.At(Service.Gas, new(2026, 6, 1))["high_warn"].ShouldBe(Exact.Of(3));
        own.At(Service.Gas, new(2027, 1, 1))["high_warn"].ShouldBe(Exact.Of(2));
        own.At(Service.ColdWater, new(2026, 6, 1))["high_warn"].ShouldBe(Exact.Of(2));
    }

    [Fact]
    public void Another_number_changes_only_the_rules_that_name_it()
    {
        foreach (var name in Rules.All.SelectMany(r => r.Thresholds).Distinct())
        {
            foreach (var value in new[] { "0.01", "0.5", "7", "1000" })
            {
                var other = Cases.Book.With(new Threshold(name, null, new(2000, 1, 1), null, Exact.Parse(value)),
                    new Threshold(name, Service.ColdWater, new(2000, 1, 1), null, Exact.Parse(value))).At(Service.ColdWater, Cases.Today);
                Readings.Holds(
                    reading => Rules.All.Where(r => !r.Thresholds.Contains(name))
                        .All(r => Same(r.Judge(reading), r.Judge(reading with { Thresholds = other }))),
                    times: 20);
            }
        }
    }

    [Fact]
    public void A_plausible_reading_is_never_blocked_nor_doubted() => (
        from perMonth in Gen.Choose(1, 200)
        from percent in Gen.Choose(41, 199)
        from service in Gen.Elements(Service.ColdWater, Service.HotWater, Service.Electricity, Service.Gas)
        from first in Gen.Choose(0, 90_000)
        select Cases.Reading(
            new Fixed((first + 14 * perMonth) * 1_000_000L + perMonth * percent * 10_000L).ToString(), service, first, perMonth))
        .Holds(reading => !Rules.Judge(reading).Any());

    [Fact]
    public void Whatever_is_typed_gets_an_answer() => (
        from known in Gen.Choose(0, 3)
        from index in Gen.Choose(0, 99_999)
        from first in Gen.Choose(0, 99_000)
        from perMonth in Gen.Choose(0, 60)
        from later in Gen.Elements(true, false)
        select Cases.Reading($"{index}", Service.ColdWater, first, perMonth) is var reading
            ? reading with
            {
                Known = [.. reading.Known.TakeLast(known), .. later ? new[] { Cases.Known(Cases.Today, first) } : []],
            }
            : reading)
        .Holds(reading => Rules.Judge(reading).All(f => f.Reason.Facts.All(x => x.Value.Length > 0)));

    private static bool Same(Finding? a, Finding? b) =>
        a?.Verdict == b?.Verdict && a?.Code == b?.Code && (a?.Reason.Facts ?? []).SequenceEqual(b?.Reason.Facts ?? []);
}
