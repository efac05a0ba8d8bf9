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

    private static StaffAssignment Assignment(Guid user, string role, long? territory, string by, Instant now) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()), UserId = user, Role = role, TerritoryId = territory,
        GrantedAt = now, GrantedBy = by,
    };
}
