using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Books;

namespace Ochag.Billing.Facts;

/// <summary>Absences at the desk: recorded, put right, taken back as a mistake; superseded, never overwritten.</summary>
internal sealed class Absences(OchagDb db, FactDesk desk, IRegistry registry, IClock clock) : IAbsences
{
    public async Task<FactChain<Absence>> Read(AccountId account, CancellationToken cancel) => Chain(
        await db.Set<AbsenceFact>().AsNoTracking().Where(f => f.AccountId == account).OrderByDescending(f => f.Id).ToListAsync(cancel));

    public async Task<IReadOnlyList<Refusal>> Record(
        TerritoryRecord territory, RecordAbsence absence, string by, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var today = now.InZone(territory.TimeZone).Date;
        return await desk.Run<AbsenceFact>(
            f => f.AccountId == absence.Account, new(now, by, absence.Evidence),
            async facts => AbsenceRules.Refuse(absence, Chain(facts), await Account(absence, cancel), today),
            async (facts, book) =>
            {
                var known = facts.Where(f => f.SupersededAt is null).ToList();
                if (absence.Record is { } record)
                    book.Withdraw(known, known.Single(f => f.Id == record));
                // Several people may be away on the same days: one absence does not end another.
                if (absence.Absence is { } right)
                    await book.Put([], Fact(absence.Account, right, book.Recorded), cancel);
            },
            new(Versions.ChangedMeanwhile), cancel);
    }

    private static AbsenceFact Fact(AccountId account, Absence absence, Recorded recorded) => new()
    {
        Id = 0, AccountId = account, Persons = (short)absence.Persons, Proof = absence.Proof, Applied = absence.Applied,
        EffectiveFrom = absence.From, EffectiveTo = absence.To, Recorded = recorded,
    };

    private async Task<AccountRecord?> Account(RecordAbsence absence, CancellationToken cancel) =>
        (await registry.ReadBuildings([absence.Building], cancel)).SelectMany(b => b.Accounts)
            .FirstOrDefault(a => a.Id == absence.Account);

    private static FactChain<Absence> Chain(IEnumerable<AbsenceFact> facts) => new(
    [
        .. facts.Select(f => new FactLine<Absence>(
            f.Id, new(f.EffectiveFrom, f.EffectiveTo!.Value, f.Persons, f.Proof, f.Applied), f.EffectiveFrom, f.EffectiveTo,
            new(f.Recorded.By, f.Recorded.At, f.Recorded.Evidence), f.SupersededAt)),
    ]);
}

/// <summary>Whether an absence can be. Pure.</summary>
internal static class AbsenceRules
{
    private const int MostPersons = 1000;
    private const int MostYears = 2;

    public static IReadOnlyList<Refusal> Refuse(
        RecordAbsence command, FactChain<Absence> chain, AccountRecord? account, LocalDate today)
    {
        var refusals = new List<Refusal>();
        if (command.Version != chain.Version)
            refusals.Add(new(Versions.ChangedMeanwhile));
        var old = command.Record is { } record ? chain.Known.FirstOrDefault(l => l.Id == record) : null;
        if (account is null || command.Record is not null && old is null)
            refusals.Add(new("registry.record-unknown"));
        if (command.Evidence.Trim().Length is 0 or > FactStep.EvidenceLength)
            refusals.Add(new("billing.absence-evidence-missing", ("most", $"{FactStep.EvidenceLength}")));
        if (command.Absence is not { } absence || account is null)
            return refusals;
        refusals.AddRange(Days(absence, account, today));
        if (absence.Persons is < 1 or > MostPersons)
            refusals.Add(new("billing.absence-persons-wrong", ("most", $"{MostPersons}")));
        else if (refusals.Count == 0 && TooMany(absence, chain.Known.Where(l => l.Id != command.Record), account) is { } many)
            refusals.Add(many);
        if (old?.Value == absence && refusals.Count == 0)
            refusals.Add(new("registry.nothing-changed"));
        return refusals;
    }

    private static IEnumerable<Refusal> Days(Absence absence, AccountRecord account, LocalDate today)
    {
        var latest = today.PlusYears(MostYears);
        if (absence.To <= absence.From)
            yield return new("billing.absence-days-turned", ("from", Day(absence.From)));
        else if (absence.To > latest || absence.To > absence.From.PlusYears(MostYears))
            yield return new("billing.absence-day-wrong", ("to", Day(LocalDate.Min(latest, absence.From.PlusYears(MostYears)))));
        if (absence.From < account.Opened)
            yield return new("billing.absence-before-account", ("day", Day(account.Opened)));
        if (absence.Applied > today)
            yield return new("billing.absence-applied-later", ("today", Day(today)));
    }

    /// <summary>On no full day more people are away than live there.</summary>
    private static Refusal? TooMany(Absence absence, IEnumerable<FactLine<Absence>> others, AccountRecord account)
    {
        var away = others.Select(l => l.Value).ToList();
        for (var day = absence.From.PlusDays(1); day < absence.To; day = day.PlusDays(1))
        {
            var living = account.Residents.Where(r => r.From <= day && (r.To is null || day <= r.To)).Sum(r => r.Count);
            living = living == 0 ? account.Owners : living;
            var gone = away.Where(a => a.From < day && day < a.To).Sum(a => a.Persons);
            if (gone + absence.Persons > living)
                return new("billing.absence-persons-many", ("day", Day(day)), ("living", $"{living}"), ("away", $"{gone}"));
        }

        return null;
    }

    private static string Day(LocalDate day) => $"{day:uuuu-MM-dd}";
}
