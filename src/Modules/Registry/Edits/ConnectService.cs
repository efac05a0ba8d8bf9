using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;

namespace Ochag.Registry.Edits;

/// <summary>An account begins to take a service.</summary>
internal sealed class ConnectServiceHandler(EditDesk desk)
{
    public static IReadOnlyList<Refusal> Decide(ConnectService connect, EditScene<ConnectionFact> scene)
    {
        var refusals = EditRules.Step(connect.Step, scene.Version, scene.Today, scene.Opened).ToList();
        var there = scene.Known.FirstOrDefault(k => k.Service == connect.Service
            && (k.EffectiveTo is null || k.EffectiveTo >= connect.Step.From)
            && (connect.Step.To is null || k.EffectiveFrom <= connect.Step.To));
        if (there is not null)
            refusals.Add(new("registry.connection-there", ("day", EditRules.Day(there.EffectiveFrom))));
        return refusals;
    }

    public Task<IReadOnlyList<Refusal>> Run(TerritoryRecord territory, ConnectService connect, string by, CancellationToken cancel) =>
        desk.Run<ConnectionFact>(
            territory, f => f.AccountId == connect.Account, connect.Account, (by, connect.Step.Evidence), scene => Decide(connect, scene),
            async (_, book) =>
            {
                var fact = new ConnectionFact
                {
                    Id = 0,
                    AccountId = connect.Account,
                    Service = connect.Service,
                    EffectiveFrom = connect.Step.From,
                    EffectiveTo = connect.Step.To,
                    Recorded = book.Recorded,
                };
                await book.Put([], fact, cancel);
            },
            cancel);

    /// <summary>A record of a connection is put right, or was a mistake altogether.</summary>
    public Task<IReadOnlyList<Refusal>> Correct(
        TerritoryRecord territory, Correction<ConnectService> correction, string by, CancellationToken cancel) =>
        desk.Correct<ConnectionFact, ConnectService>(
            territory, f => f.AccountId == correction.Account, correction, by,
            correction.Value is { } right ? old => old with { Service = right.Service } : null,
            (a, b) => a.Service == b.Service, [], cancel);
}
