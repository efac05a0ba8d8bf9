using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Storage;
using Ochag.Storage.Books;

namespace Ochag.Server.Privacy;

/// <summary>An order to erase somebody.</summary>
/// <param name="Appeal">The number of the appeal, under which the company's papers are found.</param>
internal sealed record ErasureWish(HolderId Holder, string Appeal, bool DespiteOpenAccount);

/// <summary>What an erasing did.</summary>
/// <param name="Texts">Rows of free texts that named the person.</param>
internal sealed record Erasure(string Pseudonym, ErasedPerson Person, int Texts);

/// <summary>
/// Erases a person: the registry's own record, and his name wherever people wrote it into a free text. One transaction with
/// its lines in the journal, which name accounts and the appeal and nobody.
/// </summary>
internal sealed partial class PersonDesk(OchagDb db, IPersons persons, IRegistry registry, AuditBook audit, IStringLocalizerFactory texts)
{
    public const int AppealLength = 30;
    private const string AppealFault = "persons.appeal-wrong";

    public async Task<Outcome<Erasure>> Erase(
        ErasureWish wish, IReadOnlyCollection<TerritoryId> sight, string by, CancellationToken stop)
    {
        var appeal = wish.Appeal.Trim();
        // A number: a name in it would be kept for ever.
        if (!Appeal().IsMatch(appeal))
            return new Refusal(AppealFault, ("most", $"{AppealLength}"));
        return await Erased.ForGood(db, () => Erase(wish with { Appeal = appeal }, by, sight, stop), stop);
    }

    private async Task<Outcome<Erasure>> Erase(
        ErasureWish wish, string by, IReadOnlyCollection<TerritoryId> sight, CancellationToken stop)
    {
        var found = await persons.Find(wish.Holder, sight, stop);
        if (found.Refusal is { } unknown)
            return unknown;
        var pseudonym = await Pseudonym(found.Value, wish.Appeal, stop);
        var erased = await persons.Erase(new(wish.Holder, pseudonym, wish.DespiteOpenAccount), sight, stop);
        if (erased.Refusal is { } refusal)
            return refusal;
        var rows = 0;
        foreach (var column in DataClasses.All.Where(c => c.Free))
            rows += await Erased.TakeOut(db, column.Table, column.Column, erased.Value.Texts, stop);
        var despite = wish.DespiteOpenAccount ? ", despite open account" : "";
        foreach (var account in erased.Value.Accounts)
        {
            await audit.Write(
                AuditActions.PersonErased,
                string.Create(CultureInfo.InvariantCulture, $"{account.Number} holder {wish.Holder.Value}, appeal {wish.Appeal}{despite}"),
                account.Territory.Value, by);
        }

        return new Erasure(pseudonym, erased.Value, rows);
    }

    /// <summary>In the language of the territory's papers, whoever does it.</summary>
    private async Task<string> Pseudonym(PersonRecord person, string appeal, CancellationToken stop)
    {
        var territory = (await registry.ListTerritories(stop)).First(t => t.Id == person.Accounts[0].Territory);
        var own = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(territory.Currency == Currency.Uah ? "uk" : "ru");
            return texts.Create(typeof(Texts))["persons.pseudonym", appeal];
        }
        finally
        {
            CultureInfo.CurrentUICulture = own;
        }
    }

    /// <summary>At least a digit, and no word of more than four letters.</summary>
    [GeneratedRegex(@"^(?=.*[0-9])(?!.*\p{L}{5})[\p{L}0-9 ./№-]{1,30}$", RegexOptions.None, 1000)]
    private static partial Regex Appeal();
}
