using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Ochag.Billing;
using Ochag.Metering;
using Ochag.Registry;
using Ochag.Server.Api;
using Ochag.Server.Console;
using Ochag.Server.Console.Faults;
using Ochag.Server.Exports;
using Ochag.Server.Privacy;
using Ochag.Server.Security;
using Ochag.Server.Settings;
using Ochag.Server.Staff;
using Ochag.Server.Telemetry;
using Ochag.Storage;

namespace Ochag.Server.Hosting;

/// <summary>
/// Builds the web application from the settings. The command "serve" runs it; tests build the same one with an address
/// of their own and services replaced by <c>more</c> (the clock first of all).
/// </summary>
internal static class WebHost
{
    public static WebApplication Build(OchagSettings settings, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            // Not the caller's folder: the pages' files lie beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
            EnvironmentName = settings.Environment,
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
        });
        builder.WebHost.UseKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = 1024 * 1024; // uploads raise it at their own endpoint
            o.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 200, gracePeriod: TimeSpan.FromSeconds(10));
        });
        builder.WebHost.UseUrls(SettingCatalogue.Split(settings[SettingCatalogue.Urls], ';'));
        builder.WebHost.UseStaticWebAssets();
        // Otherwise a build's own output also answers for any file by an endpoint that we could not guard.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Logging.AddLogs(settings);
        AddServices(builder.Services, settings);
        more?.Invoke(builder.Services);

        var app = builder.Build();
        UsePipeline(app, settings);
        return app;
    }

    /// <summary>Everything below the pages: also what commands without a web server need.</summary>
    /// <param name="elsewhere">Another database than the settings name: a backup that is looked into.</param>
    public static void AddCore(IServiceCollection services, OchagSettings settings, StoreLocation? elsewhere = null)
    {
        services.AddSingleton(settings).AddSingleton<IClock>(SystemClock.Instance);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(p => new ClockTime(p.GetRequiredService<IClock>())));
        services.AddStorage(elsewhere ?? settings.Store).AddRegistry().AddMetering()
            .AddBilling(Path.Combine(AppContext.BaseDirectory, "rulepacks"));
        services.AddHttpContextAccessor();
        services.AddServerTables().AddLocalization();
        services.AddScoped<PersonDesk>().AddScoped<DossierMaker>().AddScoped<DoubtTable>().AddScoped<MonthTable>().AddScoped<TableMaker>();
    }

    private static void AddServices(IServiceCollection services, OchagSettings settings)
    {
        AddCore(services, settings);
        services.AddRouting();
        services.AddPolicies().AddLimits(settings).AddSingleton<CspReports>();
        services.AddHostedService<Otlp>().AddHostedService<MonthsAhead>();
        services.AddProblemDetails();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "ochag.form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });
        services.AddConsole().AddApi();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        services.Configure<ForwardedHeadersOptions>(o => Trust(o, settings));
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture("ru").AddSupportedCultures("ru", "uk", "en").AddSupportedUICultures("ru", "uk", "en");
            // Only what the person chose: a browser set to English in a Russian-speaking office is not a choice.
            o.RequestCultureProviders = [new ApiLanguage(), new CookieRequestCultureProvider { CookieName = Languages.Cookie }];
        });
    }

    private static void UsePipeline(WebApplication app, OchagSettings settings)
    {
        if (settings[SettingCatalogue.KnownProxies].Length > 0)
            app.UseForwardedHeaders();
        if (settings.PathBase.Length > 0)
            app.UsePathBase(settings.PathBase);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestLog>();
        app.UseRequestLocalization();
        app.UseExceptionHandler(FaultPages.Handler);
        app.UseStatusCodePages(FaultPages.Status);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<PlainInput>();
        app.UseMiddleware<ForgeryGuard>();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        Health.Map(app);
        CspReports.Map(app);
        app.MapConsole();
        app.MapApi();
        // Without it an unknown address would ask strangers to sign in.
        app.MapFallback(() => Results.NotFound()).AllowAnonymous();
        EndpointGuard.Check(((IEndpointRouteBuilder)app).DataSources is { } sources
            ? new CompositeEndpointDataSource(sources)
            : throw new InvalidOperationException("No endpoints."));
    }

    /// <summary>X-Forwarded headers count only from the proxies named in the settings.</summary>
    private static void Trust(ForwardedHeadersOptions o, OchagSettings settings)
    {
        o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        o.KnownProxies.Clear();
        o.KnownIPNetworks.Clear();
        foreach (var place in SettingCatalogue.Split(settings[SettingCatalogue.KnownProxies], ','))
        {
            if (IPAddress.TryParse(place, out var address))
                o.KnownProxies.Add(address);
            else
                o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(place));
        }
    }
}
