using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Accounts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Readings;

/// <summary>
/// A reading that somebody tells by telephone: Enter once says what the rules think of it and what money it makes, Enter
/// again records it.
/// </summary>
internal static class CallRoutes
{
    private const string Address = "/accounts/{id:long}/reading";

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet(Address, Show).RequireAuthorization(Policies.Operate).Audited(AuditActions.AccountRead);
        console.MapPost(Address, Tell).RequireAuthorization(Policies.Operate).Audited(AuditActions.ReadingsRecorded);
    }

    internal sealed record Asked(
        IRegistryDesk Desk, IReadingEntry Entry, IBilling Billing, Sight Sight, IClock Clock, IStringLocalizer<Texts> Texts);

    private sealed record Seen(AccountCard Card, TerritoryRecord Territory, LocalDate Today, IReadOnlyList<SheetRegister> Registers);

    private static async Task<IResult> Show(long id, [AsParameters] Asked asked, HttpContext http) =>
        await Find(id, asked, http) is { } seen
            ? Page.Of<CallPage>(new { View = ViewOf(seen, Guid.CreateVersion7(), [], null) })
            : Results.NotFound();

    private static async Task<IResult> Tell(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http) is not { } seen)
            return Results.NotFound();
        var stop = http.RequestAborted;
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var key = Guid.TryParseExact(form["form"], "D", out var told) ? told : Guid.CreateVersion7();
        var lines = seen.Registers.Select(r => Line(r, form)).Where(l => l.Typed.Length > 0).ToList();
        var sheet = new ReadingSheet(seen.Card.Building, seen.Today, ReadingSource.Consumer, lines, "", key);
        // What was shown is what is recorded: a number that was changed meanwhile is shown again first.
        if (lines.Count > 0 && form["seen"] == CallView.Sign(lines))
        {
            var entered = await asked.Entry.Enter(seen.Territory, sheet, http.User.Login(), stop);
            return entered.All(d => d.Fate is LineFate.Taken or LineFate.Known)
                ? Page.To(http, AccountRoutes.PathOf(seen.Card.Id) + "?said=reading")
                : Page.Of<CallPage>(new { View = ViewOf(seen, key, entered, null) }, StatusCodes.Status422UnprocessableEntity);
        }

        var decided = lines.Count == 0 ? [] : await asked.Entry.Check(seen.Territory, sheet, stop);
        var refused = decided.Count == 0 || decided.Any(d => d.Fate == LineFate.Refused);
        var effect = refused ? (Outcome<ReadingEffect>?)null : await asked.Billing.EffectOf(
            seen.Territory, seen.Card.Building, seen.Card.Id, Drafts(sheet, decided, seen.Today), stop);
        return Page.Of<CallPage>(
            new { View = ViewOf(seen, key, decided, effect) with { IsEmpty = lines.Count == 0 } },
            refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>Doubts that were shown count as confirmed: whoever presses Enter again has seen them.</summary>
    private static SheetLine Line(SheetRegister register, FormState form)
    {
        var key = SheetRow.KeyOf(register.Meter.Id, register.Zone);
        return new(
            register.Meter.Id, register.Zone, form[SheetInput.Value + key].Trim(),
            form[SheetInput.Confirmed + key].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static List<ReadingDraft> Drafts(ReadingSheet sheet, IReadOnlyList<LineDecision> decided, LocalDate today) =>
    [
        .. decided.Where(d => d is { Fate: LineFate.Taken or LineFate.Doubtful, Index: not null }).GroupBy(d => d.Line.Meter)
            .Select(meter => new ReadingDraft(
                meter.Key, sheet.Building, sheet.Day, today, sheet.Source, ReadingMark.None,
                [.. meter.Select(d => new RegisterIndex(d.Line.Zone, d.Index!.Value))])),
    ];

    private static CallView ViewOf(Seen seen, Guid key, IReadOnlyList<LineDecision> decided, Outcome<ReadingEffect>? effect)
    {
        var byRegister = decided.ToDictionary(d => (d.Line.Meter, d.Line.Zone));
        return new(
            seen.Card, seen.Territory, seen.Today, key,
            [.. seen.Registers.Select(r => new SheetRow(r, seen.Card.Premises, byRegister.GetValueOrDefault((r.Meter.Id, r.Zone))))],
            effect is { IsRefused: false } known ? known.Value : null, effect?.Refusal);
    }

    private static async Task<Seen?> Find(long id, Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var card = await asked.Desk.FindAccount(new(id), await asked.Sight.Ids(stop, ReadingsRoutes.Enterers), stop);
        if (card is null)
            return null;
        http.IsAbout(card.Number, card.Territory.Value);
        var territory = await asked.Sight.Of(card.Territory, stop);
        var today = asked.Clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
        var registers = (await asked.Entry.Open(territory, card.Building, today, stop)).Where(r => r.Premises == card.PremisesId)
            .OrderBy(r => AccountView.OrderOf(r.Meter.Service)).ThenBy(r => r.Meter.Serial, StringComparer.Ordinal).ThenBy(r => r.Zone);
        return new(card, territory, today, [.. registers]);
    }
}

/// <summary>What the page of a told reading shows.</summary>
/// <param name="Effect">What it makes of the month; null: not asked yet, or it cannot be told.</param>
/// <param name="Refusal">Why it cannot be told.</param>
public sealed record CallView(
    AccountCard Card, TerritoryRecord Territory, LocalDate Today, Guid Key, IReadOnlyList<SheetRow> Rows, ReadingEffect? Effect,
    Refusal? Refusal)
{
    /// <summary>Nothing was typed.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Everything typed may be recorded once it is confirmed.</summary>
    public bool IsShown => Rows.Any(r => r.Decision is not null) && Rows.All(r => r.Decision?.Fate is not LineFate.Refused);

    /// <summary>What was typed and what was said of it, so that the second Enter records what the first has shown.</summary>
    public string Seen => IsShown
        ? Sign(Rows.Where(r => r.Decision is not null).Select(r => r.Decision!.Line with { Confirmed = [.. r.Decision!.Doubts] }))
        : "";

    internal static string Sign(IEnumerable<SheetLine> lines) =>
        string.Join(';', lines.Select(l => $"{SheetRow.KeyOf(l.Meter, l.Zone)}={l.Typed}={string.Join('+', l.Confirmed)}"));
}
