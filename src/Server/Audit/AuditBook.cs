using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Server.Staff;
using Ochag.Storage;

namespace Ochag.Server.Audit;

/// <summary>The journal of staff: written in the request it is about, read by auditors.</summary>
internal sealed class AuditBook(OchagDb db, IHttpContextAccessor http, IClock clock)
{
    public const int PageLines = 50;

    /// <summary>
    /// Adds a line at once, before the answer goes out: what was shown stays written down even if the request fails
    /// later. What the request has tracked and not saved is saved with it.
    /// </summary>
    public async Task Write(string action, string subject, long? territory = null, string? login = null, Guid? staff = null)
    {
        var context = http.HttpContext;
        var who = context?.User;
        var id = staff ?? who?.StaffId();
        var line = new AuditLine
        {
            Id = await db.ReserveIds<AuditLine>(),
            At = clock.GetCurrentInstant(),
            StaffId = id == Guid.Empty ? null : id,
            Login = Cut(login ?? who?.Login() ?? "", 100),
            Action = action,
            Object = Cut(subject, AuditModel.ObjectLength),
            TerritoryId = territory,
            Address = context?.Connection.RemoteIpAddress?.ToString() ?? "",
        };
        var entry = db.Add(line);
        await db.SaveChangesAsync();
        entry.State = EntityState.Detached;
    }

    /// <summary>Newest first; <paramref name="who"/> and <paramref name="what"/> are beginnings of a login and an object.</summary>
    public async Task<IReadOnlyList<AuditLine>> Read(
        string who, string what, string? action, IReadOnlySet<long>? territories, long? before, CancellationToken stop)
    {
        const char last = '\uFFFD';
        IQueryable<AuditLine> lines = db.Set<AuditLine>().AsNoTracking();
#pragma warning disable CA1309 // translated: the columns compare by code points
        if (who.Length > 0)
            lines = lines.Where(l => string.Compare(l.Login, who) >= 0 && string.Compare(l.Login, who + last) < 0);
        if (what.Length > 0)
            lines = lines.Where(l => string.Compare(l.Object, what) >= 0 && string.Compare(l.Object, what + last) < 0);
#pragma warning restore CA1309
        if (!string.IsNullOrEmpty(action))
            lines = lines.Where(l => l.Action == action);
        if (territories is not null)
            lines = lines.Where(l => l.TerritoryId == null || territories.Contains(l.TerritoryId.Value));
        if (before is { } id)
            lines = lines.Where(l => l.Id < id);
        return await lines.OrderByDescending(l => l.Id).Take(PageLines + 1).ToListAsync(stop);
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
