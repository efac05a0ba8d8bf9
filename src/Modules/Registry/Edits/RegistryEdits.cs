using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Edits;

/// <summary>The chains of an account's facts and the changes of them, each its own use case.</summary>
internal sealed class RegistryEdits(OchagDb db, EditDesk desk) : IRegistryEdits
{
    public async Task<FactChain<Household>> ReadResidents(AccountId account, CancellationToken cancel) =>
        new([.. (await db.Facts<ResidentsFact>(f => f.AccountId == account, cancel))
            .Select(f => f.Line(new Household(f.Count, f.Temporary)))]);

    public Task<IReadOnlyList<Refusal>> Move(TerritoryRecord territory, MoveResidents move, string by, CancellationToken cancel) =>
        new MoveResidentsHandler(desk).Run(territory, move, by, cancel);

    public Task<IReadOnlyList<Refusal>> Correct(
        TerritoryRecord territory, Correction<Household> correction, string by, CancellationToken cancel) =>
        new CorrectResidentsHandler(desk).Run(territory, correction, by, cancel);

    public async Task<FactChain<Service>> ReadConnections(AccountId account, CancellationToken cancel) =>
        new([.. (await db.Facts<ConnectionFact>(f => f.AccountId == account, cancel)).Select(f => f.Line(f.Service))]);

    public Task<IReadOnlyList<Refusal>> Connect(TerritoryRecord territory, ConnectService connect, string by, CancellationToken cancel) =>
        new ConnectServiceHandler(desk).Run(territory, connect, by, cancel);

    public Task<IReadOnlyList<Refusal>> Disconnect(
        TerritoryRecord territory, DisconnectService disconnect, string by, CancellationToken cancel) =>
        new DisconnectServiceHandler(desk).Run(territory, disconnect, by, cancel);

    public Task<IReadOnlyList<Refusal>> Correct(
        TerritoryRecord territory, Correction<ConnectService> correction, string by, CancellationToken cancel) =>
        new ConnectServiceHandler(desk).Correct(territory, correction, by, cancel);

    public async Task<FactChain<PremisesPassport>> ReadPassports(PremisesId premises, CancellationToken cancel) =>
        new([.. (await db.Facts<PremisesPassportFact>(f => f.PremisesId == premises, cancel)).Select(f => f.Line(Passport(f)))]);

    public Task<IReadOnlyList<Refusal>> Change(TerritoryRecord territory, ChangePassport change, string by, CancellationToken cancel) =>
        new ChangePassportHandler(desk).Run(territory, change, by, cancel);

    public async Task<FactChain<MarkReason>> ReadMarks(AccountId account, CancellationToken cancel) =>
        new([.. (await db.Facts<HouseholdMarkFact>(f => f.AccountId == account, cancel)).Select(f => f.Line(f.Reason))]);

    public Task<IReadOnlyList<Refusal>> Mark(TerritoryRecord territory, MarkHousehold mark, string by, CancellationToken cancel) =>
        new MarkHouseholdHandler(desk).Run(territory, mark, by, cancel);

    public Task<IReadOnlyList<Refusal>> Correct(
        TerritoryRecord territory, Correction<MarkHousehold> correction, string by, CancellationToken cancel) =>
        new MarkHouseholdHandler(desk).Correct(territory, correction, by, cancel);

    private static PremisesPassport Passport(PremisesPassportFact f) => new(
        f.EffectiveFrom, f.EffectiveTo, f.Kind, f.Area, f.OwnHeatSource, f.ColdMeterPossible, f.HotMeterPossible)
    {
        HeatedArea = f.HeatedArea, Rooms = f.Rooms,
    };
}
