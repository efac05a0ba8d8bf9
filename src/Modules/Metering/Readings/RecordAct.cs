using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Books;

namespace Ochag.Metering.Readings;

/// <summary>Acts at the desk: recorded, put right, taken back as a mistake; superseded, never overwritten.</summary>
internal sealed class MeterActs(FactDesk desk, Acts acts, IRegistry registry, IClock clock) : IMeterActs
{
    public async Task<FactChain<MeterAct>> Read(PremisesId premises, CancellationToken cancel) => new(
    [
        .. (await acts.List(premises, cancel)).OrderByDescending(a => a.Act.Id).Select(a => new FactLine<MeterAct>(
            a.Act.Id, a.Act, a.Act.Drawn, null, a.Origin, a.SupersededAt)),
    ]);

    public async Task<IReadOnlyList<Refusal>> Record(TerritoryRecord territory, RecordAct act, string by, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var today = now.InZone(territory.TimeZone).Date;
        return await desk.Run<MeterActFact>(
            f => f.PremisesId == act.Premises, new(now, by, act.Evidence),
            async _ =>
            {
                var premises = (await registry.ReadBuildings([act.Building], cancel)).SelectMany(b => b.Premises)
                    .FirstOrDefault(p => p.Id == act.Premises);
                return ActRules.Refuse(act, await Read(act.Premises, cancel), premises, today);
            },
            async (facts, book) =>
            {
                if (act.Record is { } record)
                    book.Withdraw([.. facts], facts.Single(f => f.Id == record));
                if (act.Act is { } right)
                    await acts.Record(act.Building, [right], book.Recorded, cancel);
            },
            new(Versions.ChangedMeanwhile), cancel);
    }
}

/// <summary>Whether an act can be. Pure.</summary>
internal static class ActRules
{
    private static readonly LocalDate Earliest = new(2000, 1, 1);
    private static readonly Fixed MostPower = Fixed.Of(10_000);

    public static IReadOnlyList<Refusal> Refuse(
        RecordAct command, FactChain<MeterAct> chain, PremisesRecord? premises, LocalDate today)
    {
        var refusals = new List<Refusal>();
        if (command.Version != chain.Version)
            refusals.Add(new(Versions.ChangedMeanwhile));
        var old = command.Record is { } record ? chain.Known.FirstOrDefault(l => l.Id == record) : null;
        if (premises is null || command.Record is not null && old is null)
            refusals.Add(new("registry.record-unknown"));
        if (command.Evidence.Trim().Length is 0 or > FactStep.EvidenceLength)
            refusals.Add(new("metering.act-evidence-missing", ("most", $"{FactStep.EvidenceLength}")));
        if (command.Act is not { } act || premises is null)
            return refusals;
        refusals.AddRange(Days(act, today));
        if (act.Kind == MeterActKind.Difference)
            refusals.AddRange(Checked(act, premises));
        if (act.PerHour is { } power && (power <= Fixed.Zero || power > MostPower))
            refusals.Add(new("metering.act-power-wrong", ("most", $"{MostPower}")));
        if (old is not null && Same(old.Value, act) && old.Origin.Evidence == command.Evidence.Trim())
            refusals.Add(new("registry.nothing-changed"));
        else if (chain.Known.Any(l => l.Id != command.Record && l.Value.Kind == act.Kind && l.Value.Service == act.Service
            && l.Value.Drawn == act.Drawn && l.Value.Meter == act.Meter))
            refusals.Add(new("metering.act-there", ("day", Say.Day(act.Drawn))));
        return refusals;
    }

    private static IEnumerable<Refusal> Days(MeterAct act, LocalDate today)
    {
        if (act.Drawn > today)
            yield return new("metering.act-of-the-future", ("today", Say.Day(today)), ("field", "drawn"));
        else if (act.Drawn < Earliest)
            yield return new("metering.act-too-early", ("day", Say.Day(Earliest)));
        foreach (var (name, day) in new[] { ("access", act.Access), ("removed", act.Removed) })
        {
            if (day > today)
                yield return new("metering.act-of-the-future", ("today", Say.Day(today)), ("field", name));
        }

        if (act.Access < act.Drawn)
            yield return Turned("access", act.Drawn);
        foreach (var (name, day) in new[] { ("from", act.From), ("check", act.LastCheck) })
        {
            if (day > act.Drawn)
                yield return new("metering.act-after-drawn", ("field", name), ("day", Say.Day(act.Drawn)));
        }

        if (act.Removed < (act.From ?? act.LastCheck ?? act.Removed))
            yield return Turned("removed", act.From ?? act.LastCheck!.Value);
    }

    private static Refusal Turned(string field, LocalDate day) => new("metering.act-days-turned", ("field", field), ("day", Say.Day(day)));

    /// <summary>The meter stood on the day, and each of its registers was read.</summary>
    private static IEnumerable<Refusal> Checked(MeterAct act, PremisesRecord premises)
    {
        var meter = premises.Meters.FirstOrDefault(m => m.Id == act.Meter && m.Installed <= act.Drawn
            && (m.Removed is not { } removed || act.Drawn < removed));
        if (act.Meter is null || (act.Values ?? []).Count == 0)
        {
            yield return new("metering.act-index-missing");
            yield break;
        }

        if (meter is null || meter.Service != act.Service)
        {
            yield return new("metering.act-meter-absent", ("day", Say.Day(act.Drawn)));
            yield break;
        }

        if (meter.Zones.Any(z => act.Values!.All(v => v.Zone != z)) || act.Values!.Any(v => !meter.Zones.Contains(v.Zone)))
            yield return new("metering.act-index-missing");
        foreach (var value in act.Values!.Where(v => v.Index < Fixed.Zero || v.Index >= Fixed.Of(meter.DialSize)))
        {
            yield return new(
                "metering.step-over-dial", ("digits", $"{meter.Digits}"), ("field", $"index-{meter.Id.Value}"), ("zone", $"{value.Zone}"));
        }
    }

    private static bool Same(MeterAct a, MeterAct b) =>
        a with { Id = 0, Values = null } == b with { Id = 0, Values = null } && (a.Values ?? []).SequenceEqual(b.Values ?? []);
}
