using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Readings;
using Ochag.Metering.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Life;

/// <summary>What every step of a meter's life has in common: one transaction in which it is decided and written.</summary>
internal sealed class MeterDesk(
    OchagDb db, IRegistry registry, IMeterBook meters, IMetering metering, MeteringReader reader, IClock clock)
{
    /// <param name="meter">The meter that the step is about; null: it is not there yet.</param>
    /// <param name="next">The meter that comes; null: none does.</param>
    public async Task<MeterDecision> Run(
        TerritoryRecord territory, MeterId? meter, NewMeter? next, Func<MeterScene, IReadOnlyList<Refusal>> decide,
        Func<MeterScene, Task<MeterId>> write, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await meters.Hold(cancel);
        // A sheet of readings waits too: what is judged here stays the latest.
        await db.ReserveIds<ReadingRow>(1, cancel);
        var scene = await Scene(territory, meter, next, cancel);
        var refusals = decide(scene);
        if (refusals.Count > 0)
            return new(meter ?? default, refusals);
        try
        {
            var written = await write(scene);
            await transaction.CommitAsync(cancel);
            return new(written, []);
        }
        catch (DbUpdateConcurrencyException)
        {
            // An import was faster: what the form was opened on holds no more.
            return new(meter ?? default, [new(Versions.ChangedMeanwhile)]);
        }
    }

    /// <summary>A meter comes: it stands, is verified and sealed from the day, and begins with its index.</summary>
    public async Task<MeterId> Bring(
        MeterStep step, NewMeter meter, IReadOnlyList<RegisterIndex> index, LocalDate? verifiedUntil, string seal, MeterScene scene,
        string by, CancellationToken cancel)
    {
        var evidence = step.Evidence.Trim();
        var id = await meters.Install(meter, MeterRules.Known(meter, scene)?.Place.Id, step.Day, by, evidence, cancel);
        if (verifiedUntil is { } until)
            await meters.Verify(id, step.Day, until, by, evidence, cancel);
        if (seal.Trim() is { Length: > 0 } number)
            await meters.Seal(id, number, step.Day, by, evidence, cancel);
        await Read(id, meter.Building, step, ReadingMark.Initial, ReadingSource.Act, index, by, cancel);
        return id;
    }

    public Task Read(
        MeterId meter, BuildingId building, MeterStep step, ReadingMark mark, ReadingSource source,
        IReadOnlyList<RegisterIndex> index, string by, CancellationToken cancel) =>
        metering.Record([new(meter, building, step.Day, step.Day, source, mark, index)], [], by, step.Evidence.Trim(), cancel);

    private async Task<MeterScene> Scene(TerritoryRecord territory, MeterId? meter, NewMeter? next, CancellationToken cancel)
    {
        var today = clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
        var life = meter is { } id ? await meters.Find(id, cancel) : null;
        var building = life?.Place.Building ?? next!.Building;
        var here = next is null ? [] : await meters.At(next.Building, next.Premises, cancel);
        var named = next is null ? [] : (await registry.FindMeters(territory.Id, [next.Serial], cancel))[next.Serial].ToList();
        return new(today, life, here, named, await reader.Read(territory.Id, [building], today, cancel) is [var known] ? known : null);
    }
}
