using NodaTime;
using Ochag.Billing.Anomalies;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Storage;

/// <summary>A tariff, norm, q, season or setting that the territory itself decided.</summary>
internal sealed record ParameterFact : Fact
{
    public required TerritoryId TerritoryId { get; init; }
    public required ParameterTable Table { get; init; }
    public required string Key { get; init; }
    public required Fixed Value { get; init; }
}

/// <summary>A version of a draft of such a number; the one that closes it says what became of it.</summary>
internal sealed class ParameterDraftRow : IKept
{
    public required long DraftId { get; init; }
    public required int Version { get; init; }
    public required TerritoryId TerritoryId { get; init; }
    public required ParameterTable Table { get; init; }
    public required string Key { get; init; }
    public required Fixed Value { get; init; }
    public required LocalDate From { get; init; }
    public LocalDate? To { get; init; }
    public required string Evidence { get; init; }
    public required DraftState State { get; init; }
    public required string By { get; init; }
    public required Instant At { get; init; }
}

internal sealed record AbsenceFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required short Persons { get; init; }
    public required bool Proof { get; init; }
    public required LocalDate Applied { get; init; }
}

/// <summary>Hours of poor quality; EffectiveFrom and EffectiveTo are the local days they touch.</summary>
internal sealed record QualityFact : Fact
{
    public required BuildingId BuildingId { get; init; }
    public required Service Service { get; init; }
    public required QualityKind Kind { get; init; }
    public required Instant Starts { get; init; }
    public required Instant Ends { get; init; }
    public required bool Planned { get; init; }
    public required bool DeadEndMain { get; init; }
    public Fixed? NormTemperature { get; init; }

    /// <summary>The key of the form that brought it: the same form does not record twice.</summary>
    public Guid? Form { get; init; }
}

/// <summary>An account that the hours are of; none: the whole building.</summary>
internal sealed class QualityAccount : IKept
{
    public required long QualityId { get; init; }
    public required AccountId AccountId { get; init; }
}

/// <summary>A measured value from a moment on.</summary>
internal sealed class QualityMeasure : IKept
{
    public required long QualityId { get; init; }
    public required Instant From { get; init; }
    public required Fixed Value { get; init; }
}

internal sealed record BenefitFact : Fact
{
    public required AccountId AccountId { get; init; }

    /// <summary>A bit for each <see cref="Service"/>.</summary>
    public required short Services { get; init; }

    public required short Persons { get; init; }
    public required Fixed Percent { get; init; }
}

internal sealed record ContractLoadFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required string Number { get; init; }
    public required Service Service { get; init; }
    public required Fixed PerHour { get; init; }
    public required Fixed HoursPerDay { get; init; }
}

/// <summary>Heating charged elsewhere in a year; EffectiveFrom and EffectiveTo are its first and last day.</summary>
internal sealed record HeatingChargedFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required Money Sum { get; init; }
}

/// <summary>What an account owed (or was owed) when its books were opened here, by service; EffectiveFrom is the day.</summary>
internal sealed record OpeningBalanceFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required Service Service { get; init; }
    public required Money Sum { get; init; }
}

internal sealed class Run
{
    public required RunId Id { get; init; }
    public required TerritoryId TerritoryId { get; init; }
    public required BillingPeriod Period { get; init; }
    public required RunState State { get; set; }
    /// <summary>Since when its lines are evaluated: facts recorded later are not among them.</summary>
    public required Instant StartedAt { get; set; }

    public required string StartedBy { get; set; }
    public Instant? PostedAt { get; set; }
    public required int EvaluatorVersion { get; set; }
    public required string RulePack { get; init; }

    /// <summary>Of the rules that its lines so far were evaluated by.</summary>
    public required string RulesFingerprint { get; set; }

    public required int Buildings { get; init; }
    public required int BuildingsDone { get; set; }
    public required int Accounts { get; set; }
    public required long Lines { get; set; }
    public required Money Total { get; set; }
    public required int Refused { get; set; }
}

/// <summary>A step in the life of a run.</summary>
internal sealed class RunStepRow : IKept
{
    public required RunId RunId { get; init; }
    public required short Number { get; init; }

    /// <summary>What the run came to be.</summary>
    public required RunState State { get; init; }

    public required string By { get; init; }
    public required Instant At { get; init; }
}

/// <summary>
/// What became of evaluating a posted month again, by the facts that were known then and the program of that day: whether the
/// lines came out the same, and if they did not, who released the difference on what ground.
/// </summary>
internal sealed class DriftRow
{
    public required long Id { get; init; }
    public required TerritoryId TerritoryId { get; init; }
    public required RunId RunId { get; init; }
    public required Instant FoundAt { get; init; }
    public required int EvaluatorVersion { get; init; }
    public required string RulePack { get; init; }

    /// <summary>Sums of an account, service and component that differ, and what they differ by: what is now less what is posted.</summary>
    public required long Count { get; init; }
    public required Money Sum { get; init; }

    /// <summary>Of all differences: the same ones, found again, are released already.</summary>
    public required string Fingerprint { get; init; }

    public required DriftState State { get; set; }
    public string? Ground { get; set; }
    public string? ReleasedBy { get; set; }
    public Instant? ReleasedAt { get; set; }
}

/// <summary>A building of a run that is done: its bills and lines lie in the same transaction.</summary>
internal sealed class RunBuilding
{
    public required RunId RunId { get; init; }
    public required BuildingId BuildingId { get; init; }
    public required int Accounts { get; init; }
    public required int Lines { get; init; }
    public required long TotalMinor { get; init; }

    /// <summary>Why nothing was charged; null: evaluated.</summary>
    public string? Refusal { get; init; }
}

/// <summary>A building's sum of one service in a run.</summary>
internal sealed class RunSum
{
    public required RunId RunId { get; init; }
    public required BuildingId BuildingId { get; init; }
    public required Service Service { get; init; }
    public required long SumMinor { get; init; }
}

/// <summary>A run's sum of one service: a city's month is seven million lines.</summary>
internal sealed class RunService
{
    public required RunId RunId { get; init; }
    public required Service Service { get; init; }
    public required Money Sum { get; init; }
}

/// <summary>What looked odd in a draft; amounts in minor units of the run's currency.</summary>
internal sealed class AnomalyRow
{
    public required RunId RunId { get; init; }
    public required BuildingId BuildingId { get; init; }

    /// <summary>Within the building.</summary>
    public required int Number { get; init; }

    public required AnomalyKind Kind { get; init; }
    public required AccountId? AccountId { get; init; }
    public required Service? Service { get; init; }
    public required long NowMinor { get; init; }
    public required long? LastMonthMinor { get; init; }
    public required long? LastYearMinor { get; init; }
    public required long RiskMinor { get; init; }
    public required int Months { get; init; }

    /// <summary>The <see cref="AnomalyDecisionRow"/> that decided it; null: nobody did.</summary>
    public long? DecisionId { get; set; }
}

/// <summary>One act of deciding, of one anomaly or of many.</summary>
internal sealed class AnomalyDecisionRow : IKept
{
    public required long Id { get; init; }
    public required RunId RunId { get; init; }
    public required AnomalyVerdict Verdict { get; init; }
    public string? Note { get; init; }
    public required string By { get; init; }
    public required Instant At { get; init; }
}

/// <summary>The head of an account's bill of a month: what its lines come to.</summary>
internal sealed class BillRow : IKept
{
    /// <summary>The month that carries the posting.</summary>
    public required BillingPeriod PostedIn { get; init; }

    public required AccountId AccountId { get; init; }
    public required RunId RunId { get; init; }
    public required Money Total { get; init; }
    public required short Lines { get; init; }

    /// <summary>How its volumes came about: a bit for each <see cref="Basis"/> of its lines.</summary>
    public required short Bases { get; init; }

    /// <summary>What its services come to (<see cref="BillSums"/>); empty: posted before bills told it.</summary>
    public required byte[] Services { get; init; }
}

/// <summary>The number under which a bill was issued, within its run.</summary>
internal sealed class IssuedBill : IKept
{
    public required BillingPeriod PostedIn { get; init; }
    public required AccountId AccountId { get; init; }
    public required RunId RunId { get; init; }
    public required int Number { get; init; }
}

/// <summary>A posted line; never changed. The run it belongs to says whether it counts.</summary>
internal sealed class ChargeLineRow : IKept
{
    /// <summary>The month that carries the posting.</summary>
    public required BillingPeriod PostedIn { get; init; }

    public required AccountId AccountId { get; init; }
    public required RunId RunId { get; init; }
    public required short Number { get; init; }

    /// <summary>The month that is charged.</summary>
    public required BillingPeriod Period { get; init; }

    public required Service Service { get; init; }
    public required short Component { get; init; }
    public required short Bases { get; init; }

    /// <summary>Rounded to six places for reading; the exact one stands in the working.</summary>
    public required Fixed Quantity { get; init; }

    public required Unit Unit { get; init; }
    public required Money Amount { get; init; }
    public required Fixed VatRate { get; init; }
    public required long VatMinor { get; init; }

    /// <summary>VAT comes on top of the amount: a company's line.</summary>
    public required bool VatOnTop { get; init; }
    public required byte[] Working { get; init; }
}

/// <summary>A group of a closed month's sheet (<see cref="ClosingGroup"/>); amounts in minor units of the run's currency.</summary>
internal sealed class ClosingRow : IKept
{
    public required RunId RunId { get; init; }
    public required int Number { get; init; }
    public required Service Service { get; init; }
    public required short Component { get; init; }
    public required Unit Unit { get; init; }
    public Fixed? LowPrice { get; init; }
    public Fixed? HighPrice { get; init; }
    public required int Prices { get; init; }
    public required Fixed VatRate { get; init; }
    public required bool VatOnTop { get; init; }
    public required long Lines { get; init; }
    public required Fixed Quantity { get; init; }
    public required long AmountMinor { get; init; }
    public required long VatMinor { get; init; }
}

/// <summary>How many accounts of a closed month had lines of a service.</summary>
internal sealed class ClosingServiceRow : IKept
{
    public required RunId RunId { get; init; }
    public required Service Service { get; init; }
    public required int Accounts { get; init; }
}
