using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.WebEncoders;
using Ochag.Server.Console.Accounts;
using Ochag.Server.Console.Buildings;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Doubles;
using Ochag.Server.Console.Entry;
using Ochag.Server.Console.Exports;
using Ochag.Server.Console.Facts;
using Ochag.Server.Console.Frame;
using Ochag.Server.Console.Imports;
using Ochag.Server.Console.Jobs;
using Ochag.Server.Console.Journal;
using Ochag.Server.Console.Keys;
using Ochag.Server.Console.Meters;
using Ochag.Server.Console.Own;
using Ochag.Server.Console.People;
using Ochag.Server.Console.Privacy;
using Ochag.Server.Console.Quality;
using Ochag.Server.Console.Readings;
using Ochag.Server.Console.RulePacks;
using Ochag.Server.Console.Runs;
using Ochag.Server.Console.Search;
using Ochag.Server.Console.Start;
using Ochag.Server.Console.Style;
using Ochag.Server.Console.Tariffs;
using Ochag.Server.Console.Territories;
using Ochag.Server.Console.Thresholds;
using Ochag.Server.Console.Tour;
using Ochag.Server.Imports;
using Ochag.Server.Jobs;
using Ochag.Server.Privacy;

namespace Ochag.Server.Console;

/// <summary>The console's wiring: services, and the routes of every area.</summary>
internal static class ConsoleRoutes
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<AssetPaths>();
        services.AddScoped<Sight>().AddScoped<TourPlaces>().AddScoped<ISearch, AccountSearch>().AddSingleton<SealedQuestion>()
            .AddHostedService<SearchWarmth>();
        services.AddScoped<Onboarding>().AddScoped<CompanyName>();
        services.AddFactSubjects();
        services.AddSingleton<ImportUploads>().AddSingleton<ImportPreviews>();
        services.AddJobKinds(typeof(RunJob), typeof(ImportCheck), typeof(ImportTaking), typeof(RetentionJob), typeof(SampleJob))
            .AddHostedService<RetentionTimer>();
        // Cyrillic stays readable in the page's source, and short.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        return services;
    }

    public static void MapConsole(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", (HttpContext http) => Page.To(http, "/console")).AllowAnonymous();
        var console = app.MapGroup("/console");
        EntryRoutes.Map(console);
        SecondFactorRoutes.Map(console);
        OwnRoutes.Map(console);
        StartRoutes.Map(console);
        SearchRoutes.Map(console);
        AccountRoutes.Map(console);
        BuildingRoutes.Map(console);
        MeterRoutes.Map(console);
        FactRoutes.Map(console);
        QualityRoutes.Map(console);
        ReadingsRoutes.Map(console);
        ThresholdRoutes.Map(console);
        ImportRoutes.Map(console);
        ImportFileRoutes.Map(console);
        DoublesRoutes.Map(console);
        RunRoutes.Map(console);
        JobRoutes.Map(console);
        RulePackRoutes.Map(console);
        TariffRoutes.Map(console);
        TerritoryRoutes.Map(console);
        JournalRoutes.Map(console);
        PrivacyRoutes.Map(console);
        PersonRoutes.Map(console);
        ExportRoutes.Map(console);
        PeopleRoutes.Map(console);
        KeyRoutes.Map(console);
        TourRoutes.Map(console);
        StyleRoutes.Map(console);
        MapChoices(console);
    }

    /// <summary>Language and theme are cookies, so that the sign-in page has them too.</summary>
    private static void MapChoices(RouteGroupBuilder console)
    {
        console.MapPost("/language", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var code = form["language"].ToString();
            if (!Languages.All.Any(l => l.Code == code))
                return Results.BadRequest();
            var culture = CultureInfo.GetCultureInfo(code);
            Remember(http, Languages.Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
            return Page.To(http, Page.Back(http, form["to"], "/console"));
        }).AllowAnonymous();
        console.MapPost("/theme", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var theme = form["theme"].ToString();
            if (!Languages.Themes.Contains(theme, StringComparer.Ordinal))
                return Results.BadRequest();
            Remember(http, Languages.ThemeCookie, theme);
            return Page.To(http, Page.Back(http, form["to"], "/console"));
        }).AllowAnonymous();
    }

    private static void Remember(HttpContext http, string name, string value) =>
        http.Response.Cookies.Append(name, value, new CookieOptions
        {
            Path = http.Request.PathBase.HasValue ? http.Request.PathBase.Value : "/", MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true,
        });
}
