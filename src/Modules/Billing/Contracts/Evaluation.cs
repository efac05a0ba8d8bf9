using Ochag.Billing.Evaluation;
using Ochag.Foundation;

namespace Ochag.Billing.Contracts;

/// <summary>
/// The one idea: a charge is a pure function of facts. The bill run, recalculation, explanation, rehearsal and the
/// golden cases all come in here and nowhere else.
/// </summary>
public static class Evaluator
{
    /// <summary>Version of the functions below; posted lines keep it.</summary>
    public const int Version = 1;

    /// <summary>
    /// Every line of a building's month from its facts and the rules: no clock, no storage, no state. Refused with
    /// <c>billing.parameter-missing</c> or <c>billing.passport-missing</c> when a fact is not there.
    /// </summary>
    public static Outcome<EvaluatedBuilding> EvaluateBuilding(BuildingFacts facts, Rules rules, BillingPeriod month)
    {
        try
        {
            return BuildingEvaluation.Run(facts, rules, month);
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }

    /// <summary>VAT inside a gross amount: round(G * r / (100 + r)) (rules.md section 14, VT-01).</summary>
    public static Money VatInside(Money gross, Exact rate) =>
        Money.Round(gross.ToExact() * rate / (Exact.Of(100) + rate), gross.Currency);
}
