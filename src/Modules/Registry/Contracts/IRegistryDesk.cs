using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>An account as a list shows it. <paramref name="Holder"/> is personal data.</summary>
public sealed record FoundAccount(
    AccountId Id, string Number, TerritoryId Territory, BuildingId Building, string Address, string Premises, string? Holder);

public sealed record FoundBuilding(BuildingId Id, TerritoryId Territory, string Address);

/// <summary>An account without its people, as a list names it.</summary>
public sealed record AccountLabel(string Number, BuildingId Building, string Address, string Premises);

/// <param name="Guessed">Nothing was found as it was typed: these are the nearest (another keyboard, a letter misheard).</param>
public sealed record DeskFindings(IReadOnlyList<FoundAccount> Accounts, IReadOnlyList<FoundBuilding> Buildings, bool Guessed)
{
    public static readonly DeskFindings None = new([], [], false);
}

/// <summary>Where a stored fact comes from.</summary>
public sealed record FactOrigin(string RecordedBy, Instant RecordedAt, string Evidence);

public sealed record HolderLine(
    HolderId Id, HolderKind Kind, string Name, string? Phone, string? Email, LocalDate From, LocalDate? To, int Numerator, int Denominator);

public sealed record ResidentsLine(long Fact, LocalDate From, LocalDate? To, int Count, bool Temporary, FactOrigin Origin);

public sealed record AccountTerm(LocalDate Opened, LocalDate? LastDay, HolderKind HolderKind, int Owners);

/// <summary>Everything that the registry knows of one account, for the desk.</summary>
public sealed record AccountCard(
    AccountId Id,
    string Number,
    TerritoryId Territory,
    BuildingId Building,
    string Address,
    PremisesId PremisesId,
    string Premises,
    IReadOnlyList<AccountTerm> Terms,
    IReadOnlyList<HolderLine> Holders,
    IReadOnlyList<ResidentsLine> Residents,
    IReadOnlyList<Connection> Connections,
    IReadOnlyList<PremisesPassport> Passports,
    IReadOnlyList<MeterRecord> Meters);

/// <summary>One premises of a building with an account of it; two accounts are two lines.</summary>
public sealed record PremisesLine(
    PremisesId Id, string Number, string SortKey, PremisesKind Kind, Fixed Area, AccountId? Account, string? AccountNumber, string? Holder);

/// <summary>A building's own facts, for the desk.</summary>
public sealed record BuildingCard(
    BuildingId Id,
    TerritoryId Territory,
    string Address,
    int? YearBuilt,
    int? Floors,
    int? FlatsDeclared,
    string? Doubt,
    IReadOnlyList<(BuildingPassport Passport, FactOrigin Origin)> Passports,
    IReadOnlyList<CommonNeeds> CommonNeeds,
    IReadOnlyList<MeterRecord> Meters,
    IReadOnlyList<PremisesLine> Premises);

public sealed record TerritoryCounts(int Buildings, int BuildingsWithoutPremises);

/// <summary>What of a territory's registers is there; each number is told up to the limit that was asked with.</summary>
/// <param name="Meters">The first of the meters: to ask metering what it knows of them.</param>
/// <param name="AccountIds">The first of the accounts: to ask billing what they owed.</param>
public sealed record EnteredCounts(
    int Premises, int Holders, int Residents, int Connections, int MeterCount, IReadOnlyList<MeterId> Meters,
    IReadOnlyList<AccountId> AccountIds);

/// <summary>How much a desk is given at once.</summary>
public static class DeskLimits
{
    /// <summary>Characters of a question; the rest is not looked at.</summary>
    public const int TextLength = 100;

    /// <summary>Names and numbers of a question; the rest is not looked at.</summary>
    public const int Words = 12;

    /// <summary>Hits of one search, whatever is asked.</summary>
    public const int Hits = 50;

    /// <summary>Lines on one page of a long list.</summary>
    public const int PageLines = 100;
}

/// <summary>
/// What people at a desk ask of the registry: to find and to see. Every question carries the territories that the asker
/// may see; what lies elsewhere is answered like what is not there.
/// </summary>
public interface IRegistryDesk
{
    /// <summary>
    /// By an account's number or its beginning, an address in any order of words with the flat's number, a holder's name or
    /// telephone, a meter's number; where nothing is so, by what is an error or two or another keyboard layout away.
    /// </summary>
    Task<DeskFindings> Search(string text, IReadOnlyCollection<TerritoryId> sight, int limit, CancellationToken cancel);

    /// <summary>Reads names and addresses into memory, which the first search after a start would wait for.</summary>
    Task WarmUpSearch(CancellationToken cancel);

    Task<AccountCard?> FindAccount(AccountId account, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    Task<BuildingCard?> FindBuilding(BuildingId building, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    /// <summary>Addresses of buildings; unknown and foreign ones are absent.</summary>
    Task<IReadOnlyDictionary<BuildingId, string>> AddressesOf(
        IReadOnlyCollection<BuildingId> buildings, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    /// <summary>Where accounts are, for a list of them; unknown and foreign ones are absent.</summary>
    Task<IReadOnlyDictionary<AccountId, AccountLabel>> LabelsOf(
        IReadOnlyCollection<AccountId> accounts, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    /// <summary>Buildings by the ids that they came with; unknown and foreign ones are absent.</summary>
    Task<IReadOnlyList<(BuildingId Building, TerritoryId Territory, string ExternalId)>> FindByExternalIds(
        IReadOnlyCollection<string> ids, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    Task<TerritoryCounts> Count(TerritoryId territory, CancellationToken cancel);

    /// <summary>Walks over them all: for a territory that has no run yet to tell their number.</summary>
    Task<int> CountAccounts(TerritoryId territory, CancellationToken cancel);

    /// <summary>What was entered or taken in, each kind counted up to <paramref name="most"/>: a city must not be walked over.</summary>
    Task<EnteredCounts> CountEntered(TerritoryId territory, int most, CancellationToken cancel);
}
