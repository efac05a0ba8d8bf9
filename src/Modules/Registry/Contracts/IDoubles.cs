using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>A house that stands in the register under another spelling too.</summary>
/// <param name="Premises">Rooms and flats entered under it.</param>
public sealed record DoubledHouse(BuildingId Id, string Address, string? ExternalId, int Premises, int Accounts, int Meters);

/// <summary>Houses that are one by their addresses.</summary>
/// <param name="IsSure">Every part is the same; else one of them leaves its district or settlement out.</param>
public sealed record DoublesGroup(IReadOnlyList<DoubledHouse> Houses, bool IsSure);

/// <summary>What a merging would move, and what it would leave.</summary>
/// <param name="Moves">Rows by table, those that would move.</param>
/// <param name="Stays">Rows by table that stay with the double: the kept house has its own.</param>
/// <param name="SameNumbers">Numbers of flats that both houses have: they stand twice afterwards.</param>
public sealed record MergePreview(
    DoubledHouse Kept, DoubledHouse Double, IReadOnlyDictionary<string, int> Moves, IReadOnlyDictionary<string, int> Stays,
    IReadOnlyList<string> SameNumbers);

/// <summary>A merging that was made.</summary>
public sealed record MergeRecord(
    long Id, TerritoryId Territory, BuildingId Kept, string KeptAddress, BuildingId Double, string DoubleAddress, Instant At, string By,
    Instant? UndoneAt, string? UndoneBy);

/// <summary>Says whether something of a house that would move rests elsewhere already.</summary>
public interface IMergeGuard
{
    /// <summary>Why the double cannot go; null: nothing of ours rests on it.</summary>
    Task<Refusal?> WhyKept(TerritoryId territory, BuildingId house, CancellationToken cancel);
}

/// <summary>Houses that a register names twice: proposed, merged, taken apart again.</summary>
public interface IDoubles
{
    /// <summary>Groups of houses of one address; those that people have told apart are left out.</summary>
    Task<IReadOnlyList<DoublesGroup>> Propose(TerritoryId territory, CancellationToken cancel);

    /// <summary>Refused with <c>registry.house-gone</c>, <c>registry.merge-self</c>, or by a guard.</summary>
    Task<Outcome<MergePreview>> Preview(TerritoryId territory, BuildingId kept, BuildingId twin, CancellationToken cancel);

    /// <summary>
    /// Everything entered under the double is entered under the kept house from now on; the double is not shown any more and
    /// its names lead to the kept one. Refused like <see cref="Preview"/>.
    /// </summary>
    Task<Outcome<MergeRecord>> Merge(TerritoryId territory, BuildingId kept, BuildingId twin, string by, CancellationToken cancel);

    /// <summary>
    /// What the merging moved goes back. Refused with <c>registry.merge-unknown</c>, <c>registry.merge-undone</c>, or by a guard.
    /// </summary>
    Task<Outcome<MergeRecord>> Undo(TerritoryId territory, long merge, string by, CancellationToken cancel);

    /// <summary>These are two houses, whatever their addresses say: not proposed again.</summary>
    Task TellApart(TerritoryId territory, IReadOnlyList<BuildingId> houses, string by, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<MergeRecord>> ListMerges(TerritoryId territory, int most, CancellationToken cancel);
}
