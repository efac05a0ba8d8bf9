using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Facts;
using Ochag.Server.Console.Readings;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Thresholds;

/// <summary>
/// By what numbers readings are judged: the defaults and a territory's own, each with its history and the form that changes
/// it. What a change would do is shown before it is recorded.
/// </summary>
internal static class ThresholdRoutes
{
    public const string Home = "/console/readings/thresholds";
    private const string One = "/{territory:long}/{service}/{name}";
    private static readonly string[] Tuners = [Roles.Engineer, Roles.Administrator];

    /// <summary>Services that have meters, in the order of the pages.</summary>
    public static readonly IReadOnlyList<Service> Services =
        [Service.Heating, Service.HotWater, Service.ColdWater, Service.Electricity, Service.Gas];

    public static void Map(RouteGroupBuilder console)
    {
        var thresholds = console.MapGroup("/readings/thresholds").RequireAuthorization(Policies.Bill);
        thresholds.MapGet("", List);
        thresholds.MapGet(One, ShowOne);
        thresholds.MapGet(One + "/change", Open);
        thresholds.MapPost(One + "/change", Save).Audited(AuditActions.ThresholdChanged);
    }

    public static string PathOf(TerritoryRecord territory, ServiceThreshold threshold) => string.Create(
        CultureInfo.InvariantCulture, $"{Home}/{territory.Id.Value}/{threshold.Service}/{threshold.Name}");

    public static string ListOf(TerritoryRecord territory, Service service) => $"{Home}?territory={territory.Code}&service={service}";

    internal sealed record Asked(IThresholds Thresholds, Sight Sight, IClock Clock, IStringLocalizer<Texts> Texts);

    internal sealed record Address(long Territory, string Service, string Name);

    private sealed record Found(TerritoryRecord Territory, ServiceThreshold Threshold, LocalDate Today)
    {
        public string Path => PathOf(Territory, Threshold);
    }

    private static async Task<IResult> List([AsParameters] Asked asked, HttpContext http, string? territory, string? service)
    {
        var stop = http.RequestAborted;
        var own = await asked.Sight.Territories(stop, Tuners);
        if (own.Count == 0)
            return Page.Of<RulePacks.NoRulesPage>();
        var shown = string.IsNullOrEmpty(service) ? Service.ColdWater : ServiceOf(service);
        if (own.FirstOrDefault(t => string.IsNullOrEmpty(territory) || t.Code == territory) is not { } found || shown is null)
            return Results.NotFound();
        var rows = await asked.Thresholds.List(found, shown.Value, stop);
        return Page.Of<ThresholdsPage>(new { View = new ThresholdsView(found, own, shown.Value, rows, Today(found, asked)) });
    }

    private static async Task<IResult> ShowOne(
        [AsParameters] Address address, [AsParameters] Asked asked, HttpContext http, string? said) =>
        await Find(address, asked, http) is { } found
            ? Page.Of<ThresholdPage>(new
            {
                View = new ThresholdView(found.Territory, found.Threshold, found.Today, Lines(found, asked.Texts), said == "saved"),
            })
            : Results.NotFound();

    private static async Task<IResult> Open([AsParameters] Address address, [AsParameters] Asked asked, HttpContext http) =>
        await Find(address, asked, http) is { } found ? FactForms.Open(ViewOf(found, asked.Texts)) : Results.NotFound();

    private static async Task<IResult> Save([AsParameters] Address address, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(address, asked, http) is not { } found)
            return Results.NotFound();
        var stop = http.RequestAborted;
        http.IsAbout($"{found.Territory.Code} {found.Threshold.Service} {found.Threshold.Name}", found.Territory.Id.Value);
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var read = new FormReader(form, asked.Texts);
        var change = new ChangeThreshold(
            found.Threshold.Service, found.Threshold.Name, read.NumberOrNone("value"),
            new(read.Day("from"), read.DayOrNone("to"), read.Text("evidence"), FactForms.VersionOf(form)));
        var view = ViewOf(found, asked.Texts);
        if (form.IsRefused)
            return FactForms.Refuse(view, form, [], asked.Texts);
        IReadOnlyList<Refusal> refusals;
        if (FactForms.IsSeen(view, form))
        {
            refusals = await asked.Thresholds.Change(found.Territory, change, http.User.Login(), stop);
            if (refusals.Count == 0)
                return Page.To(http, found.Path + "?said=saved");
        }
        else
        {
            (refusals, var effect) = await asked.Thresholds.Preview(found.Territory, change, stop);
            if (refusals.Count == 0)
                return FactForms.Show(view, form, ThresholdWords.Said(asked.Texts, found.Threshold.Name, effect));
        }

        // Somebody may have written between the reading of the form and the saving.
        view = ViewOf(await Find(address, asked, http) ?? found, asked.Texts);
        return FactForms.Refuse(view, form, [.. refusals.Select(r => ThresholdWords.Said(asked.Texts, r))], asked.Texts);
    }

    private static async Task<Found?> Find(Address address, Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var territory = (await asked.Sight.Territories(stop, Tuners)).FirstOrDefault(t => t.Id.Value == address.Territory);
        return territory is not null && ServiceOf(address.Service) is { } service
            && await asked.Thresholds.Find(territory, service, address.Name, stop) is { } threshold
            ? new(territory, threshold, Today(territory, asked))
            : null;
    }

    private static FactFormView ViewOf(Found found, IStringLocalizer<Texts> texts)
    {
        var (threshold, own) = (found.Threshold, found.Threshold.OwnOn(found.Today) ?? found.Threshold.Own.Known.FirstOrDefault());
        var value = own is null ? "" : Formats.Typed(own.Value);
        var service = texts["service." + Parts.Service.Of(threshold.Service).Key];
        return new()
        {
            Title = ThresholdWords.Name(texts, threshold.Name),
            Lead = $"{ThresholdWords.Meaning(texts, threshold.Name)} {service}, {found.Territory.Name}.",
            Back = (ThresholdWords.Name(texts, threshold.Name), found.Path),
            Path = found.Path + "/change",
            Version = threshold.Own.Version,
            Submit = texts["form.save"],
            Zone = found.Territory.TimeZone,
            LooksFirst = true,
            Last = Lines(found, texts).Where(l => l.SupersededAt is null).MaxBy(l => l.Origin.RecordedAt),
            Fields =
            [
                new(FieldKind.Number, "value", texts["thresholds.value"])
                {
                    Required = false, MaxLength = 20, Value = value, Now = own is null ? null : value,
                    Help = texts["thresholds.value.help", ThresholdWords.Value(texts, threshold, threshold.Default)],
                    Codes =
                    [
                        "metering.threshold-impossible", "metering.threshold-not-whole", "metering.threshold-above",
                        "metering.threshold-below", "metering.threshold-same",
                    ],
                },
                new(FieldKind.Day, "from", texts["tariffs.from"])
                {
                    Value = SheetInput.Iso(found.Today), Now = own is null ? null : SheetInput.Iso(own.From),
                    Codes = ["metering.threshold-day-wrong"],
                },
                new(FieldKind.Day, "to", texts["tariffs.to"])
                {
                    Required = false, Help = texts["tariffs.to.help"], Now = own?.To is { } to ? SheetInput.Iso(to) : null,
                    Codes = ["metering.threshold-days-turned"],
                },
                new(FieldKind.Text, "evidence", texts["thresholds.reason"])
                {
                    Help = texts["thresholds.reason.help"], Now = own?.Origin.Evidence, Codes = ["metering.threshold-reason-missing"],
                },
            ],
        };
    }

    private static IReadOnlyList<HistoryLine> Lines(Found found, IStringLocalizer<Texts> texts) =>
    [
        .. found.Threshold.Own.Lines.OrderBy(l => !l.IsKnown).ThenByDescending(l => l.From).ThenByDescending(l => l.Id).Select(l =>
            new HistoryLine(ThresholdWords.Value(texts, found.Threshold, l.Value), l.From, l.To, l.Origin, l.SupersededAt)),
    ];

    private static Service? ServiceOf(string name) =>
        Services.Select(s => (Service?)s).FirstOrDefault(s => s.ToString() == name);

    private static LocalDate Today(TerritoryRecord territory, Asked asked) =>
        asked.Clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
}
