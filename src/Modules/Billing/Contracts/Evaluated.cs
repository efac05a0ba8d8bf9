using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>One line of one account in one month.</summary>
/// <param name="Quantity">Exact, in <paramref name="Unit"/>; 0 for an excess.</param>
/// <param name="Amount">For persons with VAT inside, for companies without VAT.</param>
/// <param name="VatRate">Percent.</param>
/// <param name="Vat">Inside the amount for persons, on top of it for companies.</param>
/// <param name="VatOnTop">It is a company's line.</param>
/// <param name="Working">The stored program that made the amount (Foundation.Workings).</param>
public sealed record ChargeLine(
    AccountId Account,
    Service Service,
    Component Component,
    Bases Basis,
    Exact Quantity,
    Unit Unit,
    Money Amount,
    Exact VatRate,
    Money Vat,
    bool VatOnTop,
    byte[] Working)
{
    /// <summary>What is to be paid for it.</summary>
    public Money Total => LineTotal.Of(Amount, Vat, VatOnTop);
}

/// <summary>
/// What is to be paid for a line: the amount, and VAT where it comes on top. Every figure that adds lines up (bill, month,
/// balance, building, run) is a sum of these; a line's amount alone is what its working comes to.
/// </summary>
public static class LineTotal
{
    public static Money Of(Money amount, Money vat, bool vatOnTop) => vatOnTop ? amount + vat : amount;
}

/// <summary>
/// How a building's volume of a service was used up: BuildingVolume = Individual + Common + OverCap - Negative +
/// Residual; exact, in the service's unit.
/// </summary>
public sealed record ServiceBalance(
    Service Service,
    Exact? BuildingVolume,
    Exact Individual,
    Exact Common,
    Exact OverCap,
    Exact Negative,
    Exact Residual,
    Exact Billed);

/// <summary>Every line of a building's month.</summary>
public sealed record EvaluatedBuilding(IReadOnlyList<ChargeLine> Lines, IReadOnlyList<ServiceBalance> Balances);
