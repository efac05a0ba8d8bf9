using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>Premises of houses with their passports: a new area holds from its day on, the old one until then.</summary>
internal sealed class PremisesImport(OchagDb db) : IImportKind
{
    private const int MostArea = 100_000;
    private static readonly Fixed UsualLeast = Fixed.Of(5);
    private static readonly Fixed UsualMost = Fixed.Of(1000);

    public string Name => "premises";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        KnownPlaces.House, KnownPlaces.City, KnownPlaces.Street, KnownPlaces.HouseNumber, KnownPlaces.Premises,
        new("kind", ImportValue.Choice, false, "жилое", "тип помещения", "вид помещения")
        {
            Choices = ImportWords.Choices(
                ("Living", "living;жилое;квартира;житлове;жилое помещение"),
                ("NonLiving", "non living;нежилое;нежилое помещение;нежитлове;офис")),
        },
        new("area", ImportValue.Decimal, true, "54,3", "площадь", "общая площадь", "площадь помещения", "загальна площа", "s"),
        new("own_heat_source", ImportValue.YesNo, false, "нет", "индивидуальное отопление", "свой источник тепла"),
        new("cold_meter_possible", ImportValue.YesNo, false, "да", "возможность установки хвс", "техвозможность хвс"),
        new("hot_meter_possible", ImportValue.YesNo, false, "да", "возможность установки гвс", "техвозможность гвс"),
        ImportWords.From,
    ];

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var read = new List<(ImportRow Row, ImportCells Cells, Outcome<BuildingId> House)>(batch.Rows.Count);
        foreach (var row in batch.Rows)
        {
            var cells = new ImportCells(row, Columns);
            read.Add((row, cells, await KnownPlaces.HouseOf(db, batch, cells, cancel)));
        }

        var known = await KnownPlaces.PremisesOf(db, read.Where(r => !r.House.IsRefused).Select(r => r.House.Value), cancel);
        var ids = known.Values.ToArray();
        var passports = (await db.Set<PremisesPassportFact>().AsNoTracking().Known().Where(p => ids.Contains(p.PremisesId))
            .ToListAsync(cancel)).Lines(p => p.PremisesId);
        var bare = await Bare(read.Where(r => !r.House.IsRefused).Select(r => r.House.Value), cancel);
        var verdicts = new List<RowVerdict>(read.Count);
        foreach (var (row, cells, house) in read)
        {
            var verdict = house.Refusal is { } refusal
                ? RowVerdict.Refused(row, refusal)
                : await Decide(batch, row, cells, house.Value, known, passports, cancel);
            verdicts.Add(verdict.Fate is RowFate.Taken or RowFate.Doubtful && bare.Remove(house.Value, out var common)
                ? await Assume(batch, row, house.Value, common, verdict, cancel)
                : verdict);
        }

        return verdicts;
    }

    /// <summary>Houses that nothing is known of but their register's line, with the common area that it tells.</summary>
    private async Task<Dictionary<BuildingId, Fixed>> Bare(IEnumerable<BuildingId> houses, CancellationToken cancel)
    {
        var ids = houses.Distinct().ToArray();
        return await db.Set<Building>().AsNoTracking()
            .Where(b => ids.Contains(b.Id) && !db.Set<BuildingPassportFact>().Any(p => p.BuildingId == b.Id && p.SupersededAt == null))
            .ToDictionaryAsync(b => b.Id, b => b.CommonArea ?? Fixed.Zero, cancel);
    }

    /// <summary>A house that is lived in has a passport; where nobody has told it, the usual one, with a mark.</summary>
    private static async Task<RowVerdict> Assume(
        ImportBatch batch, ImportRow row, BuildingId house, Fixed commonArea, RowVerdict verdict, CancellationToken cancel)
    {
        await batch.Book.Put([], HousesImport.Passport(batch, house, commonArea, HousesImport.UsualHotWater), cancel);
        return RowVerdict.Taken(row, [.. verdict.Reasons, new("registry.house-passport-assumed", ("system", HousesImport.UsualHotWater))]);
    }

    private static async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, ImportCells cells, BuildingId house, Dictionary<(BuildingId, string), PremisesId> known,
        Dictionary<PremisesId, List<PremisesPassportFact>> passports, CancellationToken cancel)
    {
        var number = cells.Text("premises", RegistryModel.NumberLength);
        var kind = cells.Choice<PremisesKind>("kind") ?? PremisesKind.Living;
        var area = cells.Decimal("area", 0, MostArea);
        var own = cells.YesNo("own_heat_source") ?? false;
        var cold = cells.YesNo("cold_meter_possible") ?? false;
        var hot = cells.YesNo("hot_meter_possible") ?? false;
        var from = cells.Date("from");
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);
        var key = (house, SearchKey.SortNumber(number));
        if (batch.SeenBefore($"{house.Value} {key.Item2} {from}", row.Line) is { } first)
            return RowVerdict.Refused(row, new("registry.premises-twice", ("premises", number), ("line", $"{first}")));

        batch.Cite(row);
        var isNew = !known.TryGetValue(key, out var premises);
        if (isNew)
        {
            known[key] = premises = new(await batch.Book.NewId<Premises>(cancel));
            batch.Book.Add(new Premises { Id = premises, BuildingId = house, Number = number, SortKey = key.Item2 });
        }

        var day = from ?? batch.Territory.BilledSince.FirstDay;
        // What the register does not tell stays as somebody has recorded it.
        var told = passports.Of(premises).Where(p => p.EffectiveFrom <= day).MaxBy(p => p.EffectiveFrom);
        var changed = await batch.Book.Put(
            passports.Of(premises),
            new PremisesPassportFact
            {
                Id = 0,
                PremisesId = premises,
                Kind = kind,
                Area = area!.Value,
                OwnHeatSource = own,
                ColdMeterPossible = cold,
                HotMeterPossible = hot,
                HeatedArea = told?.HeatedArea <= area ? told?.HeatedArea : null,
                Rooms = told?.Rooms,
                EffectiveFrom = day,
                Recorded = batch.Book.Recorded,
            },
            cancel);
        if (!changed && !isNew)
            return RowVerdict.Unchanged(row);
        return area < UsualLeast || area > UsualMost && kind == PremisesKind.Living
            ? RowVerdict.Taken(row, new Refusal("registry.area-unusual", ("area", $"{area}")))
            : RowVerdict.Taken(row);
    }
}
