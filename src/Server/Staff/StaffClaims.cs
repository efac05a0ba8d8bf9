using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ochag.Storage;

namespace Ochag.Server.Staff;

/// <summary>
/// What a session knows of its person: id, name, and each role with its territory ("operator@7", "administrator@*").
/// A change of roles renews the security stamp and so ends the sessions: claims never grow stale.
/// </summary>
internal sealed class StaffClaims(UserManager<StaffUser> users, IOptions<IdentityOptions> options, OchagDb db)
    : UserClaimsPrincipalFactory<StaffUser>(users, options)
{
    public const string Assignment = "ochag:role";
    public const string Method = "amr";
    public const string Confirmed = "mfa";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(StaffUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
        var assignments = await db.Set<StaffAssignment>().AsNoTracking().Where(a => a.UserId == user.Id).ToListAsync();
        foreach (var a in assignments)
            identity.AddClaim(new Claim(Assignment, $"{a.Role}@{a.TerritoryId?.ToString(CultureInfo.InvariantCulture) ?? "*"}"));
        return identity;
    }
}

/// <summary>Reading those claims: what the person may, and where.</summary>
internal static class StaffPrincipal
{
    public static Guid StaffId(this ClaimsPrincipal who) =>
        Guid.TryParse(who.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : Guid.Empty;

    public static string Login(this ClaimsPrincipal who) => who.Identity?.Name ?? "";

    public static string DisplayName(this ClaimsPrincipal who) =>
        who.FindFirstValue(ClaimTypes.GivenName) is { Length: > 0 } name ? name : who.Login();

    public static bool HasRole(this ClaimsPrincipal who, params ReadOnlySpan<string> roles)
    {
        foreach (var claim in who.FindAll(StaffClaims.Assignment))
        {
            if (roles.Contains(claim.Value[..claim.Value.IndexOf('@', StringComparison.Ordinal)]))
                return true;
        }

        return false;
    }

    /// <summary>Where the person may act in one of these roles: null means every territory.</summary>
    public static IReadOnlySet<long>? Territories(this ClaimsPrincipal who, params string[] roles)
    {
        var places = who.FindAll(StaffClaims.Assignment).Select(c => c.Value.Split('@'))
            .Where(p => p.Length == 2 && (roles.Length == 0 || roles.Contains(p[0], StringComparer.Ordinal)))
            .Select(p => p[1]).ToList();
        return places.Contains("*", StringComparer.Ordinal)
            ? null
            : places.Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToHashSet();
    }
}
