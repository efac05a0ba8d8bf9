using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.RulePacks;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Imports;

/// <summary>Tariffs, norms and the other numbers that a territory decides, as dated parameters over its rule pack.</summary>
internal sealed class TariffsImport(OchagDb db) : IImportKind
{
    private const int MostValue = 1_000_000;

    public string Name => "tariffs";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new("table", ImportValue.Choice, false, "тариф", "вид", "таблица", "тип")
        {
            Choices = ImportWords.Choices(
                ("Tariff", "tariff;тариф;тариф с ндс;тариф для населения"), ("NetTariff", "net tariff;тариф без ндс;тариф для организаций"),
                ("Norm", "norm;норматив;норма"), ("HeatPerCubicMetre", "q;гкал на м3;теплота на подогрев"),
                ("RaisingFactor", "raising factor;повышающий коэффициент"), ("Vat", "vat;ндс"),
                ("HeatingSeason", "heating season;отопительный период"), ("Setting", "setting;настройка"),
                ("Outdoor", "outdoor;температура воздуха"), ("GasProfile", "gas profile;профиль газа"),
                ("RangeBound", "range bound;граница диапазона")),
        },
        new("key", ImportValue.Text, true, "heating", "ключ", "код", "услуга", "компонент"),
        new("value", ImportValue.Decimal, true, "2 688,34", "значение", "цена", "ставка", "тариф руб"),
        ImportWords.From with { Required = true }, ImportWords.To,
    ];

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var territory = batch.Territory.Id;
        if (!batch.Memory.TryGetValue(Name, out var kept))
        {
            batch.Memory[Name] = kept = (await db.Set<ParameterFact>().AsNoTracking().Known().Where(p => p.TerritoryId == territory)
                .ToListAsync(cancel)).GroupBy(p => (p.Table, p.Key)).ToDictionary(g => g.Key, g => g.ToList());
            batch.Memory[nameof(Run)] = await LastPosted(territory, cancel) as object ?? false;
        }

        var known = (Dictionary<(ParameterTable, string), List<ParameterFact>>)kept;
        var posted = batch.Memory[nameof(Run)] as BillingPeriod?;
        var verdicts = new List<RowVerdict>(batch.Rows.Count);
        foreach (var row in batch.Rows)
            verdicts.Add(await Decide(batch, row, known, posted, cancel));
        return verdicts;
    }

    private async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, Dictionary<(ParameterTable, string), List<ParameterFact>> known, BillingPeriod? posted,
        CancellationToken cancel)
    {
        var cells = new ImportCells(row, Columns);
        var table = cells.Choice<ParameterTable>("table") ?? ParameterTable.Tariff;
        var key = cells.Text("key", 60);
        var value = cells.Decimal("value", table == ParameterTable.Outdoor ? -100 : 0, MostValue);
        var from = cells.Date("from");
        var to = cells.Date("to");
        if (to < from)
            cells.Refuse("imports.days-turned", "to", $"{to}");
        if ((cells.Fault ?? RulePackFile.Refuse(table, key, value!.Value)) is { } fault)
            return RowVerdict.Refused(row, fault);
        batch.Cite(row);
        if (!known.TryGetValue((table, key), out var before))
            known[(table, key)] = before = [];
        var changed = await batch.Book.Put(
            before,
            new ParameterFact
            {
                Id = 0,
                TerritoryId = batch.Territory.Id,
                Table = table,
                Key = key,
                Value = value!.Value,
                EffectiveFrom = from!.Value,
                EffectiveTo = to,
                Recorded = batch.Book.Recorded,
            },
            cancel);
        if (!changed)
            return RowVerdict.Unchanged(row);
        return posted is { } month && from <= month.LastDay
            ? RowVerdict.Taken(row, new Refusal("billing.parameter-in-posted-month", ("key", key), ("month", $"{month}")))
            : RowVerdict.Taken(row);
    }

    private async Task<BillingPeriod?> LastPosted(TerritoryId territory, CancellationToken cancel)
    {
        var months = await db.Set<Run>().AsNoTracking().Where(r => r.TerritoryId == territory && r.PostedAt != null)
            .Select(r => r.Period).ToListAsync(cancel);
        return months.Count == 0 ? null : months.Max();
    }
}
