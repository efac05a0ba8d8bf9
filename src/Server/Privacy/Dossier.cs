using System.Globalization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Documents.Tables;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;

namespace Ochag.Server.Privacy;

/// <summary>Everything that is kept of one person, for the person. Days as texts, sums in the currency's units.</summary>
internal sealed record Dossier(
    string MadeAt, IReadOnlyList<DossierEntry> Person, IReadOnlyList<DossierAccount> Accounts, int Namesakes,
    IReadOnlyList<DossierPurpose> Purposes);

internal sealed record DossierEntry(long Number, string Name, string? Phone, string? Email, string? TaxNumber, string? Erased);

/// <param name="Marks">Null: they are not shown to whoever made this.</param>
internal sealed record DossierAccount(
    string Account, string Address, string Premises, IReadOnlyList<DossierDays> Terms, IReadOnlyList<DossierShare> Shares,
    IReadOnlyList<DossierResidents> Residents, IReadOnlyList<DossierMark>? Marks, IReadOnlyList<DossierReading> Readings,
    string Opening, string Charged, string Currency, IReadOnlyList<DossierCharge> Charges, IReadOnlyList<DossierRead> Journal);

internal sealed record DossierDays(string From, string? To);

internal sealed record DossierShare(string From, string? To, string Share, string Recorded, string Evidence, string? Superseded);

internal sealed record DossierResidents(
    string From, string? To, int Count, bool Temporary, string Recorded, string Evidence, string? Superseded);

internal sealed record DossierMark(string Reason, string From, string? To, string Recorded, string Evidence, string? Superseded);

internal sealed record DossierReading(string Meter, string Service, string Taken, string Zone, string Index);

internal sealed record DossierCharge(string Month, string Service, string Sum);

internal sealed record DossierRead(string At, string Who, string Action, string Object);

/// <summary>What the person's data are kept for, and until when.</summary>
internal sealed record DossierPurpose(string Data, string Purpose, string Term, string Law);

/// <summary>Gathers a dossier from the modules and the journal.</summary>
internal sealed class DossierMaker(
    IRegistry registry, IBilling billing, IMetering metering, AuditBook audit, IClock clock)
{
    private const int AllReadings = 100_000;

    /// <param name="seesMarks">Where whoever asks has the right to marks; null: everywhere.</param>
    public async Task<Dossier> Make(PersonRecord person, IReadOnlySet<long>? seesMarks, CancellationToken stop)
    {
        var territories = (await registry.ListTerritories(stop)).ToDictionary(t => t.Id);
        var accounts = new List<DossierAccount>();
        foreach (var account in person.Accounts)
        {
            var marks = seesMarks is null || seesMarks.Contains(account.Territory.Value);
            if (marks)
                await audit.Write(AuditActions.MarksRead, account.Number, account.Territory.Value);
            accounts.Add(await Of(account, territories[account.Territory], marks, stop));
        }

        return new(
            At(clock.GetCurrentInstant()),
            [.. person.Entries.Select(e => new DossierEntry(
                e.Id.Value, e.Name, e.Phone, e.Email, e.TaxNumber, e.ErasedAt is { } erased ? At(erased) : null))],
            accounts, person.Namesakes,
            [.. DataClasses.OfPeople.Where(c => c.Of is "holder" or "household")
                .Select(c => new DossierPurpose($"{c.Table}.{c.Column}", c.Purpose, c.Term, c.Law))]);
    }

    private async Task<DossierAccount> Of(PersonAccount account, TerritoryRecord territory, bool seesMarks, CancellationToken stop)
    {
        var balance = await billing.Balance(account.Id, territory.Currency, stop);
        var lines = await billing.ListCharges(account.Id, stop);
        return new(
            account.Number, account.Address, account.Premises,
            [.. account.Terms.Select(t => new DossierDays(Day(t.Opened), Day(t.LastDay)))],
            [.. account.Shares.Select(s => new DossierShare(
                Day(s.From), Day(s.To), $"{s.Numerator}/{s.Denominator}", Recorded(s.Origin), s.Origin.Evidence, At(s.SupersededAt)))],
            [.. account.Residents.Select(r => new DossierResidents(
                Day(r.From), Day(r.To), r.Count, r.Temporary, Recorded(r.Origin), r.Origin.Evidence, At(r.SupersededAt)))],
            seesMarks
                ? [.. account.Marks.Select(m => new DossierMark(
                    $"{m.Reason}", Day(m.From), Day(m.To), Recorded(m.Origin), m.Origin.Evidence, At(m.SupersededAt)))]
                : null,
            await Readings(account, stop),
            Sum(balance.Opening.Minor), Sum(balance.Charged.Minor), $"{territory.Currency}".ToUpperInvariant(),
            [.. lines.GroupBy(l => (l.Period, l.Service)).OrderBy(g => g.Key.Period).ThenBy(g => g.Key.Service)
                .Select(g => new DossierCharge($"{g.Key.Period}", $"{g.Key.Service}", Sum(g.Sum(l => l.Total.Minor))))],
            await Journal(account, stop));
    }

    /// <summary>What residents said of the meters on the days on which the person had a share.</summary>
    private async Task<IReadOnlyList<DossierReading>> Readings(PersonAccount account, CancellationToken stop)
    {
        var meters = account.Meters.ToDictionary(m => m.Id);
        var readings = await metering.LatestReadings(meters.Keys, AllReadings, stop);
        return
        [
            .. readings.SelectMany(r => r).Where(r => r.Source == ReadingSource.Consumer && account.Shares.Any(s =>
                    s.SupersededAt is null && s.From <= r.Taken && (s.To is null || s.To >= r.Taken)))
                .OrderBy(r => r.Taken).SelectMany(r => r.Values.Select(v => new DossierReading(
                    meters[r.Meter].Serial, $"{meters[r.Meter].Service}", Day(r.Taken), $"{v.Zone}", $"{v.Index}"))),
        ];
    }

    private async Task<IReadOnlyList<DossierRead>> Journal(PersonAccount account, CancellationToken stop)
    {
        var lines = new List<DossierRead>();
        long? before = null;
        do
        {
            var page = await audit.Read("", account.Number, null, null, before, stop);
            lines.AddRange(page.Take(AuditBook.PageLines).Select(l => new DossierRead(At(l.At), l.Login, l.Action, l.Object)));
            before = page.Count > AuditBook.PageLines ? page[AuditBook.PageLines - 1].Id : null;
        }
        while (before is not null);
        return lines;
    }

    private static string Recorded(FactOrigin origin) => $"{At(origin.RecordedAt)} {origin.RecordedBy}";

    private static string At(Instant at) => at.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? At(Instant? at) => at is { } known ? At(known) : null;

    private static string Day(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string? Day(LocalDate? day) => day is { } known ? Day(known) : null;

    private static string Sum(long minor) => TableCell.Sum(minor).Text;
}
