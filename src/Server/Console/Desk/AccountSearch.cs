using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Search;

namespace Ochag.Server.Console.Desk;

/// <summary>Accounts and buildings for the one search.</summary>
internal sealed class AccountSearch(IRegistryDesk desk, Sight sight, IStringLocalizer<Texts> texts) : ISearch
{
    public async Task<IReadOnlyList<SearchHit>> Find(string text, ClaimsPrincipal who, int most, CancellationToken stop)
    {
        var found = await desk.Search(text, await sight.Ids(stop), most, stop);
        var guessed = found.Guessed ? texts["search.guessed"] + " " : "";
        return
        [
            .. found.Accounts.Select(a => new SearchHit(
                $"{guessed}{a.Address}, {texts["address.flat", a.Premises]}",
                a.Holder is null ? a.Number : $"{a.Number} · {(sight.SeesPersons(a.Territory) ? a.Holder : Masks.Name(a.Holder))}",
                "home",
                $"/console/accounts/{a.Id.Value}",
                found.Guessed)),
            .. found.Buildings.Select(b => new SearchHit(
                guessed + b.Address, texts["search.building"], "building", $"/console/buildings/{b.Id.Value}", found.Guessed)),
        ];
    }
}
