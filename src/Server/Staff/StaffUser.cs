using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Ochag.Server.Staff;

internal enum StaffState
{
    Active,
    Dismissed,
}

/// <summary>A person of the company who signs in to the console.</summary>
internal sealed class StaffUser : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";
    public StaffState State { get; set; }
    public Instant CreatedAt { get; set; }

    /// <summary>The last one-time code that let the person in: a code counts once (hash, not the code).</summary>
    public string? LastCodeHash { get; set; }
}

/// <summary>A role in one territory, or in all of them where <see cref="TerritoryId"/> is null.</summary>
internal sealed class StaffAssignment
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required string Role { get; init; }
    public long? TerritoryId { get; init; }
    public required Instant GrantedAt { get; init; }
    public required string GrantedBy { get; init; }
}

/// <summary>A signed-in browser. The cookie holds only a key; what it stands for is here and dies here.</summary>
public sealed class StaffSession
{
    /// <summary>SHA-256 of the key in the cookie: a stolen database gives no session.</summary>
    public required string Id { get; init; }

    public required Guid UserId { get; init; }
    public required Instant StartedAt { get; init; }
    public required Instant SeenAt { get; set; }
    public required byte[] Ticket { get; set; }

    /// <summary>The user's security stamp at sign-in: a new stamp (password, roles, dismissal) ends the session.</summary>
    public required string Stamp { get; set; }

    public required string Device { get; init; }
    public required string Address { get; init; }
}

internal enum LinkPurpose
{
    /// <summary>Sets up the first administrator of an empty installation.</summary>
    Setup,

    /// <summary>Signs one person in once, without a password: demo and lost passwords.</summary>
    SignIn,
}

/// <summary>A link that works once and not for long.</summary>
internal sealed class StaffLink
{
    public required string Id { get; init; }
    public required LinkPurpose Purpose { get; init; }
    public Guid? UserId { get; init; }
    public required Instant CreatedAt { get; init; }
    public required Instant ExpiresAt { get; init; }
    public Instant? UsedAt { get; private set; }

    public void Use(Instant at) => UsedAt = at;
}
