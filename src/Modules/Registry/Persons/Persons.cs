using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Buildings;
using Ochag.Registry.Contracts;
using Ochag.Registry.Desk;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Persons;

/// <summary>Finds what is kept of a person.</summary>
internal sealed class Persons(OchagDb db, ErasePerson erase, IClock clock) : IPersons
{
    private const string Nothing = "[]";

    public async Task<IReadOnlyList<PersonEntry>> HoldersOf(
        string account, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        var seen = sight.ToArray();
        var rows = await (
            from a in db.Set<Account>()
            join building in db.Set<Building>() on a.BuildingId equals building.Id
            where a.Number == account && seen.Contains(building.TerritoryId)
            join share in db.Set<HolderShareFact>().Known() on a.Id equals share.AccountId
            join holder in db.Set<Holder>() on share.HolderId equals holder.Id
            orderby share.EffectiveFrom descending, share.Id
            select holder).AsNoTracking().ToListAsync(cancel);
        return [.. rows.DistinctBy(h => h.Id).Select(Entry)];
    }

    public async Task<Outcome<PersonRecord>> Find(
        HolderId holder, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        if (await db.Set<Holder>().AsNoTracking().FirstOrDefaultAsync(h => h.Id == holder, cancel) is not { } one)
            return new Refusal("registry.person-unknown");
        var alike = await db.Set<Holder>().AsNoTracking().Where(h => h.NameKey == one.NameKey).ToListAsync(cancel);
        var same = alike.Where(h => h.Id == one.Id || IsSame(one, h)).OrderBy(h => h.Id != one.Id).ToList();
        var ids = same.Select(h => h.Id).ToArray();
        var shares = await db.Set<HolderShareFact>().AsNoTracking().Where(s => ids.Contains(s.HolderId))
            .OrderBy(s => s.EffectiveFrom).ThenBy(s => s.Id).ToListAsync(cancel);
        var accounts = new List<PersonAccount>();
        foreach (var of in shares.ToLookup(s => s.AccountId))
            accounts.Add(await Account(of.Key, [.. of], cancel));
        // What lies elsewhere is not told to whoever may not look there, not even that it is there alone.
        if (!accounts.Exists(a => sight.Contains(a.Territory)))
            return new Refusal("registry.person-unknown");
        return accounts.Exists(a => !sight.Contains(a.Territory))
            ? new Refusal("registry.person-elsewhere")
            : new PersonRecord([.. same.Select(Entry)], accounts, alike.Count - same.Count);
    }

    public Refusal? Decide(PersonRecord person, bool despiteOpenAccount) => ErasePerson.Decide(person, despiteOpenAccount);

    public async Task<Outcome<ErasedPerson>> Erase(
        PersonErasure wish, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        var found = await Find(wish.Holder, sight, cancel);
        return found.Refusal is { } refusal ? refusal
            : Decide(found.Value, wish.DespiteOpenAccount) is { } no ? no
            : await erase.Run(found.Value, wish.Pseudonym, cancel);
    }

    public async Task<IReadOnlyDictionary<AccountId, string>> NamesOf(
        IReadOnlyCollection<AccountId> accounts, CancellationToken cancel) =>
        await FoundAccounts.NamesOf(db, [.. accounts], cancel);

    public Task<int> EmptyImportRows(TerritoryId territory, Instant before, CancellationToken cancel)
    {
        var over = db.Set<Import>().Where(i => i.TerritoryId == territory && i.EndedAt != null && i.EndedAt < before).Select(i => i.Id);
        return db.Set<ImportRemarkRow>().Where(r => over.Contains(r.ImportId) && (r.Fields != Nothing || r.Facts != Nothing))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Fields, Nothing).SetProperty(r => r.Facts, Nothing), cancel);
    }

    public async Task<int> CountOfClosed(TerritoryId territory, LocalDate before, CancellationToken cancel)
    {
        var terms = db.Set<AccountTermFact>().Known();
        return await (
            from share in db.Set<HolderShareFact>().Known()
            join holder in db.Set<Holder>() on share.HolderId equals holder.Id
            join account in db.Set<Account>() on share.AccountId equals account.Id
            join building in db.Set<Building>() on account.BuildingId equals building.Id
            where building.TerritoryId == territory && holder.ErasedAt == null && holder.Kind == HolderKind.Person
            select new
            {
                share.HolderId,
                Living = terms.Any(t => t.AccountId == share.AccountId && (t.EffectiveTo == null || t.EffectiveTo >= before)),
            }).GroupBy(h => h.HolderId).CountAsync(g => g.All(h => !h.Living), cancel);
    }

    /// <summary>The same name alone is no proof: two who share a telephone, an address or a tax number as well are one.</summary>
    private static bool IsSame(Holder one, Holder other) =>
        (one.Phone is { } phone && Phones.National(phone) is > 0 and var national && Phones.National(other.Phone) == national)
        || (one.Email is { } email && email.Equals(other.Email, StringComparison.OrdinalIgnoreCase))
        || (one.TaxNumber is { } number && number == other.TaxNumber);

    private static PersonEntry Entry(Holder h) => new(h.Id, h.Kind, h.Name, h.Phone, h.Email, h.TaxNumber, h.ErasedAt);

    private async Task<PersonAccount> Account(AccountId id, IReadOnlyList<HolderShareFact> shares, CancellationToken cancel)
    {
        // A merged house is nobody's house any more, and yet the person's account may lie in it.
        var place = await (
            from account in db.Set<Account>().IgnoreQueryFilters()
            join building in db.Set<Building>() on account.BuildingId equals building.Id
            join premises in db.Set<Premises>() on account.PremisesId equals premises.Id
            join territory in db.Set<Territory>() on building.TerritoryId equals territory.Id
            where account.Id == id
            select new { account, building.Address, premises.Number, building.TerritoryId, territory.TimeZone }).FirstAsync(cancel);
        var today = clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[place.TimeZone]).Date;
        var terms = await db.Set<AccountTermFact>().AsNoTracking().Known().Where(t => t.AccountId == id)
            .OrderBy(t => t.EffectiveFrom).ToListAsync(cancel);
        var holders = shares.Select(s => s.HolderId).ToArray();
        var others = await (
            from share in db.Set<HolderShareFact>().Known()
            join holder in db.Set<Holder>() on share.HolderId equals holder.Id
            where share.AccountId == id && !holders.Contains(share.HolderId) && holder.ErasedAt == null
                && share.EffectiveFrom <= today && (share.EffectiveTo == null || share.EffectiveTo >= today)
            select share.Id).AnyAsync(cancel);
        var premisesId = place.account.PremisesId;
        var meters = await db.Set<Meter>().AsNoTracking().Where(m => m.PremisesId == premisesId).OrderBy(m => m.Id).ToListAsync(cancel);
        return new(
            id, place.account.Number, place.TerritoryId, place.Address, place.Number,
            terms.Exists(t => Holds(t, today)) && shares.Any(s => s.SupersededAt is null && Holds(s, today)),
            !others || !terms.Exists(t => Holds(t, today)),
            [.. terms.Select(t => new AccountTerm(t.EffectiveFrom, t.EffectiveTo, t.HolderKind, t.Owners))],
            [.. shares.Select(s => new PersonShare(
                s.HolderId, s.EffectiveFrom, s.EffectiveTo, s.Numerator, s.Denominator, Origin(s), s.SupersededAt))],
            [.. (await Facts<ResidentsFact>(f => f.AccountId == id, cancel)).Select(r => new PersonResidents(
                r.EffectiveFrom, r.EffectiveTo, r.Count, r.Temporary, Origin(r), r.SupersededAt))],
            [.. (await Facts<HouseholdMarkFact>(f => f.AccountId == id, cancel)).Select(m => new PersonMark(
                m.Reason, m.EffectiveFrom, m.EffectiveTo, Origin(m), m.SupersededAt))],
            [.. meters.Select(m => new MeterPlace(
                m.Id, m.Serial, m.Service, m.Digits, ZoneSet.List(m.Zones), m.BuildingId, m.PremisesId))]);
    }

    private Task<List<TFact>> Facts<TFact>(System.Linq.Expressions.Expression<Func<TFact, bool>> which, CancellationToken cancel)
        where TFact : Fact =>
        db.Set<TFact>().AsNoTracking().Where(which).OrderBy(f => f.EffectiveFrom).ThenBy(f => f.Id).ToListAsync(cancel);

    private static bool Holds(Fact fact, LocalDate day) =>
        fact.EffectiveFrom <= day && (fact.EffectiveTo is null || fact.EffectiveTo >= day);

    private static FactOrigin Origin(Fact fact) => new(fact.Recorded.By, fact.Recorded.At, fact.Recorded.Evidence);
}
