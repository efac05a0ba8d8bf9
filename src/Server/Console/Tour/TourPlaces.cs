using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Demo.Tour;

namespace Ochag.Server.Console.Tour;

/// <summary>
/// The houses of the tour that the signed-in person may see: none in a real company. Asked once for a request, because
/// the menu stands twice on a page and both ask at the same time.
/// </summary>
internal sealed class TourPlaces(IRegistryDesk desk, Sight sight)
{
    private static readonly string[] ExternalIds = [.. TourStops.All.Select(s => s.ExternalId)];

    private Task<IReadOnlyList<(BuildingId Building, TerritoryId Territory, string ExternalId)>>? _found;

    public Task<IReadOnlyList<(BuildingId Building, TerritoryId Territory, string ExternalId)>> Find(CancellationToken stop) =>
        _found ??= Ask(stop);

    public async Task<bool> Any(CancellationToken stop) => (await Find(stop)).Count > 0;

    private async Task<IReadOnlyList<(BuildingId Building, TerritoryId Territory, string ExternalId)>> Ask(CancellationToken stop) =>
        await desk.FindByExternalIds(ExternalIds, await sight.Ids(stop), stop);
}
