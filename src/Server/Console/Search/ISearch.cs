using System.Security.Claims;

namespace Ochag.Server.Console.Search;

/// <summary>One thing found: its name, what it is, its address in the console.</summary>
/// <param name="Guessed">Found only by bending what was typed: another keyboard layout, a letter more or less.</param>
public sealed record SearchHit(string Title, string? Detail, string Icon, string Path, bool Guessed = false);

/// <summary>
/// A kind of thing that the one search field finds (accounts, addresses, people). Registered as a service; the order
/// of registration is the order of results. It shows nobody what his territories do not hold.
/// </summary>
internal interface ISearch
{
    Task<IReadOnlyList<SearchHit>> Find(string text, ClaimsPrincipal who, int most, CancellationToken stop);
}
