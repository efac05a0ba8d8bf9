using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Registry.Contracts;
using Ochag.Server.Api.Keys;
using Ochag.Server.Audit;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Keys;

/// <summary>Keys of other programs: made with their scopes and shown once, revoked; and how such a program begins.</summary>
internal static class KeyRoutes
{
    public const string Everywhere = "*";
    public const int UsualPerMinute = 120;
    public static readonly IReadOnlyList<int> Days = [30, 90, 180, 365];

    public static void Map(RouteGroupBuilder console)
    {
        var keys = console.MapGroup("/keys").RequireAuthorization(Policies.Administer);
        keys.MapGet("", ([AsParameters] Asked asked, HttpContext http, string? said) =>
            Show(asked, http, new FormState(), said == "revoked", null, StatusCodes.Status200OK));
        keys.MapPost("", Make).Audited(AuditActions.KeyMade);
        keys.MapPost("/{id:guid}/revoke", Revoke).Audited(AuditActions.KeyRevoked);
        console.MapGet("/api", () => Page.Of<ApiPage>()).RequireAuthorization(Policies.Staff);
    }

    internal sealed record Asked(KeyBook Keys, IRegistry Registry, IClock Clock, IStringLocalizer<Texts> Texts);

    private static async Task<IResult> Make([AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var territories = await Territories(asked, http);
        var wish = Read(form, territories, Administers(http, null), asked.Texts);
        if (!form.IsRefused)
        {
            var made = await asked.Keys.Make(wish, http.User.Login(), stop);
            if (made.Refusal is not { } refusal)
            {
                http.IsAbout($"{wish.Name}: {string.Join(' ', wish.Scopes)}", wish.Territory);
                return await Show(asked, http, new FormState(), false, made.Value.Secret, StatusCodes.Status200OK);
            }

            form.Refuse("name", RefusalSentences.Of(refusal, asked.Texts));
        }

        return await Show(asked, http, form, false, null, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Revoke(Guid id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await asked.Keys.Find(id, http.RequestAborted) is not { } key || !Administers(http, key.TerritoryId))
            return Results.NotFound();
        await asked.Keys.Revoke(id, http.RequestAborted);
        http.IsAbout(key.Name, key.TerritoryId);
        return Page.To(http, "/console/keys?said=revoked");
    }

    /// <summary>The secret stands on the answer itself, this once: in no address and in no log.</summary>
    private static async Task<IResult> Show(
        Asked asked, HttpContext http, FormState form, bool revoked, string? secret, int status) =>
        Page.Of<KeysPage>(new
        {
            Form = form,
            Revoked = revoked,
            Secret = secret,
            Keys = (IReadOnlyList<ApiKey>)[.. (await asked.Keys.List(http.RequestAborted)).Where(k => Administers(http, k.TerritoryId))],
            Territories = await Territories(asked, http),
            OfAll = Administers(http, null),
            Now = asked.Clock.GetCurrentInstant(),
        }, status);

    private static KeyWish Read(
        FormState form, IReadOnlyList<TerritoryRecord> territories, bool ofAll, IStringLocalizer<Texts> texts)
    {
        var name = form["name"].Trim();
        if (name.Length is 0 or > ApiKey.NameLength || name.Any(char.IsControl))
            form.Refuse("name", texts["keys.name.wrong", ApiKey.NameLength]);
        IReadOnlyList<string> scopes = [.. Scopes.All.Where(s => form["scope-" + s].Length > 0)];
        if (scopes.Count == 0)
            form.Refuse("scope-" + Scopes.All[0], texts["keys.scopes.none"]);
        var place = Number(form["territory"]);
        if (form["territory"] == Everywhere ? !ofAll : !territories.Any(t => t.Id.Value == place))
            form.Refuse("territory", texts["keys.territory.wrong"]);
        var days = Number(form["days"]) ?? 0;
        if (!Days.Any(d => d == days))
            form.Refuse("days", texts["keys.days.wrong"]);
        var perMinute = Number(form["perMinute"]) ?? 0;
        if (perMinute is < 1 or > KeyBook.MostPerMinute)
            form.Refuse("perMinute", texts["keys.perMinute.wrong", KeyBook.MostPerMinute]);
        return new(name, scopes, form["territory"] == Everywhere ? null : place, (int)days, (int)perMinute);
    }

    private static int? Number(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<IReadOnlyList<TerritoryRecord>> Territories(Asked asked, HttpContext http) =>
        [.. (await asked.Registry.ListTerritories(http.RequestAborted)).Where(t => Administers(http, t.Id.Value))];

    /// <summary>Who administers one territory sees and makes only its keys.</summary>
    private static bool Administers(HttpContext http, long? territory) =>
        http.User.Territories(Roles.Administrator) is not { } own || (territory is { } id && own.Contains(id));
}
