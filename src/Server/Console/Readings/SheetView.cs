using System.Globalization;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Readings;

/// <summary>One register on the page: whose it is, what was typed, and what became of that.</summary>
/// <param name="Flat">Number of the premises; null: the building's own meter.</param>
/// <param name="Decision">Null: nothing was posted.</param>
public sealed record SheetRow(SheetRegister Register, string? Flat, LineDecision? Decision)
{
    public string Key => KeyOf(Register.Meter.Id, Register.Zone);

    /// <summary>A line that was recorded leaves its field empty: the number stands before it now.</summary>
    public string Typed => Decision is null || Decision.Fate is LineFate.Taken or LineFate.Known ? "" : Decision.Line.Typed;

    public bool IsLeft => Decision?.Fate is LineFate.Doubtful or LineFate.Refused;

    internal static string KeyOf(MeterId meter, Zone zone) =>
        string.Create(CultureInfo.InvariantCulture, $"{meter.Value}-{(short)zone}");
}

/// <summary>What the page "Readings of the building" shows.</summary>
public sealed class SheetView
{
    /// <summary>Rows on one page: two fields each stay well below what a form may hold.</summary>
    public const int PageRows = 200;

    public required BuildingCard Card { get; init; }
    public required TerritoryRecord Territory { get; init; }
    public required LocalDate Day { get; init; }
    public required LocalDate Today { get; init; }
    public required ReadingSource Source { get; init; }
    public required string Remark { get; init; }
    public required Guid Key { get; init; }

    /// <summary>Of the page that is shown.</summary>
    public required IReadOnlyList<SheetRow> Rows { get; init; }

    /// <summary>Services that the building's meters have, whichever are shown.</summary>
    public required IReadOnlyList<Service> Services { get; init; }

    /// <summary>Only its registers are shown; null: all.</summary>
    public required Service? Only { get; init; }

    public required int PageNumber { get; init; }
    public required int Pages { get; init; }

    /// <summary>What is wrong with the day, the source or the remark.</summary>
    public FormState Form { get; init; } = new();

    /// <summary>How many were recorded just now; null: nothing was sent.</summary>
    public int? Recorded { get; init; }

    public int Left => Rows.Count(r => r.IsLeft);

    /// <summary>Where a person goes on: at the first line that is left, else at the first.</summary>
    public SheetRow? First => Rows.FirstOrDefault(r => r.IsLeft) ?? (Rows.Count > 0 ? Rows[0] : null);

    public string Address => $"/console/buildings/{Card.Id.Value}/readings";

    internal string AddressOf(Service? only, int page) => string.Create(
        CultureInfo.InvariantCulture, $"{Address}?day={SheetInput.Iso(Day)}{(only is null ? "" : $"&service={only}")}&page={page}");
}
