using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Metering.Readings;

/// <summary>Readings by a whole building: each line decided by the rules, recorded once whatever comes twice.</summary>
internal sealed class EnterReadings(OchagDb db, IBulkWriter bulk, MeteringReader reader, IClock clock)
    : IReadingEntry
{
    public async Task<IReadOnlyList<SheetRegister>> Open(
        TerritoryRecord territory, BuildingId building, LocalDate day, CancellationToken cancel)
    {
        var volumes = await db.Set<MonthlyVolumeRow>().AsNoTracking()
            .Where(v => v.BuildingId == building && v.MeterId != null && v.SupersededAt == null)
            .Select(v => v.MeterId!.Value).Distinct().ToListAsync(cancel);
        var registers = (await reader.Read(territory.Id, [building], day, cancel)).SelectMany(b => b.Registers(day));
        // A meter that is known by months' volumes is read by nobody.
        return [.. registers.Where(r => r.Last is not null || !volumes.Contains(r.Meter.Id))];
    }

    public async Task<IReadOnlyList<LineDecision>> Check(TerritoryRecord territory, ReadingSheet sheet, CancellationToken cancel) =>
        SheetDecisions.Decide(
            sheet, (await reader.Read(territory.Id, [sheet.Building], Today(territory), cancel))[0], isWhole: sheet.Lines.Count > 1);

    public async Task<IReadOnlyList<LineDecision>> Enter(
        TerritoryRecord territory, ReadingSheet sheet, string by, CancellationToken cancel)
    {
        // A caller who keeps something beside the readings brings the transaction that holds both.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        // Whoever takes ids of readings goes one after another: what is decided next sees what the one before has written.
        var id = await db.ReserveIds<ReadingRow>(Math.Max(1, sheet.Lines.Count), cancel);
        var today = Today(territory);
        var metering = (await reader.Read(territory.Id, [sheet.Building], today, cancel))[0];
        var decided = SheetDecisions.Decide(sheet, metering, isWhole: true);
        var recorded = new Recorded(clock.GetCurrentInstant(), by, "");
        var rows = decided.Where(d => d.Fate == LineFate.Taken).Select(d => new ReadingRow
        {
            Id = id++,
            MeterId = d.Line.Meter,
            BuildingId = sheet.Building,
            Taken = sheet.Day,
            Received = today,
            Source = sheet.Source,
            // What is known first of a meter is the index from which is counted.
            Mark = d.Findings.Any(f => f.Code == "metering.reading-first") ? ReadingMark.Initial : ReadingMark.None,
            Zone = d.Line.Zone,
            Index = d.Index!.Value,
            Recorded = recorded with { Evidence = Evidence.Of(sheet, d.Findings) },
        }).ToList();
        if (rows.Count > 0)
            await bulk.Write(db, rows, cancel);
        if (transaction is not null)
            await transaction.CommitAsync(cancel);
        return decided;
    }

    public async Task<IReadOnlyList<Doubt>> ListDoubts(
        TerritoryRecord territory, IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel) =>
        [.. (await reader.Read(territory.Id, buildings, Today(territory), cancel)).SelectMany(b => b.Doubts())];

    private LocalDate Today(TerritoryRecord territory) => clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
}
