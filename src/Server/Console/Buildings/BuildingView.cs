using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Buildings;

/// <summary>A column by which the premises of a building can be put in order.</summary>
public enum PremisesOrder
{
    Number,
    Area,
    Account,
    Charged,
}

/// <summary>What the page of a building shows.</summary>
public sealed class BuildingView
{
    public required BuildingCard Card { get; init; }
    public required TerritoryRecord Territory { get; init; }
    public required ILookup<MeterId, Reading> Readings { get; init; }
    public required IReadOnlyDictionary<MeterId, MonthlyVolume> Volumes { get; init; }
    public required LocalDate Today { get; init; }
    public required bool SeesPersons { get; init; }

    /// <summary>The person may enter readings of this building.</summary>
    public required bool EntersReadings { get; init; }

    /// <summary>The person may record facts of this building.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>The last posted month; null: nothing is posted yet.</summary>
    public required BillingPeriod? Month { get; init; }

    public required IReadOnlyList<AccountServiceSum> Sums { get; init; }
    public required PremisesOrder Order { get; init; }
    public required bool Descending { get; init; }

    /// <summary>From 1.</summary>
    public required int PageNumber { get; init; }

    public int Pages => Math.Max(1, (Card.Premises.Count + DeskLimits.PageLines - 1) / DeskLimits.PageLines);

    public IReadOnlyList<PremisesLine> Shown =>
        [.. Ordered.Skip((Math.Clamp(PageNumber, 1, Pages) - 1) * DeskLimits.PageLines).Take(DeskLimits.PageLines)];

    public Fixed Area => Card.Premises.DistinctBy(p => p.Id).Aggregate(Fixed.Zero, (sum, p) => sum + p.Area);

    public Money Total => Sums.Aggregate(Zero, (sum, s) => sum + s.Sum);

    public Money Charged(PremisesLine line) =>
        line.Account is { } account && _byAccount.Value.TryGetValue(account, out var sum) ? sum : Zero;

    /// <summary>By service: all, and how much of it is common-house needs.</summary>
    public IReadOnlyList<(Service Service, Money Sum, Money Common)> ByService =>
        [.. Sums.GroupBy(s => s.Service).OrderBy(g => Accounts.AccountView.OrderOf(g.Key)).Select(g => (
            g.Key,
            g.Aggregate(Zero, (sum, s) => sum + s.Sum),
            g.Aggregate(Zero, (sum, s) => sum + s.Common)))];

    private readonly Lazy<Dictionary<AccountId, Money>> _byAccount;

    public BuildingView() => _byAccount = new(() => Sums!.GroupBy(s => s.Account)
        .ToDictionary(g => g.Key, g => g.Aggregate(Zero, (sum, s) => sum + s.Sum)));

    private Money Zero => Money.Zero(Territory.Currency);

    private IEnumerable<PremisesLine> Ordered
    {
        get
        {
            IEnumerable<PremisesLine> lines = Order switch
            {
                PremisesOrder.Area => Card.Premises.OrderBy(p => p.Area),
                PremisesOrder.Account => Card.Premises.OrderBy(p => p.AccountNumber, StringComparer.Ordinal),
                PremisesOrder.Charged => Card.Premises.OrderBy(Charged),
                _ => Card.Premises.OrderBy(p => p.SortKey, StringComparer.Ordinal),
            };
            return Descending ? lines.Reverse() : lines;
        }
    }
}
