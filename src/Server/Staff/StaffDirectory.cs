using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Staff;

/// <summary>The people themselves: creating them, giving roles, their sessions.</summary>
internal sealed class StaffDirectory(OchagDb db, UserManager<StaffUser> users, IClock clock)
{
    public Task<bool> IsEmpty(CancellationToken stop = default) =>
        db.Set<StaffUser>().AllAsync(u => false, stop);

    /// <summary>A new person with roles; territory null: everywhere. Without a password only a link lets him in.</summary>
    public async Task<IdentityResult> Create(
        string login, string displayName, string? password, IReadOnlyList<(string Role, long? Territory)> roles, string by)
    {
        var now = clock.GetCurrentInstant();
        var user = new StaffUser
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()), UserName = login, DisplayName = displayName, CreatedAt = now,
            LockoutEnabled = true,
        };
        await using var transaction = await db.Database.BeginTransactionAsync();
        var made = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
        if (!made.Succeeded)
            return made;
        foreach (var (role, territory) in roles)
            db.Add(Assignment(user.Id, role, territory, by, now));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return made;
    }

    public Task<List<StaffSession>> Sessions(Guid userId, CancellationToken stop = default) =>
        db.Set<StaffSession>().AsNoTracking().Where(s => s.UserId == userId)
            .OrderByDescending(s => s.SeenAt).ToListAsync(stop);

    /// <summary>Ends one of the person's own sessions, or all but <paramref name="except"/>.</summary>
    public Task<int> EndSession(Guid userId, string id, CancellationToken stop = default) =>
        db.Set<StaffSession>().Where(s => s.UserId == userId && s.Id == id).ExecuteDeleteAsync(stop);

    public Task<int> EndOtherSessions(Guid userId, string except, CancellationToken stop = default) =>
        db.Set<StaffSession>().Where(s => s.UserId == userId && s.Id != except).ExecuteDeleteAsync(stop);

    /// <summary>Everybody with his roles, by name; the dismissed last.</summary>
    public async Task<IReadOnlyList<StaffCard>> List(CancellationToken stop)
    {
        var people = await db.Set<StaffUser>().AsNoTracking().ToListAsync(stop);
        var roles = (await db.Set<StaffAssignment>().AsNoTracking().ToListAsync(stop)).ToLookup(a => a.UserId);
        var seen = await db.Set<StaffSession>().GroupBy(s => s.UserId).Select(g => new { g.Key, At = g.Max(s => s.SeenAt) })
            .ToDictionaryAsync(s => s.Key, s => s.At, stop);
        return
        [
            .. people.OrderBy(p => p.State).ThenBy(p => p.DisplayName, StringComparer.CurrentCulture).Select(p => new StaffCard(
                p.Id, p.UserName!, p.DisplayName, p.State == StaffState.Dismissed, p.TwoFactorEnabled,
                [.. roles[p.Id].OrderBy(a => a.Role, StringComparer.Ordinal).Select(a => (a.Role, a.TerritoryId))],
                seen.TryGetValue(p.Id, out var at) ? at : null)),
        ];
    }

    /// <summary>Gives or takes one role; the person's sessions end, so that claims never grow stale. False: nobody by that id.</summary>
    public async Task<bool> SetRole(Guid userId, string role, long? territory, bool given, string by)
    {
        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
            return false;
        var now = clock.GetCurrentInstant();
        var held = await db.Set<StaffAssignment>().FirstOrDefaultAsync(
            a => a.UserId == userId && a.Role == role && a.TerritoryId == territory);
        if (given && held is null)
            db.Add(Assignment(userId, role, territory, by, now));
        else if (!given && held is not null)
            db.Remove(held);
        await db.SaveChangesAsync();
        await EndAll(user);
        return true;
    }

    /// <summary>Ends the person's work here: no sign-in, no session, no link. The record stays for the journal.</summary>
    public async Task<bool> Dismiss(Guid userId)
    {
        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
            return false;
        user.State = StaffState.Dismissed;
        await EndAll(user);
        await db.Set<StaffLink>().Where(l => l.UserId == userId).ExecuteDeleteAsync();
        return true;
    }

    private async Task EndAll(StaffUser user)
    {
        await users.UpdateSecurityStampAsync(user);
        await db.Set<StaffSession>().Where(s => s.UserId == user.Id).ExecuteDeleteAsync();
    }

    private static StaffAssignment Assignment(Guid user, string role, long? territory, string by, Instant now) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()), UserId = user, Role = role, TerritoryId = territory,
        GrantedAt = now, GrantedBy = by,
    };
}

/// <summary>A person of staff as the list shows him.</summary>
public sealed record StaffCard(
    Guid Id, string Login, string Name, bool IsDismissed, bool HasSecondFactor, IReadOnlyList<(string Role, long? Territory)> Roles,
    Instant? SeenAt);
