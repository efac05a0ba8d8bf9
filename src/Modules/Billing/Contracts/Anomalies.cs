using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>What makes a draft's bill look odd. Stored: never renumber.</summary>
public enum AnomalyKind : short
{
    /// <summary>The building could not be evaluated: a tariff, norm or setting is missing.</summary>
    NoTariff = 1,

    /// <summary>The building could not be evaluated for another reason.</summary>
    NotEvaluated = 2,

    /// <summary>The account had a bill, and has none or an empty one now.</summary>
    Zero = 3,

    /// <summary>The bill is below zero.</summary>
    Negative = 4,

    /// <summary>A service costs several times what it did.</summary>
    Rise = 5,

    /// <summary>A service costs a fraction of what it did.</summary>
    Drop = 6,

    /// <summary>The first bill of a new account.</summary>
    FirstBill = 7,

    /// <summary>A meter that stands has sent no reading for half a year and more.</summary>
    NoReading = 8,

    /// <summary>Charged without a reading for longer than an average may stand for it.</summary>
    LongEstimate = 9,

    /// <summary>What the building's meter shows and what its accounts used are far apart.</summary>
    OutOfBalance = 10,
}

/// <summary>What people decided of an anomaly. Stored: never renumber.</summary>
public enum AnomalyVerdict : short
{
    /// <summary>It is as it should be; a building without an evaluation is left out of the month.</summary>
    Accepted = 1,

    /// <summary>Its facts are to be mended, and the month evaluated anew.</summary>
    ToMend = 2,
}

/// <summary>An odd bill, or building, of a draft.</summary>
/// <param name="Account">Null: the building as a whole.</param>
/// <param name="Service">Null: all of the bill.</param>
/// <param name="LastMonth">The same a month before; null: there was none.</param>
/// <param name="LastYear">The same a year before; null: there was none.</param>
/// <param name="AtRisk">What would be wrong if it is wrong.</param>
/// <param name="Months">Without a reading; otherwise 0.</param>
public sealed record Anomaly(
    BuildingId Building, int Number, AnomalyKind Kind, AccountId? Account, Service? Service, Money Now, Money? LastMonth,
    Money? LastYear, Money AtRisk, int Months, AnomalyDecision? Decision);

public sealed record AnomalyDecision(AnomalyVerdict Verdict, string By, Instant At, string? Note);

/// <summary>Anomalies that are alike: they can be decided together.</summary>
public sealed record AnomalyGroup(AnomalyKind Kind, Service? Service, int Count, int Buildings, int Undecided, int ToMend, Money AtRisk);

/// <summary>Which anomalies are meant: all of a kind and service, or those of one building, or a single one.</summary>
public sealed record AnomalyChoice(AnomalyKind Kind, Service? Service, BuildingId? Building = null, int? Number = null);

/// <summary>Of a draft: how many are left to decide, and how many wait for their facts.</summary>
public sealed record AnomalyCount(int All, int Undecided, int ToMend);

/// <summary>What looks odd in a draft, and what people decided of it.</summary>
public interface IAnomalies
{
    Task<AnomalyCount> Count(RunId run, CancellationToken cancel);

    /// <summary>Alike ones together, the most money at risk first.</summary>
    Task<IReadOnlyList<AnomalyGroup>> Groups(RunRecord run, CancellationToken cancel);

    /// <summary>Of a group, or of all; the most money at risk first.</summary>
    Task<IReadOnlyList<Anomaly>> List(
        RunRecord run, AnomalyChoice? choice, bool undecidedOnly, int skip, int take, CancellationToken cancel);

    /// <summary>How many are meant.</summary>
    Task<int> CountMeant(RunId run, AnomalyChoice choice, CancellationToken cancel);

    /// <summary>
    /// Decides all that are meant and are not decided so yet; the value is how many. Refused with
    /// <c>billing.run-step-wrong</c> when the run is no draft, <c>billing.anomaly-unknown</c> when there is none,
    /// <c>billing.anomaly-note-missing</c> when many are accepted without a word.
    /// </summary>
    Task<Outcome<int>> Decide(
        TerritoryRecord territory, RunId run, AnomalyChoice choice, AnomalyVerdict verdict, string? note, string by,
        CancellationToken cancel);
}
