using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>A bill's total among the holders of an account.</summary>
public static class HolderShares
{
    /// <summary>Split by shares so that the parts add up to the total: largest remainder, ties to the first (18.25).</summary>
    public static IReadOnlyList<(HolderId Holder, Money Part)> Split(Money total, IReadOnlyList<HolderShare> holders) =>
        [.. total.Split([.. holders.Select(h => Exact.Fraction(h.Numerator, h.Denominator))])
            .Select((part, i) => (holders[i].Holder, part))];
}
