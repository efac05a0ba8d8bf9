using System.Globalization;
using Microsoft.Extensions.Localization;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.People;

/// <summary>Staff: the list, an invitation by a one-time link, roles by territory, dismissal.</summary>
internal static class PeopleRoutes
{
    public static void Map(RouteGroupBuilder console)
    {
        var people = console.MapGroup("/people").RequireAuthorization(Policies.Administer);
        people.MapGet("", async ([AsParameters] Asked asked, HttpContext http, string? said) =>
            await Show(asked, http, new FormState(), said is "dismissed" or "roles" ? "people.said." + said : null, null, 200));
        people.MapPost("", Invite).Audited(AuditActions.StaffInvited);
        people.MapPost("/{id:guid}/role", SetRole).Audited(AuditActions.StaffRoles);
        people.MapPost("/{id:guid}/link", Link).Audited(AuditActions.StaffLink);
        people.MapPost("/{id:guid}/dismiss", Dismiss).Audited(AuditActions.StaffDismissed);
    }

    internal sealed record Asked(StaffDirectory Staff, StaffLinks Links, IRegistry Registry, IStringLocalizer<Texts> Texts);

    private static async Task<IResult> Show(
        Asked asked, HttpContext http, FormState form, string? said, string? link, int status) =>
        Page.Of<PeoplePage>(new
        {
            Form = form,
            Said = said,
            OneTime = link,
            People = await asked.Staff.List(http.RequestAborted),
            Territories = await asked.Registry.ListTerritories(http.RequestAborted),
        }, status);

    private static async Task<IResult> Invite([AsParameters] Asked asked, HttpContext http)
    {
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        var (name, login) = (form["name"].Trim(), form["login"].Trim());
        if (name.Length is 0 or > 200)
            form.Refuse("name", asked.Texts["setUp.name.empty"]);
        if (login.Length is < 3 or > 100 || login.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            form.Refuse("login", asked.Texts["setUp.login.wrong"]);
        var role = await Role(form, asked, http);
        if (role is null)
            form.Refuse("role", asked.Texts["people.role.wrong"]);
        if (!form.IsRefused && !(await asked.Staff.Create(login, name, null, [role!.Value], http.User.Login())).Succeeded)
            form.Refuse("login", asked.Texts["people.login.taken"]);
        if (form.IsRefused)
            return await Show(asked, http, form, null, null, StatusCodes.Status422UnprocessableEntity);

        http.IsAbout($"{login} {role!.Value.Role}", role.Value.Territory);
        var made = (await asked.Staff.List(http.RequestAborted)).First(p => p.Login == login);
        return await ShowLink(asked, http, made.Id);
    }

    private static async Task<IResult> SetRole(Guid id, [AsParameters] Asked asked, HttpContext http)
    {
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        var given = form["act"] != "take";
        if (await Role(form, asked, http) is not { } role || (id == http.User.StaffId() && role.Role == Roles.Administrator))
            return Results.BadRequest();
        if (await LoginOf(id, asked, http) is not { } login
            || !await asked.Staff.SetRole(id, role.Role, role.Territory, given, http.User.Login()))
        {
            return Results.NotFound();
        }

        http.IsAbout($"{login} {(given ? "+" : "-")}{role.Role}", role.Territory);
        return Page.To(http, "/console/people?said=roles");
    }

    private static async Task<IResult> Link(Guid id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await LoginOf(id, asked, http) is not { } login)
            return Results.NotFound();
        http.IsAbout(login);
        return await ShowLink(asked, http, id);
    }

    private static async Task<IResult> Dismiss(Guid id, [AsParameters] Asked asked, HttpContext http)
    {
        // Nobody locks himself out: the last administrator would leave nobody to let him in.
        if (id == http.User.StaffId())
            return Results.BadRequest();
        if (await LoginOf(id, asked, http) is not { } login || !await asked.Staff.Dismiss(id))
            return Results.NotFound();
        http.IsAbout(login);
        return Page.To(http, "/console/people?said=dismissed");
    }

    /// <summary>The link is shown once, on the answer itself: it stands in no address and no log.</summary>
    private static async Task<IResult> ShowLink(Asked asked, HttpContext http, Guid id)
    {
        var code = await asked.Links.Issue(LinkPurpose.SignIn, id, http.RequestAborted);
        var link = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/console/link?code={code}";
        return await Show(asked, http, new FormState(), null, link, StatusCodes.Status200OK);
    }

    /// <summary>
    /// The login of a person whose roles all lie where the caller administers; null for anybody else, as for nobody. Who
    /// administers one territory must not end the work of, or let himself in as, somebody of the whole company.
    /// </summary>
    private static async Task<string?> LoginOf(Guid id, Asked asked, HttpContext http) =>
        (await asked.Staff.List(http.RequestAborted)).FirstOrDefault(p => p.Id == id && p.Roles.All(r => Administers(http, r.Territory)))
            ?.Login;

    private static bool Administers(HttpContext http, long? territory) =>
        http.User.Territories(Roles.Administrator) is not { } own || (territory is { } id && own.Contains(id));

    /// <summary>The role and its territory as the form says them; null: there is none, or it is not the caller's to give.</summary>
    private static async Task<(string Role, long? Territory)?> Role(FormState form, Asked asked, HttpContext http)
    {
        if (!Roles.All.Contains(form["role"], StringComparer.Ordinal))
            return null;
        if (form["territory"].Length == 0)
            return Administers(http, null) ? (form["role"], null) : null;
        var known = (await asked.Registry.ListTerritories(http.RequestAborted)).Select(t => t.Id.Value);
        return long.TryParse(form["territory"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && known.Contains(id)
            && Administers(http, id)
            ? (form["role"], id)
            : null;
    }
}
