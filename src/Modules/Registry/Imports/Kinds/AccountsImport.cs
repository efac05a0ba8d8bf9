using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>Accounts of premises, from a day to a day.</summary>
internal sealed class AccountsImport(OchagDb db, IRegistry registry) : IImportKind
{
    private const int MostOwners = 100;

    public string Name => "accounts";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        ImportWords.Account, KnownPlaces.House, KnownPlaces.City, KnownPlaces.Street, KnownPlaces.HouseNumber, KnownPlaces.Premises,
        new("opened", ImportValue.Date, false, "01.10.2026", "дата открытия", "открыт"),
        new("closed", ImportValue.Date, false, "", "дата закрытия", "закрыт"),
        ImportWords.HolderKind,
        new("owners", ImportValue.Whole, false, "1", "собственников", "количество собственников", "число собственников"),
    ];

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var read = new List<(ImportRow Row, ImportCells Cells, Outcome<BuildingId> House)>(batch.Rows.Count);
        foreach (var row in batch.Rows)
        {
            var cells = new ImportCells(row, Columns);
            read.Add((row, cells, await KnownPlaces.HouseOf(db, batch, cells, cancel)));
        }

        var premises = await KnownPlaces.PremisesOf(db, read.Where(r => !r.House.IsRefused).Select(r => r.House.Value), cancel);
        var accounts = (await registry.FindAccounts(batch.Territory.Id, ImportWords.AccountNumbers(batch, Columns), cancel))
            .ToDictionary(StringComparer.Ordinal);
        var ids = accounts.Values.Select(a => a.Id).ToArray();
        var terms = (await db.Set<AccountTermFact>().AsNoTracking().Known().Where(t => ids.Contains(t.AccountId)).ToListAsync(cancel))
            .Lines(t => t.AccountId);
        var verdicts = new List<RowVerdict>(read.Count);
        foreach (var (row, cells, house) in read)
        {
            verdicts.Add(house.Refusal is { } refusal
                ? RowVerdict.Refused(row, refusal)
                : await Decide(batch, row, cells, house.Value, premises, accounts, terms, cancel));
        }

        return verdicts;
    }

    private static async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, ImportCells cells, BuildingId house, Dictionary<(BuildingId, string), PremisesId> premises,
        Dictionary<string, AccountPlace> accounts, Dictionary<AccountId, List<AccountTermFact>> terms, CancellationToken cancel)
    {
        var number = cells.Text("account", RegistryModel.NumberLength);
        var flat = cells.Text("premises", RegistryModel.NumberLength);
        var opened = cells.Date("opened") ?? batch.Territory.BilledSince.FirstDay;
        var closed = cells.Date("closed");
        var kind = cells.Choice<HolderKind>("holder_kind") ?? HolderKind.Person;
        var owners = cells.Whole("owners", 1, MostOwners) ?? 1;
        if (number.Length > 0 && !number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/'))
            cells.Refuse("imports.field-wrong", "account", number);
        if (closed <= opened)
            cells.Refuse("imports.days-turned", "closed", $"{closed}");
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);
        if (batch.SeenBefore(number, row.Line) is { } first)
            return RowVerdict.Refused(row, new("registry.account-twice", ("account", number), ("line", $"{first}")));
        if (!premises.TryGetValue((house, SearchKey.SortNumber(flat)), out var place))
            return RowVerdict.Refused(row, new("registry.premises-unknown", ("premises", flat)));
        if (accounts.TryGetValue(number, out var known) && (known.Elsewhere || known.Premises != place))
            return RowVerdict.Refused(row, new("registry.account-elsewhere", ("account", number)));

        batch.Cite(row);
        if (known is null)
        {
            known = accounts[number] = new(new(await batch.Book.NewId<Account>(cancel)), place, house, Elsewhere: false);
            batch.Book.Add(new Account { Id = known.Id, PremisesId = place, BuildingId = house, Number = number });
        }

        var changed = await batch.Book.Put(
            terms.Of(known.Id),
            new AccountTermFact
            {
                Id = 0,
                AccountId = known.Id,
                HolderKind = kind,
                Owners = (short)owners,
                EffectiveFrom = opened,
                EffectiveTo = closed?.PlusDays(-1),
                Recorded = batch.Book.Recorded,
            },
            cancel);
        return changed ? RowVerdict.Taken(row) : RowVerdict.Unchanged(row);
    }
}
