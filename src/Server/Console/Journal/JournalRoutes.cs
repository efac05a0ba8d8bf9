using System.Globalization;
using NodaTime;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Journal;

/// <summary>A line of the journal as the page shows it.</summary>
public sealed record JournalLine(Instant At, string Login, string Action, string Object, string? Territory, string Address);

/// <summary>
/// The journal of staff, for auditors. It asks by POST: an account's number must not lie in the logs of proxies beside
/// the name of who looked it up.
/// </summary>
internal static class JournalRoutes
{
    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/audit", (AuditBook book, Sight sight, HttpContext http) => Show(book, sight, http, new FormState()))
            .RequireAuthorization(Policies.Audit).Audited(AuditActions.AuditRead);
        console.MapPost("/audit", async (AuditBook book, Sight sight, HttpContext http) =>
                await Show(book, sight, http, new FormState(await http.Request.ReadFormAsync(http.RequestAborted))))
            .RequireAuthorization(Policies.Audit).Audited(AuditActions.AuditRead);
    }

    private static async Task<IResult> Show(AuditBook book, Sight sight, HttpContext http, FormState form)
    {
        var stop = http.RequestAborted;
        var (who, what, action) = (form["who"].Trim(), form["what"].Trim(), form["action"]);
        var places = http.User.Territories(Roles.Auditor, Roles.Administrator);
        var before = long.TryParse(form["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        var known = AuditActions.All.Contains(action, StringComparer.Ordinal) ? action : null;
        var lines = await book.Read(who, what, known, places, before, stop);
        // What begins no object of the journal may be a resident's name, typed where a number belongs: it is not kept.
        string[] words = lines.Count > 0 ? [who, what, action] : [known ?? ""];
        var asked = string.Join(' ', words.Where(t => t.Length > 0));
        http.IsAbout(asked.Length > 0 ? asked : "—");
        var territories = (await sight.Territories(stop)).ToDictionary(t => t.Id.Value);
        return Page.Of<JournalPage>(new
        {
            Form = form,
            Zone = territories.Values.Select(t => t.TimeZone).Distinct().ToList() is [var only] ? only : DateTimeZone.Utc,
            Lines = lines.Take(AuditBook.PageLines).Select(l => View(l, territories)).ToList(),
            Next = lines.Count > AuditBook.PageLines ? lines[AuditBook.PageLines - 1].Id : (long?)null,
        });
    }

    private static JournalLine View(AuditLine line, Dictionary<long, TerritoryRecord> territories)
    {
        var territory = line.TerritoryId is { } id ? territories.GetValueOrDefault(id) : null;
        return new(line.At, line.Login, line.Action, line.Object, territory?.Name, line.Address);
    }
}
