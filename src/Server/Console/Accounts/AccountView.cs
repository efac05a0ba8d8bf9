using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Facts;

namespace Ochag.Server.Console.Accounts;

/// <summary>Something about an account that a person should look at: a text with its facts, grave or not.</summary>
public sealed record Remark(string Key, bool IsGrave, params object[] Facts);

/// <summary>How much a service was charged in a month and in the one before it; the differences add up to the total's.</summary>
public sealed record ServiceChange(Service Service, Money Before, Money Now)
{
    public Money Difference => Now - Before;
}

/// <summary>A holder's part of a month's total.</summary>
public sealed record HolderPart(HolderLine Holder, Money Sum);

/// <summary>What the page of an account shows.</summary>
public sealed class AccountView
{
    public const int MonthsShown = 13;

    public required AccountCard Card { get; init; }
    public required TerritoryRecord Territory { get; init; }
    public required AccountBalance Balance { get; init; }
    public required ILookup<BillingPeriod, PostedLine> Lines { get; init; }
    public required ILookup<MeterId, Reading> Readings { get; init; }
    public required LocalDate Today { get; init; }
    public required bool SeesPersons { get; init; }

    /// <summary>The person may take readings here.</summary>
    public bool TakesReadings { get; init; }

    /// <summary>A reading was recorded just now.</summary>
    public bool SaidReading { get; init; }

    /// <summary>The person may record facts of this account.</summary>
    public bool MayWrite { get; init; }

    /// <summary>The person may ask the journal who has looked at the account.</summary>
    public bool ReadsJournal { get; init; }

    /// <summary>The person answers appeals of holders here.</summary>
    public bool Administers { get; init; }

    /// <summary>The latest steps in the life of its meters.</summary>
    public IReadOnlyList<HistoryLine> MeterLife { get; init; } = [];

    /// <summary>Temporary absences that are known, the latest first.</summary>
    public IReadOnlyList<FactLine<Absence>> Absences { get; init; } = [];

    /// <summary>Acts about its premises, the latest first.</summary>
    public IReadOnlyList<FactLine<MeterAct>> Acts { get; init; } = [];

    /// <summary>Marks that hold today; null: the person has no right to them.</summary>
    public IReadOnlyList<FactLine<MarkReason>>? Marks { get; init; }

    public string Path => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/console/accounts/{Card.Id.Value}");

    /// <summary>The month whose lines are open.</summary>
    public required BillingPeriod? Month { get; init; }

    public IReadOnlyList<BillingPeriod> Months => [.. Lines.Select(g => g.Key).OrderDescending().Take(MonthsShown)];

    public bool IsOpen => Card.Terms.Any(t => t.Opened <= Today && (t.LastDay is null || t.LastDay >= Today));

    public Money Sum(BillingPeriod month) => Add(Lines[month]);

    /// <summary>VAT that comes on top of the lines; null: it lies inside their amounts.</summary>
    public Money? VatOnTop(BillingPeriod month) => Lines[month].Where(l => l.VatOnTop).ToList() is { Count: > 0 } lines
        ? lines.Aggregate(Money.Zero(Territory.Currency), (sum, l) => sum + l.Vat)
        : null;

    /// <summary>The month's total among those who held the account on its last day there; one holder has no part.</summary>
    public IReadOnlyList<HolderPart> Parts(BillingPeriod month)
    {
        var closed = Card.Terms.Where(t => t.Opened <= month.LastDay).Max(t => t.LastDay ?? month.LastDay);
        var day = closed < month.LastDay ? closed : month.LastDay;
        var holders = Card.Holders.Where(h => h.From <= day && (h.To is null || h.To >= day)).ToList();
        return holders.Count < 2
            ? []
            : [.. HolderShares.Split(Sum(month), [.. holders.Select(h => new HolderShare(h.Id, h.Numerator, h.Denominator))])
                .Select((part, i) => new HolderPart(holders[i], part.Part))];
    }

    public Money Sum(BillingPeriod month, Service service) => Add(Lines[month].Where(l => l.Service == service));

    /// <summary>The sum of the months shown, of one service or of all.</summary>
    public Money SumShown(Service? service = null) =>
        Add(Months.SelectMany(m => Lines[m]).Where(l => service is null || l.Service == service));

    /// <summary>The services charged in the months shown, in their order.</summary>
    public IReadOnlyList<Service> Services =>
        [.. Months.SelectMany(m => Lines[m]).Select(l => l.Service).Distinct().OrderBy(OrderOf)];

    /// <summary>Null where the month before was not billed here.</summary>
    public IReadOnlyList<ServiceChange>? Changes => Month is { } month && Lines.Contains(month.PlusMonths(-1))
        ? [.. Services.Select(s => new ServiceChange(s, Sum(month.PlusMonths(-1), s), Sum(month, s)))
            .Where(c => !c.Difference.IsZero).OrderByDescending(c => Math.Abs(c.Difference.Minor))]
        : null;

    private Money Add(IEnumerable<PostedLine> lines) => lines.Aggregate(Money.Zero(Territory.Currency), (sum, l) => sum + l.Total);

    /// <summary>As bills list them: heat first.</summary>
    internal static int OrderOf(Service service) => service switch
    {
        Service.Heating => 0,
        Service.HotWater => 1,
        Service.ColdWater => 2,
        Service.Drainage => 3,
        Service.Electricity => 4,
        _ => 5,
    };
}
