using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>Lines of a month that are alike: one component of a service at the same prices and the same VAT.</summary>
/// <param name="Prices">
/// How many different prices the workings of these lines used, from <paramref name="LowPrice"/> to <paramref name="HighPrice"/>:
/// one as a rule, two where a tariff changed within the month, none where a line is reckoned from the sums of others.
/// </param>
/// <param name="VatRate">Percent.</param>
/// <param name="Quantity">Sum of the lines', in <paramref name="Unit"/>.</param>
/// <param name="Amount">What the workings come to: with VAT inside for persons, without it for companies.</param>
/// <param name="Vat">Inside the amount, or on top of it where <paramref name="VatOnTop"/>.</param>
public sealed record ClosingGroup(
    Service Service,
    Component Component,
    Unit Unit,
    Fixed? LowPrice,
    Fixed? HighPrice,
    int Prices,
    Fixed VatRate,
    bool VatOnTop,
    long Lines,
    Fixed Quantity,
    Money Amount,
    Money Vat)
{
    /// <summary>What is to be paid for them.</summary>
    public Money Total => LineTotal.Of(Amount, Vat, VatOnTop);
}

/// <summary>The closing sheet of a month. Its views are sums of the same groups.</summary>
/// <param name="IsFrozen">Kept since the month was closed; otherwise counted just now.</param>
/// <param name="Accounts">How many accounts have lines of a service.</param>
public sealed record ClosingSheet(
    RunId Run, bool IsFrozen, Currency Currency, IReadOnlyList<ClosingGroup> Groups, IReadOnlyDictionary<Service, int> Accounts)
{
    public long Lines => Groups.Sum(g => g.Lines);
    public Money Total => Groups.Aggregate(Money.Zero(Currency), (sum, g) => sum + g.Total);
}

/// <summary>A component of a service whatever its prices and VAT: a row of the sheet by service.</summary>
public sealed record ClosingComponent(
    Service Service, Component Component, Unit Unit, long Lines, Fixed Quantity, Money Amount, Money Vat, Money Total);

public static class ClosingViews
{
    /// <summary>The groups added up by service and component, in their order.</summary>
    public static IReadOnlyList<ClosingComponent> ByComponent(this ClosingSheet sheet) =>
    [
        .. sheet.Groups.GroupBy(g => (g.Service, g.Component, g.Unit)).OrderBy(g => g.Key.Service).ThenBy(g => g.Key.Component.Code)
            .Select(g => new ClosingComponent(
                g.Key.Service, g.Key.Component, g.Key.Unit, g.Sum(x => x.Lines), g.Aggregate(Fixed.Zero, (sum, x) => sum + x.Quantity),
                Sum(g, x => x.Amount), Sum(g, x => x.Vat), Sum(g, x => x.Total))),
    ];

    private static Money Sum(IEnumerable<ClosingGroup> groups, Func<ClosingGroup, Money> of) =>
        groups.Select(of).Aggregate((sum, one) => sum + one);
}

/// <summary>A building of a month with what its services come to.</summary>
public sealed record ClosingBuilding(
    BuildingId Building, int Accounts, int Lines, Money Total, IReadOnlyList<(Service Service, Money Sum)> Sums);

/// <summary>A bill of a month with what its services come to.</summary>
/// <param name="Number">Null: not issued yet.</param>
public sealed record ClosingBill(AccountId Account, int? Number, Money Total, IReadOnlyList<(Service Service, Money Sum)> Sums);

/// <summary>What a month whose lines count comes to, for the books: see <see cref="RunStates.Counts"/>.</summary>
public interface IClosing
{
    /// <summary>
    /// The closing sheet: of a closed month as it was kept then, of another counted from its lines, which takes seconds for each
    /// million. Refused with <c>billing.closing-not-posted</c> while the lines do not count, with <c>billing.closing-too-long</c>
    /// where more than <paramref name="mostLines"/> would have to be read, with <c>billing.closing-working-broken</c> where a
    /// line's working cannot be read.
    /// </summary>
    Task<Outcome<ClosingSheet>> Sheet(RunId run, long mostLines, IProgress<long>? progress, CancellationToken cancel);

    /// <summary>The buildings of a run that have accounts, or one of them; those with most money first.</summary>
    Task<IReadOnlyList<ClosingBuilding>> Buildings(RunRecord run, BuildingId? only, int skip, int take, CancellationToken cancel);

    Task<int> CountBuildings(RunId run, CancellationToken cancel);

    /// <summary>Bills by account, from the one after <paramref name="after"/> on.</summary>
    /// <param name="only">Null: of all accounts.</param>
    Task<IReadOnlyList<ClosingBill>> Bills(
        RunRecord run, IReadOnlyCollection<AccountId>? only, AccountId after, int take, CancellationToken cancel);

    /// <summary>The lines of some accounts, by account and number.</summary>
    Task<IReadOnlyList<PostedLine>> Lines(RunRecord run, IReadOnlyCollection<AccountId> accounts, CancellationToken cancel);
}
