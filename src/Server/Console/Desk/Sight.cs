using System.Security.Claims;
using Ochag.Registry.Contracts;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Desk;

/// <summary>
/// The territories that the signed-in person may see or act in. Every question to a module carries them, so that what is
/// foreign is answered like what is not there.
/// </summary>
internal sealed class Sight(IRegistry registry, IHttpContextAccessor http)
{
    private IReadOnlyList<TerritoryRecord>? _all;

    private ClaimsPrincipal Who => http.HttpContext!.User;

    /// <summary>Where the person has one of the roles; without roles named: any.</summary>
    public async Task<IReadOnlyList<TerritoryRecord>> Territories(CancellationToken stop, params string[] roles)
    {
        _all ??= await registry.ListTerritories(stop);
        var places = Who.Territories(roles);
        return places is null ? _all : [.. _all.Where(t => places.Contains(t.Id.Value))];
    }

    public async Task<IReadOnlyCollection<TerritoryId>> Ids(CancellationToken stop, params string[] roles) =>
        [.. (await Territories(stop, roles)).Select(t => t.Id)];

    public async Task<TerritoryRecord> Of(TerritoryId territory, CancellationToken stop) =>
        (await Territories(stop)).First(t => t.Id == territory);

    /// <summary>Names and telephones are shown whole to those who talk with residents or bill them.</summary>
    public bool SeesPersons(TerritoryId territory) =>
        Who.Territories(Roles.Operator, Roles.Engineer, Roles.Administrator) is var places
        && (places is null || places.Contains(territory.Value));
}
