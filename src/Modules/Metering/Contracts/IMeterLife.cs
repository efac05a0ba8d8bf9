using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>What every step of a meter's life says.</summary>
/// <param name="Day">The day from which it holds.</param>
/// <param name="Evidence">The paper that it rests on.</param>
/// <param name="Confirmed">The person has seen what is doubtful of the readings and confirms them.</param>
/// <param name="Version">State of the meter that the form was opened on; null: of a meter that is not there yet.</param>
public sealed record MeterStep(LocalDate Day, string Evidence, bool Confirmed = false, string? Version = null)
{
    /// <summary>As long as the column of a fact's evidence.</summary>
    public const int EvidenceLength = 200;
}

/// <param name="Index">What it shows when it is installed, for each of its registers.</param>
/// <param name="VerifiedUntil">Last day on which its verification is in force; null: not told.</param>
/// <param name="Seal">Number of the seal that was put on it; empty: none.</param>
public sealed record InstallMeter(
    MeterStep Step, NewMeter Meter, IReadOnlyList<RegisterIndex> Index, LocalDate? VerifiedUntil, string Seal);

/// <param name="Until">Last day on which the verification is in force.</param>
/// <param name="Index">What it showed at the verification; none: nobody looked.</param>
public sealed record VerifyMeter(MeterStep Step, MeterId Meter, LocalDate Until, IReadOnlyList<RegisterIndex> Index);

/// <param name="Broken">The seal was found broken; false: it was put.</param>
public sealed record SealMeter(MeterStep Step, MeterId Meter, string Seal, bool Broken);

/// <param name="Until">Last day on which it is out of order; null: it still is.</param>
public sealed record FailMeter(MeterStep Step, MeterId Meter, LocalDate? Until);

/// <summary>It works again from the day of the step.</summary>
public sealed record RepairMeter(MeterStep Step, MeterId Meter);

/// <summary>A failure was recorded by mistake. The day of the step is the day of the paper.</summary>
public sealed record WithdrawFailure(MeterStep Step, MeterId Meter, long Record);

/// <param name="Final">The last indexes of the meter that goes.</param>
public sealed record ReplaceMeter(
    MeterStep Step, MeterId Meter, IReadOnlyList<RegisterIndex> Final, NewMeter Next, IReadOnlyList<RegisterIndex> Initial,
    LocalDate? VerifiedUntil, string Seal);

/// <param name="Final">Its last indexes.</param>
public sealed record RemoveMeter(MeterStep Step, MeterId Meter, IReadOnlyList<RegisterIndex> Final);

/// <summary>What came of a step: the meter that it is about, or everything that is wrong with it.</summary>
public sealed record MeterDecision(MeterId Meter, IReadOnlyList<Refusal> Refusals)
{
    public bool IsDone => Refusals.Count == 0;
}

/// <summary>
/// The life of meters at the desk: each step writes its dated facts and the readings that belong to it, all or nothing.
/// Refused with <c>registry.changed-meanwhile</c> where somebody has written of the meter since the form was opened.
/// </summary>
public interface IMeterLife
{
    Task<MeterDecision> Install(TerritoryRecord territory, InstallMeter install, string by, CancellationToken cancel);

    Task<MeterDecision> Verify(TerritoryRecord territory, VerifyMeter verify, string by, CancellationToken cancel);

    Task<MeterDecision> Seal(TerritoryRecord territory, SealMeter seal, string by, CancellationToken cancel);

    Task<MeterDecision> Fail(TerritoryRecord territory, FailMeter fail, string by, CancellationToken cancel);

    Task<MeterDecision> Repair(TerritoryRecord territory, RepairMeter repair, string by, CancellationToken cancel);

    Task<MeterDecision> Withdraw(TerritoryRecord territory, WithdrawFailure withdraw, string by, CancellationToken cancel);

    Task<MeterDecision> Replace(TerritoryRecord territory, ReplaceMeter replace, string by, CancellationToken cancel);

    Task<MeterDecision> Remove(TerritoryRecord territory, RemoveMeter remove, string by, CancellationToken cancel);

    /// <summary>Every reading of a meter that counts, the latest first, with what each rests on.</summary>
    Task<IReadOnlyList<(Reading Reading, FactOrigin Origin)>> ListReadings(MeterId meter, CancellationToken cancel);
}
