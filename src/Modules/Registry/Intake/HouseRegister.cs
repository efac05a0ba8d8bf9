using System.Globalization;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Registry.Intake;

/// <summary>One row of a housing register, read: a house, or the reason why not.</summary>
internal readonly record struct HouseRow(long Line, HouseDraft? House, RowRemark? Refusal);

/// <summary>Reads the housing register of Reforma ZhKH: a row for a house, gaps written as words.</summary>
internal static class HouseRegister
{
    private static readonly string[] Needed =
        ["HOUSE_ID", "ADDRESS", "LAT", "LON", "YEAR", "LEVELS_MAX", "ROOM_COUNT", "ROOM_COUNT_LIVE", "AREA_LIVE", "AREA_GEN"];

    private const int MostFlats = 3000;
    private const int MostArea = 1_000_000;

    // The register's geocoder answers a point in Moscow when it has found nothing.
    private static readonly (int Latitude, int Longitude) NotFound = (55_760_000, 37_640_000);

    public static IReadOnlyList<string> MissingColumns(DelimitedTable table) =>
        [.. Needed.Except(table.Columns, StringComparer.OrdinalIgnoreCase)];

    public static IEnumerable<HouseRow> Read(DelimitedTable table)
    {
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in table.Rows())
        {
            if (Refuse(row, seen) is { } refusal)
                yield return new(row.Line, null, refusal);
            else
                yield return new(row.Line, House(row), null);
        }
    }

    private static RowRemark? Refuse(TableRow row, Dictionary<string, long> seen)
    {
        if (!row.IsWhole)
            return new(row.Line, "registry.row-broken", $"{row.Count} fields");
        var id = row["HOUSE_ID"];
        if (id.Length is 0 or > 20 || !id.All(char.IsAsciiDigit))
            return new(row.Line, "registry.house-id-broken", id);
        if (!seen.TryAdd(id, row.Line))
            return new(row.Line, "registry.house-twice", $"{id}, first on line {seen[id]}");
        var address = Address(row);
        return address.Length is 0 or > Storage.RegistryModel.NameLength || address.Any(char.IsControl)
            ? new(row.Line, "registry.address-broken", id)
            : null;
    }

    private static HouseDraft House(TableRow row)
    {
        var doubts = new List<string>();
        var (latitude, longitude) = (Micro(row["LAT"]), Micro(row["LON"]));
        if (latitude is null || longitude is null)
            doubts.Add("coordinates-missing");
        else if ((latitude.Value, longitude.Value) == NotFound)
            doubts.Add("geocode-failed");
        var located = doubts.Count == 0;

        var flats = Whole(row["ROOM_COUNT_LIVE"]) ?? Whole(row["ROOM_COUNT"]);
        if (flats > MostFlats)
        {
            doubts.Add("flats-impossible");
            flats = null;
        }

        return new(
            Address(row),
            "reforma:" + row["HOUSE_ID"],
            Whole(row["YEAR"]) is >= 1700 and <= 2100 and var year ? year : null,
            Whole(row["LEVELS_MAX"]) is > 0 and <= 150 and var floors ? floors : null,
            located ? latitude : null,
            located ? longitude : null,
            flats is > 0 ? flats : null,
            Area(row["AREA_LIVE"], "living-area-impossible"),
            Area(row["AREA_GEN"], "common-area-impossible"),
            doubts.Count == 0 ? null : string.Join(' ', doubts));

        Fixed? Area(string text, string doubt)
        {
            if (Decimal(text) is not { } area || area.Millionths == 0)
                return null;
            if (area.Millionths > 0 && area <= Fixed.Of(MostArea))
                return area;
            doubts.Add(doubt);
            return null;
        }
    }

    /// <summary>Line breaks and runs of spaces inside quotes are one space.</summary>
    private static string Address(TableRow row) =>
        string.Join(' ', row["ADDRESS"].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static Fixed? Decimal(string text) =>
        Fixed.TryParse(text.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), out var value) ? value : null;

    private static int? Micro(string text) =>
        Decimal(Cut(text)) is { } value && Math.Abs(value.Millionths) <= 180_000_000 && value.Millionths != 0 ? (int)value.Millionths
            : null;

    /// <summary>A coordinate may have more digits than a millionth of a degree, which is ten centimetres.</summary>
    private static string Cut(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && text.Length - point > 7 ? text[..(point + 7)] : text;
}
