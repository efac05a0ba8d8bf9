using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Territories;

/// <summary>The company, its territories, a new territory. Only who administers everywhere changes them.</summary>
internal static class TerritoryRoutes
{
    /// <summary>A first billed month further away is a mistyped year.</summary>
    private const int MonthsAhead = 24;

    private static readonly BillingPeriod Earliest = new(2000, 1);

    /// <summary>Refusals of the intake, at the fields that they are about.</summary>
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["registry.territory-exists"] = "code",
        ["registry.territory-code-wrong"] = "code",
        ["registry.territory-name-wrong"] = "name",
        ["registry.time-zone-unknown"] = "zone",
        ["registry.company-name-wrong"] = "name",
        ["registry.company-tax-number-wrong"] = "taxNumber",
    };

    public static void Map(RouteGroupBuilder console)
    {
        var territories = console.MapGroup("/territories").RequireAuthorization(Policies.Administer);
        territories.MapGet("", async ([AsParameters] Asked asked, HttpContext http, string? said) => Page.Of<TerritoriesPage>(new
        {
            Territories = await asked.Sight.Territories(http.RequestAborted),
            Company = await asked.Company.Find(http.RequestAborted),
            Accounts = await asked.Registry.CountAccounts(http.RequestAborted),
            Administers = Administers(http),
            Said = said == "company" ? "territories.said.company" : null,
        }));
        territories.MapGet("/new", ([AsParameters] Asked asked, HttpContext http) =>
            Administers(http) ? Form(asked, Fresh(asked), StatusCodes.Status200OK) : Forbidden());
        territories.MapPost("", Add).Audited(AuditActions.TerritoryMade);
        territories.MapGet("/company", async ([AsParameters] Asked asked, HttpContext http) => Administers(http)
            ? Page.Of<CompanyPage>(new { Form = Known(await asked.Company.Find(http.RequestAborted)) })
            : Forbidden());
        territories.MapPost("/company", ChangeCompany).Audited(AuditActions.CompanyChanged);
    }

    internal sealed record Asked(
        IRegistry Registry, IRegistryIntake Intake, ICompany Company, IBilling Billing, Sight Sight, IClock Clock,
        IStringLocalizer<Texts> Texts);

    private static bool Administers(HttpContext http) => http.User.Territories(Roles.Administrator) is null;

    private static IResult Forbidden() => Results.StatusCode(StatusCodes.Status403Forbidden);

    private static IResult Form(Asked asked, FormState form, int status) => Page.Of<TerritoryFormPage>(new
    {
        Form = form,
        Packs = asked.Billing.ListRulePacks(),
        Now = asked.Clock.GetCurrentInstant(),
    }, status);

    /// <summary>The last whole month, which can be billed at once; law and currency as the reader's language lets guess.</summary>
    private static FormState Fresh(Asked asked) => FormState.Of(
        ("pack", Languages.Current == "uk" ? "ua-gas" : "ru-354"),
        ("currency", (Languages.Current == "uk" ? Currency.Uah : Currency.Rub).ToString()),
        ("since", BillingPeriod.Of(asked.Clock.GetCurrentInstant().InUtc().Date).PlusMonths(-1).ToString()));

    private static FormState Known(CompanyRecord? company) =>
        FormState.Of(("name", company?.Name), ("taxNumber", company?.TaxNumber));

    private static async Task<IResult> Add([AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (!Administers(http))
            return Forbidden();
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var name = form["name"].Trim();
        if (asked.Billing.ListRulePacks().All(p => p.Name != form["pack"]))
            form.Refuse("pack", asked.Texts["territories.pack.wrong"]);
        if (!Enum.TryParse<Currency>(form["currency"], out var currency) || currency is not (Currency.Rub or Currency.Uah))
            form.Refuse("currency", asked.Texts["territories.currency.wrong"]);
        var today = BillingPeriod.Of(asked.Clock.GetCurrentInstant().InUtc().Date);
        if (!BillingPeriod.TryParse(form["since"].Trim(), out var since) || since < Earliest || since > today.PlusMonths(MonthsAhead))
            form.Refuse("since", asked.Texts["territories.since.wrong", Formats.Of(Earliest), Formats.Of(today.PlusMonths(MonthsAhead))]);
        if (!form.IsRefused)
        {
            var company = await asked.Company.Find(stop);
            var added = await asked.Intake.AddTerritory(
                new(form["code"].Trim(), name, TimeZones.Read(asked.Texts, form["zone"]), form["pack"], currency, since,
                    company?.Name ?? "—"),
                stop);
            if (!added.IsRefused)
            {
                http.IsAbout(added.Value.Code, added.Value.Id.Value);
                return Page.To(http, "/console/start");
            }

            Refuse(form, added.Refusal!, asked.Texts);
        }

        return Form(asked, form, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ChangeCompany([AsParameters] Asked asked, HttpContext http)
    {
        if (!Administers(http))
            return Forbidden();
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        // Only before anything else is there does the way to the first month go on from here.
        var first = await asked.Company.Find(http.RequestAborted) is null
            && (await asked.Registry.ListTerritories(http.RequestAborted)).Count == 0;
        var changed = await asked.Company.Change(form["name"], form["taxNumber"], http.User.Login(), http.RequestAborted);
        http.IsAbout(form["taxNumber"].Trim());
        if (!changed.IsRefused)
            return Page.To(http, first ? "/console/start" : "/console/territories?said=company");
        Refuse(form, changed.Refusal!, asked.Texts);
        return Page.Of<CompanyPage>(new { Form = form }, StatusCodes.Status422UnprocessableEntity);
    }

    private static void Refuse(FormState form, Refusal refusal, IStringLocalizer<Texts> texts) =>
        form.Refuse(Fields.GetValueOrDefault(refusal.Code, ""), RefusalSentences.Of(refusal, texts));
}
