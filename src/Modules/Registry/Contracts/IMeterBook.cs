using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>What a record of a meter's life says.</summary>
public enum MeterStage
{
    /// <summary>It stands, from its installation to the last day before it is taken away.</summary>
    Installed,

    /// <summary>A verification is in force.</summary>
    Verified,

    /// <summary>A seal is whole.</summary>
    Sealed,

    /// <summary>It is out of order.</summary>
    Failed,
}

/// <param name="Seal">Number of the seal; null: the record is of something else.</param>
public sealed record MeterEvent(MeterStage Stage, string? Seal = null);

/// <summary>A meter with every record of its life.</summary>
public sealed record MeterLife(MeterPlace Place, Fixed Multiplier, IReadOnlyList<FactLine<MeterEvent>> Lines, string Version)
{
    /// <summary>What we know now of one side of its life, the latest days last.</summary>
    public IEnumerable<FactLine<MeterEvent>> Known(MeterStage stage) =>
        Lines.Where(l => l.IsKnown && l.Value.Stage == stage).OrderBy(l => l.From);

    /// <summary>Where it stood last; null: it was never installed.</summary>
    public FactLine<MeterEvent>? Standing => Known(MeterStage.Installed).LastOrDefault();

    public bool StandsOn(LocalDate day) => Known(MeterStage.Installed).Any(l => l.Contains(day));
}

/// <summary>A meter as it is about to be installed.</summary>
/// <param name="Premises">Null: a meter of the whole building.</param>
public sealed record NewMeter(
    BuildingId Building, PremisesId? Premises, Service Service, string Serial, int Digits, Fixed Multiplier, IReadOnlyList<Zone> Zones);

/// <summary>
/// Meters and the records of their life. Whatever writes joins the caller's transaction, which has begun with
/// <see cref="Hold"/>: then what is decided next sees what the one before has written.
/// </summary>
public interface IMeterBook
{
    /// <summary>Meters of a territory that bear a serial number are found by <see cref="IRegistry.FindMeters"/>.</summary>
    Task<MeterLife?> Find(MeterId meter, CancellationToken cancel);

    /// <summary>All meters that stand or stood in one place.</summary>
    Task<IReadOnlyList<MeterLife>> At(BuildingId building, PremisesId? premises, CancellationToken cancel);

    /// <summary>Whoever writes of meters goes one after another until the caller's transaction ends.</summary>
    Task Hold(CancellationToken cancel);

    /// <param name="known">The same meter, which stood here before; null: a new one.</param>
    Task<MeterId> Install(NewMeter meter, MeterId? known, LocalDate day, string by, string evidence, CancellationToken cancel);

    /// <param name="until">Last day on which the verification is in force; null: without a term.</param>
    Task Verify(MeterId meter, LocalDate day, LocalDate? until, string by, string evidence, CancellationToken cancel);

    Task Seal(MeterId meter, string seal, LocalDate day, string by, string evidence, CancellationToken cancel);

    /// <param name="day">The first day on which it is whole no more.</param>
    Task BreakSeal(MeterId meter, string seal, LocalDate day, string by, string evidence, CancellationToken cancel);

    /// <param name="until">Last day on which it is out of order; null: it still is.</param>
    Task Fail(MeterId meter, LocalDate day, LocalDate? until, string by, string evidence, CancellationToken cancel);

    /// <param name="day">The first day on which it works again.</param>
    Task Repair(MeterId meter, LocalDate day, string by, string evidence, CancellationToken cancel);

    /// <summary>A failure was recorded by mistake: nothing takes its place.</summary>
    Task WithdrawFailure(MeterId meter, long record, string by, string evidence, CancellationToken cancel);

    /// <summary>Its seals go with it.</summary>
    /// <param name="day">The first day on which it stands no more.</param>
    Task Remove(MeterId meter, LocalDate day, string by, string evidence, CancellationToken cancel);
}
