using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>What every change of a fact at the desk says.</summary>
/// <param name="From">First day on which it holds.</param>
/// <param name="To">Last day; null: open.</param>
/// <param name="Evidence">The paper that it rests on.</param>
/// <param name="Version">State of the chain that the form was opened on (<see cref="FactChain{T}.Version"/>).</param>
public sealed record FactStep(LocalDate From, LocalDate? To, string Evidence, string Version)
{
    /// <summary>As long as the column of a fact's evidence.</summary>
    public const int EvidenceLength = 200;
}

/// <summary>People of one kind on an account.</summary>
/// <param name="Temporary">Temporarily staying, not registered.</param>
public sealed record Household(int Count, bool Temporary);

/// <param name="Coming">They move in; false: out.</param>
public sealed record MoveResidents(AccountId Account, bool Coming, Household People, FactStep Step);

/// <summary>A record that is put right: the old one stays and is shown as superseded.</summary>
/// <param name="Value">Null: it was recorded by mistake, and nothing takes its place.</param>
public sealed record Correction<T>(AccountId Account, long Record, T? Value, FactStep Step);

public sealed record ConnectService(AccountId Account, Service Service, FactStep Step);

/// <param name="Step">Its last day is <see cref="FactStep.From"/>.</param>
public sealed record DisconnectService(AccountId Account, Service Service, FactStep Step);

/// <summary>A passport of premises.</summary>
/// <param name="Record">The version that is put right, on its own days; null: a new one from a day.</param>
public sealed record ChangePassport(PremisesId Premises, long? Record, PremisesPassport Passport, FactStep Step);

public sealed record MarkHousehold(AccountId Account, MarkReason Reason, FactStep Step);

/// <summary>
/// What people at a desk change of an account's facts, by day. Each call decides and writes in a transaction of its own and
/// tells everything that is wrong; refused with <c>registry.changed-meanwhile</c> where somebody has written since the form
/// was opened. Who may ask is the host's to know.
/// </summary>
public interface IRegistryEdits
{
    Task<FactChain<Household>> ReadResidents(AccountId account, CancellationToken cancel);

    Task<IReadOnlyList<Refusal>> Move(TerritoryRecord territory, MoveResidents move, string by, CancellationToken cancel);

    Task<IReadOnlyList<Refusal>> Correct(TerritoryRecord territory, Correction<Household> correction, string by, CancellationToken cancel);

    Task<FactChain<Service>> ReadConnections(AccountId account, CancellationToken cancel);

    Task<IReadOnlyList<Refusal>> Connect(TerritoryRecord territory, ConnectService connect, string by, CancellationToken cancel);

    Task<IReadOnlyList<Refusal>> Disconnect(TerritoryRecord territory, DisconnectService disconnect, string by, CancellationToken cancel);

    Task<IReadOnlyList<Refusal>> Correct(
        TerritoryRecord territory, Correction<ConnectService> correction, string by, CancellationToken cancel);

    Task<FactChain<PremisesPassport>> ReadPassports(PremisesId premises, CancellationToken cancel);

    Task<IReadOnlyList<Refusal>> Change(TerritoryRecord territory, ChangePassport change, string by, CancellationToken cancel);

    Task<FactChain<MarkReason>> ReadMarks(AccountId account, CancellationToken cancel);

    Task<IReadOnlyList<Refusal>> Mark(TerritoryRecord territory, MarkHousehold mark, string by, CancellationToken cancel);

    Task<IReadOnlyList<Refusal>> Correct(
        TerritoryRecord territory, Correction<MarkHousehold> correction, string by, CancellationToken cancel);
}
