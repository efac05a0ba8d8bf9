using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Readings;

/// <summary>Equal doubts decided together: chosen on the work list, seen once more, then done.</summary>
internal static class DecisionRoutes
{
    private const char Parted = '|';

    public static void Map(RouteGroupBuilder console)
    {
        console.MapPost("/readings/decide", Preview).RequireAuthorization(Policies.Operate);
        console.MapPost("/readings/decided", Decide).RequireAuthorization(Policies.Operate).Audited(AuditActions.DoubtsDecided);
    }

    internal sealed record Asked(IDoubtDecisions Decisions, IRegistryDesk Desk, Sight Sight, IStringLocalizer<Texts> Texts);

    private sealed record Wish(TerritoryRecord Territory, IReadOnlyList<DoubtKey> Doubts, DoubtAnswer Answer, FormState Form);

    private static async Task<IResult> Preview([AsParameters] Asked asked, HttpContext http) =>
        await Read(asked, http) is { } wish ? await Show(wish, asked, http, StatusCodes.Status200OK) : Results.NotFound();

    private static async Task<IResult> Decide([AsParameters] Asked asked, HttpContext http)
    {
        if (await Read(asked, http) is not { } wish)
            return Results.NotFound();
        http.IsAbout($"{wish.Answer} {wish.Doubts.Count.ToString(CultureInfo.InvariantCulture)}", wish.Territory.Id.Value);
        if (wish.Form["remark"].Length > IReadingEntry.RemarkLength)
            wish.Form.Refuse("remark", asked.Texts["sheet.remark.long", IReadingEntry.RemarkLength]);
        if (wish.Answer == DoubtAnswer.Reject && wish.Form["remark"].Trim().Length == 0)
            wish.Form.Refuse("remark", asked.Texts["doubts.remark.needed"]);
        if (wish.Form.IsRefused)
            return await Show(wish, asked, http, StatusCodes.Status422UnprocessableEntity);
        var outcomes = await asked.Decisions.Decide(
            wish.Territory, wish.Doubts, wish.Answer, wish.Form["remark"], http.User.Login(), http.RequestAborted);
        var done = outcomes.Count(o => o.Doubt is not null);
        return Page.To(http, string.Create(
            CultureInfo.InvariantCulture, $"/console/readings?territory={wish.Territory.Id.Value}&said={done}"));
    }

    private static async Task<Wish?> Read(Asked asked, HttpContext http)
    {
        var fields = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = new FormState(fields);
        var territory = (await asked.Sight.Territories(http.RequestAborted, ReadingsRoutes.Enterers))
            .FirstOrDefault(t => t.Id.Value.ToString(CultureInfo.InvariantCulture) == form["territory"]);
        return territory is null || !Enum.TryParse<DoubtAnswer>(form["answer"], out var answer) || !Enum.IsDefined(answer)
            ? null
            : new(territory, [.. fields["doubt"].Select(ReadKey).OfType<DoubtKey>()], answer, form);
    }

    private static async Task<IResult> Show(Wish wish, Asked asked, HttpContext http, int status)
    {
        var stop = http.RequestAborted;
        var outcomes = await asked.Decisions.Preview(wish.Territory, wish.Doubts, stop);
        var lines = new List<DecisionLine>();
        foreach (var of in outcomes.Where(o => o.Doubt is not null).GroupBy(o => o.Key.Building))
        {
            var card = (await asked.Desk.FindBuilding(of.Key, [wish.Territory.Id], stop))!;
            var flats = card.Premises.DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.Number);
            lines.AddRange(of.Select(o => new DecisionLine(
                o, new DoubtLine(o.Doubt!, card.Address, o.Doubt!.Premises is { } p ? flats.GetValueOrDefault(p) : null))));
        }

        var view = new DecisionView(wish.Territory, wish.Answer, lines, outcomes.Count(o => o.Doubt is null), wish.Form);
        return Page.Of<DecisionPage>(new { View = view }, status);
    }

    /// <summary>A doubt as a field of the form.</summary>
    public static string Write(Doubt doubt) => string.Join(
        Parted, doubt.Building.Value, doubt.Meter.Id.Value, (short)doubt.Zone, SheetInput.Iso(doubt.Day!.Value), doubt.Finding.Code);

    private static DoubtKey? ReadKey(string? text)
    {
        return text?.Split(Parted) is [var building, var meter, var zone, var day, var code]
            && Number(building) is { } b && Number(meter) is { } m && Number(zone) is { } z and <= short.MaxValue
            && Enum.IsDefined((Zone)(short)z) && SheetInput.Day(day) is { } taken
            ? new(new(b), new(m), (Zone)(short)z, taken, code)
            : null;

        static long? Number(string digits) =>
            long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

/// <summary>A doubt that would be decided.</summary>
public sealed record DecisionLine(DoubtOutcome Outcome, DoubtLine Line);

/// <summary>What the page before a decision shows.</summary>
/// <param name="Gone">Doubts that were chosen and do not stand any more.</param>
public sealed record DecisionView(
    TerritoryRecord Territory, DoubtAnswer Answer, IReadOnlyList<DecisionLine> Lines, int Gone, FormState Form);
