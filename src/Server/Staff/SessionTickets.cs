using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Server.Audit;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Server.Staff;

/// <summary>
/// Sessions live in the database, the browser holds a key to one. Signing out, dismissal, a new password or an
/// administrator's order therefore end a session at once, everywhere.
/// </summary>
internal sealed class SessionTickets(
    IServiceScopeFactory scopes, IDataProtectionProvider protection, IClock clock, OchagSettings settings,
    IHttpContextAccessor http) : ITicketStore
{
    /// <summary>The key of the session in the ticket's own properties, so that pages can tell "this one".</summary>
    public const string KeyItem = "ochag.session";

    // Each request reads the session anyway; writing "seen" more often than this would only wear the disk.
    private readonly Duration _seenStep = Duration.Min(
        Duration.FromSeconds(60), Duration.FromTimeSpan(settings.SessionIdle) / 4);

    private readonly IDataProtector _protector = protection.CreateProtector("Ochag.Staff.Session");

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        await Write(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => Write(key, ticket);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OchagDb>();
        var id = IdOf(key);
        var found = await (from s in db.Set<StaffSession>()
                           join u in db.Set<StaffUser>() on s.UserId equals u.Id
                           where s.Id == id
                           select new { Session = s, u.SecurityStamp, u.State }).FirstOrDefaultAsync();
        if (found is null)
            return null;

        var now = clock.GetCurrentInstant();
        var session = found.Session;
        if (found.State != StaffState.Active || found.SecurityStamp != session.Stamp
            || now - session.SeenAt > Duration.FromTimeSpan(settings.SessionIdle)
            || now - session.StartedAt > Duration.FromTimeSpan(settings.SessionAbsolute))
        {
            db.Remove(session);
            await db.SaveChangesAsync();
            return null;
        }

        if (now - session.SeenAt > _seenStep)
        {
            // Not through the tracked row: two requests at once must not meet in a conflict.
            await db.Set<StaffSession>().Where(s => s.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now));
        }

        var ticket = TicketSerializer.Default.Deserialize(_protector.Unprotect(session.Ticket));
        ticket?.Properties.Items[KeyItem] = id;
        return ticket;
    }

    public async Task RemoveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OchagDb>();
        var id = IdOf(key);
        await db.Set<StaffSession>().Where(s => s.Id == id).ExecuteDeleteAsync();
    }

    private async Task Write(string key, AuthenticationTicket ticket)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OchagDb>();
        var id = IdOf(key);
        var now = clock.GetCurrentInstant();
        var bytes = _protector.Protect(TicketSerializer.Default.Serialize(ticket));
        var stamp = ticket.Principal.FindFirstValue(new IdentityOptions().ClaimsIdentity.SecurityStampClaimType) ?? "";
        if (await db.Set<StaffSession>().FirstOrDefaultAsync(s => s.Id == id) is { } session)
        {
            session.Ticket = bytes;
            session.Stamp = stamp;
            session.SeenAt = now;
        }
        else
        {
            // Ended sessions are swept when a new one begins: no job is needed for a table this small.
            var oldest = now - Duration.FromTimeSpan(settings.SessionAbsolute);
            await db.Set<StaffSession>().Where(s => s.StartedAt < oldest).ExecuteDeleteAsync();
            db.Add(new StaffSession
            {
                Id = id, UserId = ticket.Principal.StaffId(), StartedAt = now, SeenAt = now, Ticket = bytes, Stamp = stamp,
                Device = Device(http.HttpContext?.Request.Headers.UserAgent.ToString() ?? ""),
                Address = http.HttpContext?.Connection.RemoteIpAddress?.ToString() ?? "",
            });

            // With the session itself: there is no way in that the journal does not know.
            await scope.ServiceProvider.GetRequiredService<AuditBook>().Write(
                AuditActions.SignedIn, ticket.Principal.Login(), login: ticket.Principal.Login(), staff: ticket.Principal.StaffId());
        }

        await db.SaveChangesAsync();
    }

    internal static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>"Chrome, Windows" out of the long line that browsers send; enough to know one's own.</summary>
    internal static string Device(string agent)
    {
        static string First(string agent, params (string Mark, string Name)[] known) =>
            known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.OrdinalIgnoreCase)).Name ?? "?";
        var browser = First(agent, ("Firefox", "Firefox"), ("YaBrowser", "Yandex"), ("Edg/", "Edge"), ("OPR/", "Opera"),
            ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl"));
        var system = First(agent, ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"));
        return $"{browser}, {system}";
    }
}
