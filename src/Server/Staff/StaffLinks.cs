using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Staff;

/// <summary>One-time links: made here, looked at without being spent, spent once.</summary>
internal sealed class StaffLinks(OchagDb db, IClock clock)
{
    private static readonly Duration Life = Duration.FromHours(24);

    /// <summary>A new code; an earlier one for the same purpose and person stops working.</summary>
    public async Task<string> Issue(LinkPurpose purpose, Guid? userId = null, CancellationToken stop = default)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        var now = clock.GetCurrentInstant();
        await db.Set<StaffLink>().Where(l => l.Purpose == purpose && l.UserId == userId && l.UsedAt == null)
            .ExecuteDeleteAsync(stop);
        db.Add(new StaffLink
        {
            Id = SessionTickets.IdOf(code), Purpose = purpose, UserId = userId, CreatedAt = now, ExpiresAt = now + Life,
        });
        await db.SaveChangesAsync(stop);
        return code;
    }

    public async Task<StaffLink?> Find(LinkPurpose purpose, string? code, CancellationToken stop = default)
    {
        var id = SessionTickets.IdOf(code ?? "");
        var now = clock.GetCurrentInstant();
        var link = await db.Set<StaffLink>().AsNoTracking().FirstOrDefaultAsync(l => l.Id == id && l.Purpose == purpose, stop);
        return link is { UsedAt: null } && link.ExpiresAt > now ? link : null;
    }

    /// <summary>True for exactly one caller, however many press at once.</summary>
    public async Task<bool> Spend(StaffLink link, CancellationToken stop = default)
    {
        var now = clock.GetCurrentInstant();
        return await db.Set<StaffLink>().Where(l => l.Id == link.Id && l.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, (Instant?)now), stop) == 1;
    }
}
