using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>One line of a sheet, as it was typed.</summary>
/// <param name="Confirmed">Codes of the doubts that the person has seen and confirms.</param>
/// <param name="Serial">Serial number seen on the meter; null: nobody looked.</param>
public sealed record SheetLine(
    MeterId Meter, Zone Zone, string Typed, IReadOnlyCollection<string> Confirmed, string? Serial = null);

/// <summary>Readings of one building taken on one day, brought by one person.</summary>
/// <param name="Form">The key of the form: the same form records once.</param>
/// <param name="Remark">What the sheet rests on, in the person's own words; may be empty.</param>
public sealed record ReadingSheet(
    BuildingId Building, LocalDate Day, ReadingSource Source, IReadOnlyList<SheetLine> Lines, string Remark, Guid Form);

/// <summary>What became, or would become, of a line.</summary>
public enum LineFate
{
    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>May be recorded, or was.</summary>
    Taken,

    /// <summary>The same stands there already.</summary>
    Known,

    /// <summary>Waits for somebody to confirm its doubts.</summary>
    Doubtful,
    Refused,
}

/// <param name="Index">What was read in the typed text; null: it is no number.</param>
/// <param name="Use">Since the reading before; null: not known.</param>
public sealed record LineDecision(
    SheetLine Line, LineFate Fate, Fixed? Index, Exact? Use, Estimate? Expected, IReadOnlyList<Finding> Findings)
{
    /// <summary>Codes that must be confirmed before it is taken.</summary>
    public IEnumerable<string> Doubts => Findings.Where(f => f.Verdict is Verdict.Warn or Verdict.Fail).Select(f => f.Code);
}

/// <summary>What the rules mark of a building's latest readings.</summary>
/// <param name="Premises">Null: the building's own meter, or the building as a whole.</param>
/// <param name="Day">Day of the reading; null: there is none.</param>
public sealed record Doubt(
    BuildingId Building, PremisesId? Premises, MeterRecord Meter, Zone Zone, LocalDate? Day, Fixed? Index, Finding Finding)
{
    /// <summary>It is about one reading, which may be confirmed or rejected; silence and a building's balance are not.</summary>
    public bool IsDecidable => Day is not null && Index is not null && Finding.Code != "metering.meter-silent"
        && !Finding.Code.StartsWith("metering.balance-", StringComparison.Ordinal);
}

/// <summary>Entering readings by a whole building, and looking for doubtful ones.</summary>
public interface IReadingEntry
{
    /// <summary>Longer, a remark does not stand beside the doubts that were confirmed.</summary>
    const int RemarkLength = 80;

    /// <summary>The registers of the building's meters that stand on a day, by premises as the registry has them.</summary>
    Task<IReadOnlyList<SheetRegister>> Open(
        TerritoryRecord territory, BuildingId building, LocalDate day, CancellationToken cancel);

    /// <summary>The decisions that <see cref="Enter"/> would make now; nothing is recorded.</summary>
    Task<IReadOnlyList<LineDecision>> Check(TerritoryRecord territory, ReadingSheet sheet, CancellationToken cancel);

    /// <summary>
    /// Records every line that may be recorded; the others are told with their reason and leave nothing behind. The same
    /// sheet once more changes nothing. Registers of one meter are taken together or not at all. In the caller's transaction
    /// where there is one.
    /// </summary>
    Task<IReadOnlyList<LineDecision>> Enter(TerritoryRecord territory, ReadingSheet sheet, string by, CancellationToken cancel);

    /// <summary>What the rules mark of the latest reading of each register, and nobody has confirmed.</summary>
    Task<IReadOnlyList<Doubt>> ListDoubts(
        TerritoryRecord territory, IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel);
}
