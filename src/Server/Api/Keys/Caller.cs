using Ochag.Registry.Contracts;

namespace Ochag.Server.Api.Keys;

/// <summary>The key that asks, and the territories that it may see: what is foreign is answered like what is not there.</summary>
internal sealed class Caller(IRegistry registry, IHttpContextAccessor http)
{
    private IReadOnlyList<TerritoryRecord>? _seen;

    public ApiKey Key => Http.Features.Get<ApiKey>() ?? throw new InvalidOperationException("An answer without a key.");

    public string Login => Http.User.Identity?.Name ?? "";

    public bool SeesPersons => KeyDoor.Has(Http.User, Scopes.Persons);

    private HttpContext Http => http.HttpContext!;

    public async Task<IReadOnlyList<TerritoryRecord>> Territories(CancellationToken stop) =>
        _seen ??= [.. (await registry.ListTerritories(stop)).Where(t => Key.TerritoryId is not { } only || t.Id.Value == only)
            .OrderBy(t => t.Id.Value)];

    /// <summary>All of them, or the one that is asked for: of a foreign one nothing is seen.</summary>
    public async Task<IReadOnlyCollection<TerritoryId>> Sight(CancellationToken stop, long? only = null) =>
        [.. (await Territories(stop)).Select(t => t.Id).Where(t => only is null || t.Value == only)];

    public async Task<TerritoryRecord> Of(TerritoryId territory, CancellationToken stop) =>
        (await Territories(stop)).First(t => t.Id == territory);
}
