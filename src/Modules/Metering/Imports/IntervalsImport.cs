using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Intervals;
using Ochag.Metering.Storage;
using Ochag.Metering.Tuning;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Imports;

/// <summary>Days of meters that send their use by intervals: a row is a day, its uses in one field from midnight on.</summary>
internal sealed class IntervalsImport(OchagDb db, IRegistry registry, ThresholdReader thresholds) : IImportKind
{
    /// <summary>Readings between which a month of days may lie.</summary>
    private const int DaysAround = 62;

    /// <summary>A hundred quarters of an hour of a long day, each with its figure.</summary>
    private const int LongestUses = 2000;

    private static readonly Fixed MostUse = Fixed.Of(1_000_000);

    public string Name => "intervals";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new("serial", ImportValue.Text, true, "04518207", "заводской номер", "номер счетчика", "номер пу", "№ пу", "номер прибора"),
        ImportWords.Account with { Required = false },
        ImportWords.Service with { Required = false },
        new("date", ImportValue.Date, true, "25.10.2026", "дата", "день", "сутки"),
        new("minutes", ImportValue.Whole, false, "60", "интервал", "минут", "шаг"),
        new("uses", ImportValue.Text, true, "0.41 0.38 - 0.40", "расходы", "значения", "профиль", "график"),
    ];

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var meters = await registry.FindMeters(
            batch.Territory.Id, batch.Rows.Select(r => new ImportCells(r, Columns).Text("serial")), cancel);
        var accounts = await registry.FindAccounts(batch.Territory.Id, ImportWords.AccountNumbers(batch, Columns), cancel);
        var days = await Known(batch, meters.SelectMany(m => m).Select(m => m.Id).Distinct().ToArray(), cancel);
        var judgedBy = await thresholds.Of(batch.Territory.Id, cancel);
        var verdicts = new List<RowVerdict>(batch.Rows.Count);
        foreach (var row in batch.Rows)
            verdicts.Add(await Decide(batch, row, meters, accounts, days, judgedBy, cancel));
        return verdicts;
    }

    /// <summary>What is known of the batch's meters around its days.</summary>
    private sealed record KnownDays(
        Dictionary<(MeterId, LocalDate), List<IntervalDayFact>> Days, ILookup<MeterId, (LocalDate Day, Fixed Index)> Registers);

    private async Task<KnownDays> Known(ImportBatch batch, MeterId[] ids, CancellationToken cancel)
    {
        var told = batch.Rows.Select(r => new ImportCells(r, Columns).Date("date")).OfType<LocalDate>().ToList();
        if (told.Count == 0)
            return new([], Array.Empty<MeterId>().ToLookup(m => m, _ => (default(LocalDate), Fixed.Zero)));
        var (first, last) = (told.Min().PlusDays(-DaysAround), told.Max().PlusDays(DaysAround));
        var days = await db.Set<IntervalDayFact>().AsNoTracking().Known()
            .Where(d => ids.Contains(d.MeterId) && d.EffectiveFrom >= first && d.EffectiveFrom <= last).ToListAsync(cancel);
        var registers = await db.Set<ReadingRow>().AsNoTracking()
            .Where(r => ids.Contains(r.MeterId) && r.SupersededAt == null && r.Zone == Zone.Single && r.Taken >= first && r.Taken <= last)
            .OrderBy(r => r.Taken).Select(r => new { r.MeterId, r.Taken, r.Index }).ToListAsync(cancel);
        return new(
            days.GroupBy(d => (d.MeterId, d.EffectiveFrom)).ToDictionary(g => g.Key, g => g.ToList()),
            registers.ToLookup(r => r.MeterId, r => (r.Taken, r.Index)));
    }

    private async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, ILookup<string, MeterPlace> meters, IReadOnlyDictionary<string, AccountPlace> accounts,
        KnownDays known, ThresholdBook judgedBy, CancellationToken cancel)
    {
        var cells = new ImportCells(row, Columns);
        var date = cells.Date("date");
        var minutes = cells.Whole("minutes", 1, 60) ?? 60;
        if (minutes is not (15 or 30 or 60))
            cells.Refuse("metering.interval-length", "minutes", $"{minutes}");
        if (date > batch.Today)
            cells.Refuse("metering.reading-of-the-future", "date", $"{date}");
        var uses = Uses(cells);
        var meter = MeterOfRow.Find(cells, meters, accounts);
        if (meter.Refusal is { } unknown)
            return RowVerdict.Refused(row, unknown);
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);

        var day = new IntervalDay(meter.Value.Id, date!.Value, minutes, uses);
        var limits = judgedBy.At(meter.Value.Service, day.Day);
        var findings = IntervalRules.Judge(day, IntervalRules.CountOf(day.Day, batch.Territory.TimeZone, minutes), limits);
        if (findings.FirstOrDefault(f => f.Verdict == Verdict.Block) is { } block)
            return RowVerdict.Refused(row, block.Reason);
        var packed = PackedDay.Pack(uses);
        var before = known.Days.TryGetValue((day.Meter, day.Day), out var list) ? list : known.Days[(day.Meter, day.Day)] = [];
        if (before.Exists(b => b.Minutes == minutes && b.Uses.AsSpan().SequenceEqual(packed)))
            return RowVerdict.Unchanged(row);
        batch.Cite(row);
        await batch.Book.Put(before, new IntervalDayFact
        {
            Id = 0, EffectiveFrom = day.Day, EffectiveTo = day.Day, Recorded = default, MeterId = day.Meter,
            BuildingId = meter.Value.Building, Minutes = (short)minutes, Uses = packed,
        }, cancel);
        return RowVerdict.Taken(row, [.. findings.Concat(Sums(day, known, limits)).Select(f => f.Reason)]);
    }

    /// <summary>Once the days between two readings are whole, they must come to what the register went on by.</summary>
    private static IEnumerable<Finding> Sums(IntervalDay day, KnownDays known, Thresholds limits)
    {
        foreach (var (from, to) in known.Registers[day.Meter].Zip(known.Registers[day.Meter].Skip(1)))
        {
            // The index is read when its day ends.
            if (day.Day <= from.Day || day.Day > to.Day)
                continue;
            var sum = Exact.Zero;
            for (var at = from.Day.PlusDays(1); at <= to.Day; at = at.PlusDays(1))
            {
                if (!known.Days.TryGetValue((day.Meter, at), out var facts) || facts is not [var fact, ..]
                    || Intervals.Intervals.Day(fact) is not { Missing: 0 } whole)
                    yield break;
                sum += whole.Sum.ToExact();
            }

            if (IntervalRules.Sum(sum, (to.Index - from.Index).ToExact(), limits) is { } finding)
                yield return finding;
        }
    }

    /// <summary>Figures apart by space, bar or semicolon; a minus or a question mark stands for one that is missing.</summary>
    private static List<Fixed?> Uses(ImportCells cells)
    {
        var uses = new List<Fixed?>();
        foreach (var figure in cells.Text("uses", LongestUses).Split([' ', '|', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (figure is "-" or "?" or "—")
                uses.Add(null);
            else if (Fixed.TryParse(figure.Replace(',', '.'), out var use) && use >= Fixed.Zero && use <= MostUse)
                uses.Add(use);
            else
                cells.Refuse("imports.number-wrong", "uses", figure.Length > 30 ? figure[..30] : figure);
        }

        return uses;
    }
}
