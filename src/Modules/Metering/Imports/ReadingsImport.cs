using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Imports;

/// <summary>Readings of meters: one index, or one for each zone.</summary>
internal sealed class ReadingsImport(OchagDb db, IRegistry registry) : IImportKind
{
    private static readonly (Zone Zone, string Column)[] Registers =
        [(Zone.Single, "value"), (Zone.Day, "day"), (Zone.Night, "night"), (Zone.Peak, "peak"), (Zone.HalfPeak, "half_peak")];

    public string Name => "readings";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new("serial", ImportValue.Text, true, "04518207", "заводской номер", "номер счетчика", "номер пу", "№ пу", "номер прибора"),
        ImportWords.Account with { Required = false },
        ImportWords.Service with { Required = false },
        new("date", ImportValue.Date, true, "25.10.2026", "дата", "дата показания", "дата показаний", "дата снятия"),
        new("received", ImportValue.Date, false, "", "дата поступления", "получено"),
        new("value", ImportValue.Decimal, false, "518,2", "показание", "показания", "текущее показание", "показ", "t1"),
        new("day", ImportValue.Decimal, false, "", "день", "показание день"),
        new("night", ImportValue.Decimal, false, "", "ночь", "показание ночь", "t2"),
        new("peak", ImportValue.Decimal, false, "", "пик"),
        new("half_peak", ImportValue.Decimal, false, "", "полупик", "t3"),
        new("source", ImportValue.Choice, false, "потребитель", "источник", "кто передал")
        {
            Choices = ImportWords.Choices(
                ("Consumer", "consumer;потребитель;абонент;жилец;споживач"), ("Controller", "controller;контролер;контролёр;обход"),
                ("Act", "act;акт"), ("Verification", "verification;поверка;повірка")),
        },
        new("mark", ImportValue.Choice, false, "", "вид показания")
        {
            Choices = ImportWords.Choices(
                ("Initial", "initial;начальное;початковий"), ("Final", "final;конечное;последнее"), ("Split", "split;на дату изменения"),
                ("Restart", "restart;после поверки")),
        },
    ];

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var meters = await registry.FindMeters(
            batch.Territory.Id, batch.Rows.Select(r => new ImportCells(r, Columns).Text("serial")), cancel);
        var accounts = await registry.FindAccounts(batch.Territory.Id, ImportWords.AccountNumbers(batch, Columns), cancel);
        var ids = meters.SelectMany(m => m).Select(m => m.Id).Distinct().ToArray();
        var known = (await db.Set<ReadingRow>().AsNoTracking().Where(r => ids.Contains(r.MeterId) && r.SupersededAt == null)
            .Select(r => new Known(r.MeterId, r.Taken, r.Zone, r.Index)).ToListAsync(cancel)).GroupBy(r => r.Meter)
            .ToDictionary(g => g.Key, g => g.ToList());
        var verdicts = new List<RowVerdict>(batch.Rows.Count);
        foreach (var row in batch.Rows)
            verdicts.Add(await Decide(batch, row, meters, accounts, known, cancel));
        return verdicts;
    }

    private readonly record struct Known(MeterId Meter, LocalDate Taken, Zone Zone, Fixed Index);

    private async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, ILookup<string, MeterPlace> meters, IReadOnlyDictionary<string, AccountPlace> accounts,
        Dictionary<MeterId, List<Known>> known, CancellationToken cancel)
    {
        var cells = new ImportCells(row, Columns);
        var taken = cells.Date("date");
        var received = cells.Date("received") ?? taken;
        var source = cells.Choice<ReadingSource>("source") ?? ReadingSource.Consumer;
        var mark = cells.Choice<ReadingMark>("mark");
        var meter = MeterOfRow.Find(cells, meters, accounts);
        if (meter.Refusal is { } unknown)
            return RowVerdict.Refused(row, unknown);
        var indexes = Indexes(cells, meter.Value);
        if (taken > batch.Today)
            cells.Refuse("metering.reading-of-the-future", "date", $"{taken}");
        if (received < taken)
            cells.Refuse("imports.days-turned", "received", $"{received}");
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);

        var before = known.TryGetValue(meter.Value.Id, out var list) ? list : known[meter.Value.Id] = [];
        var sameDay = before.Where(k => k.Taken == taken && indexes.Any(i => i.Zone == k.Zone)).ToList();
        if (sameDay.Count > 0)
        {
            return sameDay.TrueForAll(k => indexes.Any(i => i.Zone == k.Zone && i.Index == k.Index))
                ? RowVerdict.Unchanged(row)
                : RowVerdict.Refused(
                    row, new("metering.reading-differs", ("serial", meter.Value.Serial), ("known", $"{sameDay[0].Index}")));
        }

        batch.Cite(row);
        var doubts = new List<Refusal>();
        // What a company brings first of a meter is the index up to which it has billed.
        mark ??= before.Count == 0 ? ReadingMark.Initial : ReadingMark.None;
        if (before.Count > 0 && before.TrueForAll(k => k.Taken > taken))
            doubts.Add(new("metering.reading-before-initial", ("serial", meter.Value.Serial), ("day", $"{before.Min(k => k.Taken)}")));
        foreach (var (zone, index) in indexes)
        {
            var last = before.Where(k => k.Zone == zone && k.Taken < taken).OrderByDescending(k => k.Taken)
                .Select(k => (Fixed?)k.Index).FirstOrDefault();
            if (index < last)
                doubts.Add(new("metering.reading-falls", ("serial", meter.Value.Serial), ("before", $"{last}"), ("now", $"{index}")));
            before.Add(new(meter.Value.Id, taken!.Value, zone, index));
            batch.Book.Add(new ReadingRow
            {
                Id = await batch.Book.NewId<ReadingRow>(cancel),
                MeterId = meter.Value.Id,
                BuildingId = meter.Value.Building,
                Taken = taken.Value,
                Received = received!.Value,
                Source = source,
                Mark = mark.Value,
                Zone = zone,
                Index = index,
                Recorded = batch.Book.Recorded,
            });
        }

        return RowVerdict.Taken(row, doubts);
    }

    private static List<(Zone Zone, Fixed Index)> Indexes(ImportCells cells, MeterPlace meter)
    {
        var dial = MeterRecord.DialSizeOf(meter.Digits);
        var indexes = new List<(Zone, Fixed)>();
        foreach (var (zone, column) in Registers)
        {
            var index = cells.Decimal(column, 0, dial);
            if (index is null && meter.Zones.Contains(zone))
                cells.Refuse("imports.field-empty", column, "");
            else if (index is not null && !meter.Zones.Contains(zone))
                cells.Refuse("metering.zone-unknown", column, $"{index}");
            else if (index >= Fixed.Of(dial))
                cells.Refuse("metering.index-over-dial", column, $"{index}; {meter.Digits}");
            else if (index is { } told)
                indexes.Add((zone, told));
        }

        return indexes;
    }
}
