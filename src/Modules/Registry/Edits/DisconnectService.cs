using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;

namespace Ochag.Registry.Edits;

/// <summary>An account takes a service no more after a day.</summary>
internal sealed class DisconnectServiceHandler(EditDesk desk)
{
    public static IReadOnlyList<Refusal> Decide(DisconnectService disconnect, EditScene<ConnectionFact> scene)
    {
        var refusals = EditRules.Step(disconnect.Step, scene.Version, scene.Today).ToList();
        var open = Open(disconnect, scene);
        if (open is null)
            refusals.Add(new("registry.connection-none"));
        else if (disconnect.Step.From < open.EffectiveFrom)
            refusals.Add(new("registry.connection-later", ("day", EditRules.Day(open.EffectiveFrom))));
        return refusals;
    }

    public Task<IReadOnlyList<Refusal>> Run(TerritoryRecord territory, DisconnectService disconnect, string by, CancellationToken cancel) =>
        desk.Run<ConnectionFact>(
            territory, f => f.AccountId == disconnect.Account, disconnect.Account, (by, disconnect.Step.Evidence),
            scene => Decide(disconnect, scene),
            async (scene, book) =>
            {
                var open = Open(disconnect, scene)!;
                List<ConnectionFact> known = [open];
                book.Withdraw(known, open);
                await book.Put(known, open with { EffectiveTo = disconnect.Step.From }, cancel);
            },
            cancel);

    private static ConnectionFact? Open(DisconnectService disconnect, EditScene<ConnectionFact> scene) =>
        scene.Known.Where(k => k.Service == disconnect.Service && k.EffectiveTo is null).MaxBy(k => k.EffectiveFrom);
}
