using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>A holder as one account names him. Personal data.</summary>
/// <param name="ErasedAt">When he was erased; null: he is kept.</param>
public sealed record PersonEntry(
    HolderId Id, HolderKind Kind, string Name, string? Phone, string? Email, string? TaxNumber, Instant? ErasedAt);

/// <param name="SupersededAt">When another record took its place; null: it is what is known.</param>
public sealed record PersonShare(
    HolderId Holder, LocalDate From, LocalDate? To, int Numerator, int Denominator, FactOrigin Origin, Instant? SupersededAt);

/// <param name="SupersededAt">When another record took its place; null: it is what is known.</param>
public sealed record PersonResidents(
    LocalDate From, LocalDate? To, int Count, bool Temporary, FactOrigin Origin, Instant? SupersededAt);

/// <param name="SupersededAt">When another record took its place; null: it is what is known.</param>
public sealed record PersonMark(MarkReason Reason, LocalDate From, LocalDate? To, FactOrigin Origin, Instant? SupersededAt);

/// <summary>An account that the person holds or held, with what is kept of the household.</summary>
/// <param name="Open">The account is open today and the person has a share in it.</param>
/// <param name="Alone">Nobody else who is kept has a share in it today.</param>
public sealed record PersonAccount(
    AccountId Id,
    string Number,
    TerritoryId Territory,
    string Address,
    string Premises,
    bool Open,
    bool Alone,
    IReadOnlyList<AccountTerm> Terms,
    IReadOnlyList<PersonShare> Shares,
    IReadOnlyList<PersonResidents> Residents,
    IReadOnlyList<PersonMark> Marks,
    IReadOnlyList<MeterPlace> Meters);

/// <summary>Everything that the registry keeps of one person.</summary>
/// <param name="Entries">
/// The person as his accounts name him: of the same name, and alike in a telephone, an address or a tax number.
/// </param>
/// <param name="Namesakes">Others of the same name, of whom nothing says that they are the same.</param>
public sealed record PersonRecord(IReadOnlyList<PersonEntry> Entries, IReadOnlyList<PersonAccount> Accounts, int Namesakes)
{
    public PersonEntry First => Entries[0];
}

/// <summary>An order to erase somebody.</summary>
/// <param name="Pseudonym">What stands in place of the name from now on.</param>
/// <param name="DespiteOpenAccount">The data officer has decided that the open contract is no reason to keep him.</param>
public sealed record PersonErasure(HolderId Holder, string Pseudonym, bool DespiteOpenAccount);

/// <summary>What was erased.</summary>
/// <param name="Texts">What else names the person in free texts, as it may be written there.</param>
/// <param name="MarksLeft">Marks of households that others still hold.</param>
public sealed record ErasedPerson(
    IReadOnlyList<PersonAccount> Accounts, int Entries, int Marks, int MarksLeft, int ImportRows, IReadOnlyList<string> Texts);

/// <summary>
/// Persons as the law on personal data sees them: what is kept of one, and its erasing, which leaves accounts, shares and
/// sums as they are.
/// </summary>
public interface IPersons
{
    /// <summary>Who holds or held the account with this number, as known now; empty: no such account, or not to be seen.</summary>
    Task<IReadOnlyList<PersonEntry>> HoldersOf(string account, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    /// <summary>
    /// Refused with <c>registry.person-unknown</c>, and with <c>registry.person-elsewhere</c> when a part of what is kept
    /// lies where the asker may not look.
    /// </summary>
    Task<Outcome<PersonRecord>> Find(HolderId holder, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    /// <summary>Why the person may not be erased now; null: he may.</summary>
    Refusal? Decide(PersonRecord person, bool despiteOpenAccount);

    /// <summary>
    /// Erases in the caller's transaction. Refused like <see cref="Find"/>, and with <c>registry.person-erased</c>,
    /// <c>registry.person-is-company</c>, <c>registry.person-holds-open-account</c>.
    /// </summary>
    Task<Outcome<ErasedPerson>> Erase(PersonErasure wish, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    /// <summary>The first known holder of each account, by name.</summary>
    Task<IReadOnlyDictionary<AccountId, string>> NamesOf(IReadOnlyCollection<AccountId> accounts, CancellationToken cancel);

    /// <summary>Empties what imports of the territory that ended before kept of their rows; the remarks themselves stay.</summary>
    Task<int> EmptyImportRows(TerritoryId territory, Instant before, CancellationToken cancel);

    /// <summary>Holders who are kept and whose every account of the territory was closed before that day.</summary>
    Task<int> CountOfClosed(TerritoryId territory, LocalDate before, CancellationToken cancel);
}
