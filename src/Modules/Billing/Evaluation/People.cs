using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>Days on which the number of persons does not change.</summary>
internal readonly record struct PersonDays(Span Days, int Persons, long Fact);

/// <summary>Who is counted on which day (p.56-58; rules.md 18.1, 18.11), and on which days an account is served.</summary>
internal static class People
{
    /// <summary>Persons by day within the given days; owners where nobody is registered; companies have none.</summary>
    public static IEnumerable<PersonDays> Count(AccountRecord account, MonthRules month, Span days)
    {
        if (account.HolderKind == HolderKind.Company)
        {
            yield return new(days, 0, 0);
            yield break;
        }

        foreach (var part in days.CutBy(account.Residents.Select(r => Span.Of(month.Month, r.From, r.To))))
            yield return On(account, month, part);
    }

    /// <summary>Persons times days, over the account's days: the mean persons of the month times its length.</summary>
    public static long PersonDaysOf(AccountRecord account, MonthRules month, Span days) =>
        days.IsEmpty ? 0 : Count(account, month, days).Sum(run => (long)run.Persons * run.Days.Days);

    /// <summary>The days on which the account is open.</summary>
    public static Span Open(AccountRecord account, BillingPeriod month) =>
        Span.HalfOpen(month, account.Opened, account.Closed);

    /// <summary>The days on which the account is open and the service connected.</summary>
    public static IEnumerable<Span> Served(AccountRecord account, Service service, BillingPeriod month)
    {
        var open = Open(account, month);
        foreach (var connection in account.Connections)
        {
            if (connection.Service != service)
                continue;
            var days = Span.Of(month, connection.From, connection.To).Intersect(open);
            if (!days.IsEmpty)
                yield return days;
        }
    }

    private static PersonDays On(AccountRecord account, MonthRules month, Span days)
    {
        var day = month.Month.FirstDay.PlusDays(days.From);
        var (persons, fact) = (0, 0L);
        foreach (var residents in account.Residents)
        {
            if (residents.From > day || residents.To < day || !Counts(residents, month))
                continue;
            persons += residents.Count;
            fact = residents.Fact;
        }

        return persons > 0 ? new(days, persons, fact) : new(days, account.Owners, 0);
    }

    private static bool Counts(Residents residents, MonthRules month) =>
        !residents.Temporary || residents.To is null
        || Period.DaysBetween(residents.From, residents.To.Value) + 1 > month.Setting(Settings.TemporaryDays);
}
