using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>How far a run is.</summary>
public sealed record RunRecord(
    RunId Id,
    TerritoryId Territory,
    BillingPeriod Period,
    RunState State,
    Instant StartedAt,
    string StartedBy,
    Instant? PostedAt,
    int Buildings,
    int BuildingsDone,
    int Accounts,
    long Lines,
    Money Total,
    int Refused);

/// <summary>A building that a run could not evaluate, with the reason.</summary>
public sealed record RefusedBuilding(BuildingId Building, string Reason);

/// <summary>Where a posted line is found.</summary>
public readonly record struct LineKey(BillingPeriod PostedIn, AccountId Account, RunId Run, short Number);

/// <summary>A posted line.</summary>
/// <param name="Quantity">Rounded to six places; the exact one follows from the working.</param>
public sealed record PostedLine(
    LineKey Key,
    BillingPeriod Period,
    Service Service,
    Component Component,
    Bases Basis,
    Fixed Quantity,
    Unit Unit,
    Money Amount,
    Fixed VatRate,
    Money Vat);

/// <summary>A posted line with its stored working and the versions that made it.</summary>
public sealed record ExplainedLine(PostedLine Line, byte[] Working, int EvaluatorVersion, string RulePack);

/// <summary>Opening balance plus posted lines, by service.</summary>
public sealed record AccountBalance(Money Opening, Money Charged)
{
    public Money Total => Opening + Charged;
}

/// <summary>What other modules and the faces may ask of billing.</summary>
public interface IBilling
{
    /// <summary>
    /// Evaluates a territory's month and posts it. A run that died is taken up where it stopped. Refused with
    /// <c>billing.month-already-posted</c>, <c>billing.month-before-start</c>, <c>billing.previous-month-open</c>,
    /// <c>billing.no-buildings</c>, <c>billing.run-in-progress</c>, or <c>billing.run-has-refusals</c> when buildings
    /// could not be evaluated: then nothing is posted, and the same call goes on once their facts are mended.
    /// </summary>
    Task<Outcome<RunRecord>> Run(
        TerritoryRecord territory, BillingPeriod period, string by, IProgress<RunRecord>? progress, CancellationToken cancel);

    Task<IReadOnlyList<RunRecord>> ListRuns(IReadOnlyCollection<TerritoryId> territories, CancellationToken cancel);

    Task<RunRecord?> FindRun(RunId run, CancellationToken cancel);

    /// <summary>At most <paramref name="limit"/> buildings that the run could not evaluate.</summary>
    Task<IReadOnlyList<RefusedBuilding>> ListRefused(RunId run, int limit, CancellationToken cancel);

    /// <summary>Posted lines of an account, newest month first.</summary>
    Task<IReadOnlyList<PostedLine>> ListCharges(AccountId account, CancellationToken cancel);

    Task<ExplainedLine?> FindLine(LineKey key, CancellationToken cancel);

    Task<AccountBalance> Balance(AccountId account, Currency currency, CancellationToken cancel);

    /// <summary>Posted sums of a month by service.</summary>
    Task<IReadOnlyList<(Service Service, Money Sum)>> SumByService(
        TerritoryRecord territory, BillingPeriod period, CancellationToken cancel);

    /// <summary>Counted from the lines themselves, never from what runs say of them; in the order of territory and month.</summary>
    Task<IReadOnlyList<PostedMonth>> CountPosted(CancellationToken cancel);

    /// <summary>The rules of the territory: its pack and its own parameters.</summary>
    Task<Outcome<Rules>> RulesOf(TerritoryRecord territory, CancellationToken cancel);

    /// <summary>Records parameters that the territory decided, as facts.</summary>
    Task RecordParameters(
        TerritoryId territory, IReadOnlyList<Parameter> parameters, string by, string evidence, CancellationToken cancel);

    /// <summary>Records absences, whether or not they turn out to count.</summary>
    Task RecordAbsences(
        IReadOnlyList<(AccountId Account, Absence Absence)> absences, string by, string evidence, CancellationToken cancel);

    /// <summary>Records what accounts owed when their books were opened here.</summary>
    Task RecordOpeningBalances(
        IReadOnlyList<(AccountId Account, Service Service, LocalDate Day, Money Sum)> balances, string by, string evidence,
            CancellationToken cancel);
}
