using Ochag.Foundation;
using Ochag.Registry.Addresses;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>
/// Houses: a table of ours, or the public register of Reforma ZhKH as it is. A house that is known already stays as it is.
/// </summary>
internal sealed class HousesImport(OchagDb db) : IImportKind
{
    private const int MostFlats = 3000;
    private const int MostArea = 1_000_000;

    /// <summary>Mean area of a house's flats, m2: outside of it a figure is out of place.</summary>
    private const long LeastFlat = 10;

    private const long MostFlat = 300;

    /// <summary>Key of q where nobody has told the system of hot water.</summary>
    public const string UsualHotWater = "closed.bare_risers.with_rails";

    /// <summary>The geocoder of Reforma ZhKH answers this point in Moscow when it has found nothing.</summary>
    private static readonly (int Latitude, int Longitude) NotFound = (55_760_000, 37_640_000);

    public string Name => "houses";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new("id", ImportValue.Text, false, "A-17", "код дома", "house code"),
        new("reforma_id", ImportValue.Text, false, "9201097", "HOUSE_ID"),
        new("address", ImportValue.Text, true, "г. Чита, ул. Алая, д. 1", "адрес", "адрес дома", "адреса"),
        new("year", ImportValue.Whole, false, "1975", "год постройки", "рік побудови"),
        new("floors", ImportValue.Whole, false, "5", "LEVELS_MAX", "этажей", "этажность", "количество этажей", "поверхів"),
        new("flats", ImportValue.Whole, false, "60", "ROOM_COUNT_LIVE", "квартир", "количество квартир", "число квартир"),
        new("rooms", ImportValue.Whole, false, "", "ROOM_COUNT", "помещений", "количество помещений"),
        new("total_area", ImportValue.Decimal, false, "3200", "AREA", "общая площадь дома"),
        new("living_area", ImportValue.Decimal, false, "2800,5", "AREA_LIVE", "жилая площадь", "площадь помещений"),
        new("common_area", ImportValue.Decimal, false, "310", "AREA_GEN", "площадь мест общего пользования", "моп"),
        new("hot_water_system", ImportValue.Text, false, UsualHotWater, "система гвс"),
        new("latitude", ImportValue.Decimal, false, "52,034", "LAT", "широта"),
        new("longitude", ImportValue.Decimal, false, "113,499", "LON", "долгота", "довгота"),
    ];

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var houses = await KnownPlaces.Houses(db, batch, cancel);
        var verdicts = new List<RowVerdict>(batch.Rows.Count);
        foreach (var row in batch.Rows)
            verdicts.Add(await Decide(batch, row, houses, cancel));
        return verdicts;
    }

    private async Task<RowVerdict> Decide(ImportBatch batch, ImportRow row, HouseFinder houses, CancellationToken cancel)
    {
        var cells = new ImportCells(row, Columns);
        var id = IdOf(cells);
        var address = cells.Text("address", RegistryModel.NameLength);
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);
        if (batch.SeenBefore(id ?? SearchKey.Fold(address), row.Line) is { } first)
            return RowVerdict.Refused(row, new("registry.house-twice", ("house", id ?? address), ("line", $"{first}")));
        if (id is not null ? houses.FindById(id) is not null : !houses.Find(address).IsRefused)
            return RowVerdict.Unchanged(row);

        var doubts = new List<Refusal>();
        var (latitude, longitude) = Place(row, doubts);
        var flats = (Flats(row, "flats", doubts) ?? Flats(row, "rooms", doubts)) is > 0 and var told ? told : (int?)null;

        var living = Area(row, "living_area", "registry.living-area-impossible", doubts);
        var common = Area(row, "common_area", "registry.common-area-impossible", doubts);
        DoubtAreas(Area(row, "total_area", "registry.living-area-impossible", []), living, common, flats, doubts);
        if (!AddressParts.Of(address).IsHouse)
            doubts.Add(new("registry.address-unclear", ("address", address)));
        var building = new Building
        {
            Id = new(await batch.Book.NewId<Building>(cancel)),
            TerritoryId = batch.Territory.Id,
            Address = address,
            AddressKey = SearchKey.Fold(address),
            ExternalId = id,
            YearBuilt = Whole(row, "year") is >= 1700 and <= 2100 and var year ? year : null,
            Floors = Whole(row, "floors") is > 0 and <= 150 and var floors ? floors : null,
            LatitudeMicro = latitude,
            LongitudeMicro = longitude,
            FlatsDeclared = flats,
            LivingArea = living,
            CommonArea = common,
            Doubt = doubts.Count == 0 ? null : string.Join(' ', doubts.Select(d => d.Code["registry.".Length..])),
        };
        batch.Book.Add(building);
        houses.Add(building.Id, id, address);
        if (cells.Text("hot_water_system", 60) is { Length: > 0 } system)
        {
            batch.Cite(row);
            await batch.Book.Put([], Passport(batch, building.Id, building.CommonArea ?? Fixed.Zero, system), cancel);
        }

        return RowVerdict.Taken(row, doubts);
    }

    internal static BuildingPassportFact Passport(ImportBatch batch, BuildingId house, Fixed commonArea, string hotWaterSystem) => new()
    {
        Id = 0,
        BuildingId = house,
        CommonArea = commonArea,
        HotWaterSystem = hotWaterSystem,
        ElectricitySources = 1,
        HeatMeterPossible = false,
        EffectiveFrom = batch.Territory.BilledSince.FirstDay,
        Recorded = batch.Book.Recorded,
    };

    private static string? IdOf(ImportCells cells)
    {
        var reforma = cells.Text("reforma_id", 20);
        if (!reforma.All(char.IsAsciiDigit))
            cells.Refuse("registry.house-id-broken", "reforma_id", reforma);
        var own = cells.Text("id", 60);
        return reforma.Length > 0 ? "reforma:" + reforma : own.Length > 0 ? own : null;
    }

    /// <summary>
    /// Digits alone: "1 560" flats with one room in all are a slip, as "3 327 950" are, and the register's other column is
    /// asked instead.
    /// </summary>
    private int? Flats(ImportRow row, string column, List<Refusal> doubts)
    {
        var told = new ImportCells(row, Columns).Text(column);
        if (told.Length is > 0 and < 6 && told.All(char.IsAsciiDigit) && Whole(row, column) is <= MostFlats and var flats)
            return flats;
        if (told.Length > 0)
            doubts.Add(new("registry.flats-impossible", ("flats", told)));
        return null;
    }

    private static (int? Latitude, int? Longitude) Place(ImportRow row, List<Refusal> doubts)
    {
        if (!row.Fields.ContainsKey("latitude") && !row.Fields.ContainsKey("longitude"))
            return (null, null);
        if (Micro(row, "latitude", 90) is not { } latitude || Micro(row, "longitude", 180) is not { } longitude)
            doubts.Add(new("registry.coordinates-missing"));
        else if ((latitude, longitude) == NotFound)
            doubts.Add(new("registry.geocode-failed"));
        else
            return (latitude, longitude);
        return (null, null);
    }

    private Fixed? Area(ImportRow row, string column, string doubt, List<Refusal> doubts)
    {
        var cells = new ImportCells(row, Columns);
        if (cells.Decimal(column, -MostArea * 1000L, MostArea * 1000L) is not { } area || area == Fixed.Zero)
            return null;
        if (area > Fixed.Zero && area <= Fixed.Of(MostArea))
            return area;
        doubts.Add(new(doubt, ("area", $"{area}")));
        return null;
    }

    /// <summary>Areas that cannot be true together; which of them is wrong the register does not say.</summary>
    private static void DoubtAreas(Fixed? total, Fixed? living, Fixed? common, int? flats, List<Refusal> doubts)
    {
        if (living > total || common > total)
            doubts.Add(new("registry.area-over-total", ("part", $"{(living > total ? living : common)}"), ("total", $"{total}")));
        if (living is { } rooms && flats is { } count && (rooms < Fixed.Of(count * LeastFlat) || rooms > Fixed.Of(count * MostFlat)))
            doubts.Add(new("registry.area-per-flat", ("area", $"{rooms}"), ("flats", $"{count}")));
    }

    /// <summary>A register's note about a house that is no number is a gap, and no reason to leave the house out.</summary>
    private int? Whole(ImportRow row, string column) => new ImportCells(row, Columns).Whole(column, 0, int.MaxValue);

    private static int? Micro(ImportRow row, string column, int most)
    {
        var text = row.Fields.GetValueOrDefault(column, "").Replace(',', '.');
        // A coordinate may have more digits than a millionth of a degree, which is ten centimetres.
        if (text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && text.Length - point > 7)
            text = text[..(point + 7)];
        return Fixed.TryParse(text, out var value) && value != Fixed.Zero && value <= Fixed.Of(most) && value >= Fixed.Of(-most)
            ? (int)value.Millionths
            : null;
    }
}
