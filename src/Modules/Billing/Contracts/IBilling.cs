using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
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
    Money Vat,
    bool VatOnTop)
{
    /// <summary>What is to be paid for it.</summary>
    public Money Total => LineTotal.Of(Amount, Vat, VatOnTop);
}

/// <summary>A posted line with its stored working and the versions that made it.</summary>
public sealed record ExplainedLine(PostedLine Line, byte[] Working, int EvaluatorVersion, string RulePack);

/// <summary>Opening balance plus the totals of posted lines: what is to be paid, a company's VAT among it.</summary>
public sealed record AccountBalance(Money Opening, Money Charged)
{
    public Money Total => Opening + Charged;
}

/// <summary>What an account has to pay for a service in a posted month, and how much of it is common-house needs.</summary>
public sealed record AccountServiceSum(AccountId Account, Service Service, Money Sum, Money Common);

/// <summary>A parameter that a territory decided, as a working names it.</summary>
public sealed record RecordedParameter(
    long Id, TerritoryId Territory, ParameterTable Table, string Key, Fixed Value, LocalDate From, LocalDate? To, string Evidence);

/// <summary>
/// What the rules of a territory are made of: its pack, and over it what the territory decided, in the order of recording.
/// </summary>
public sealed record RuleSources(RulePack Pack, IReadOnlyList<RecordedParameter> Own);

/// <summary>A posted line whose working does not come to it.</summary>
public sealed record BrokenWorking(LineKey Line, string Fault);

/// <summary>Lines that were computed again, how many did not come out, and the first of those.</summary>
public sealed record CheckedWorkings(long Lines, long Faults, IReadOnlyList<BrokenWorking> First);

/// <summary>What an account would be charged in the current month, by service: as things stand, and with more readings.</summary>
public sealed record ReadingEffect(
    BillingPeriod Month, IReadOnlyDictionary<Service, Money> Without, IReadOnlyDictionary<Service, Money> With)
{
    /// <summary>They change nothing in that month.</summary>
    public bool IsNone => With.Count == Without.Count && With.All(w => Without.TryGetValue(w.Key, out var before) && before == w.Value);
}

/// <summary>What other modules and the faces may ask of billing.</summary>
public interface IBilling
{
    /// <summary>
    /// Evaluates a territory's month and posts it at once, without a look and a second person: for whoever makes a base. Refused
    /// as <see cref="IBillRuns.Evaluate"/> and <see cref="IBillRuns.Post"/> are, and with <c>billing.run-has-refusals</c> when
    /// buildings could not be evaluated: then nothing is posted, and the same call goes on once their facts are mended.
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

    /// <summary>
    /// What readings would make of an account's current month; nothing is stored. Refused like a run's building is, and
    /// with <c>billing.month-before-start</c>. One that is known already, by its day, source and mark, is put in its place;
    /// without values it is taken away.
    /// </summary>
    /// <param name="account">Null: all accounts of the building together.</param>
    Task<Outcome<ReadingEffect>> EffectOf(
        TerritoryRecord territory, BuildingId building, AccountId? account, IReadOnlyList<ReadingDraft> readings, CancellationToken cancel);

    Task<AccountBalance> Balance(AccountId account, Currency currency, CancellationToken cancel);

    /// <summary>Of some accounts at once; each of them is there.</summary>
    Task<IReadOnlyDictionary<AccountId, AccountBalance>> Balances(
        IReadOnlyCollection<AccountId> accounts, Currency currency, CancellationToken cancel);

    /// <summary>Posted totals of some accounts (those of a building) in a month.</summary>
    Task<IReadOnlyList<AccountServiceSum>> SumByAccount(
        IReadOnlyCollection<AccountId> accounts, Currency currency, BillingPeriod period, CancellationToken cancel);

    /// <summary>Computes the posted lines of a territory again from their workings, of one month or of all.</summary>
    Task<CheckedWorkings> CheckWorkings(
        TerritoryId territory, BillingPeriod? month, IProgress<long>? progress, CancellationToken cancel);

    /// <summary>
    /// Evaluates the last posted months again, by the rules and facts that were known when they were posted, and compares; the
    /// newest first. What differs is written down, and the territory posts nothing (<c>billing.drift</c>) until it is released.
    /// A run does it by itself where another version of the evaluator posted the months before.
    /// </summary>
    Task<Outcome<IReadOnlyList<DriftMonth>>> CheckDrift(
        TerritoryRecord territory, int months, IProgress<long>? progress, CancellationToken cancel);

    /// <summary>
    /// Releases what is open as a dated correction. Refused with <c>billing.no-drift</c>, and with
    /// <c>billing.drift-unanswered</c> when ground or name are empty or too long.
    /// </summary>
    Task<Outcome<IReadOnlyList<ReleasedDrift>>> ReleaseDrift(
        TerritoryRecord territory, string ground, string by, CancellationToken cancel);

    /// <summary>Recorded parameters by their ids; unknown ones are absent.</summary>
    Task<IReadOnlyList<RecordedParameter>> FindParameters(IReadOnlyCollection<long> ids, CancellationToken cancel);

    /// <summary>A formula of a rule pack with its paragraph; null: the pack or the formula is not there.</summary>
    PackFormula? FindFormula(string rulePack, int formula);

    /// <summary>The paragraph of a clause in a rule pack; null: the pack is not there.</summary>
    string? FindClause(string rulePack, Service service, Clause clause);

    /// <summary>Posted totals of a month by service; for a month that is being run, of the buildings done so far.</summary>
    Task<IReadOnlyList<(Service Service, Money Sum)>> SumByService(
        TerritoryRecord territory, BillingPeriod period, CancellationToken cancel);

    /// <summary>Counted from the lines themselves, never from what runs say of them; in the order of territory and month.</summary>
    Task<IReadOnlyList<PostedMonth>> CountPosted(CancellationToken cancel);

    /// <summary>The rules of the territory: its pack and its own parameters.</summary>
    Task<Outcome<Rules>> RulesOf(TerritoryRecord territory, CancellationToken cancel);

    /// <summary>The same rules before they are laid over each other, each number with what stands behind it.</summary>
    Task<Outcome<RuleSources>> RuleSourcesOf(TerritoryRecord territory, CancellationToken cancel);

    /// <summary>The rule packs that can be read, by their names.</summary>
    IReadOnlyList<RulePack> ListRulePacks();

    /// <summary>Whether one of the accounts owed anything (or was owed) when its books were opened.</summary>
    Task<bool> HaveOpening(IReadOnlyCollection<AccountId> accounts, CancellationToken cancel);

    /// <summary>Records parameters that the territory decided, as facts.</summary>
    Task RecordParameters(
        TerritoryId territory, IReadOnlyList<Parameter> parameters, string by, string evidence, CancellationToken cancel);
}
