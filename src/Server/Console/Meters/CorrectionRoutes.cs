using System.Globalization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Facts;
using Ochag.Server.Console.Readings;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Meters;

/// <summary>
/// A stored reading is put right: what the rules think of the new index and what money it makes is shown before it is
/// recorded.
/// </summary>
internal static class CorrectionRoutes
{
    public const string Corrected = "corrected";

    public static void Map(RouteGroupBuilder console, string kind, string path, string read)
    {
        console.MapGet(path, (long id, long meter, long reading, [AsParameters] MeterAsked asked, HttpContext http) =>
            Open(kind, id, meter, reading, asked, http)).RequireAuthorization(Policies.Bill).Audited(read);
        console.MapPost(path, (long id, long meter, long reading, [AsParameters] MeterAsked asked, HttpContext http) =>
            Save(kind, id, meter, reading, asked, http))
            .RequireAuthorization(Policies.Bill).Audited(AuditActions.ReadingCorrected);
    }

    public static string PathOf(MeterHome home, Reading reading) =>
        string.Create(CultureInfo.InvariantCulture, $"{home.Of(reading.Meter)}/readings/{reading.Id}");

    private static async Task<CorrectionForm?> Find(string kind, long id, long meter, long reading, MeterAsked asked, HttpContext http) =>
        await MeterHome.Find(kind, id, asked, http, MeterRoutes.Writers) is { } home
        && await MeterRoutes.Life(home, meter, asked, http) is { } life
        && await asked.Corrections.Find(life.Place.Id, reading, http.RequestAborted) is { } chain
            ? new(home, life, chain, reading, asked.Texts)
            : null;

    private static async Task<IResult> Open(string kind, long id, long meter, long reading, MeterAsked asked, HttpContext http) =>
        await Find(kind, id, meter, reading, asked, http) is { IsKnown: true } form ? FactForms.Open(form.View()) : Results.NotFound();

    private static async Task<IResult> Save(string kind, long id, long meter, long reading, MeterAsked asked, HttpContext http)
    {
        if (await Find(kind, id, meter, reading, asked, http) is not { } form)
            return Results.NotFound();
        var stop = http.RequestAborted;
        http.IsAbout($"{form.Home.Name} {form.Serial}", form.Home.Territory.Id.Value);
        var typed = new FormState(await http.Request.ReadFormAsync(stop));
        var (view, correction) = (form.View(), form.Read(typed));
        if (typed.IsRefused)
            return FactForms.Refuse(view, typed, [], asked.Texts);
        var decision = await asked.Corrections.Preview(form.Home.Territory, correction, stop);
        string[] codes = [.. decision.Doubts.Select(d => d.Code)];
        if (decision.Refusals.Count == 0 && FactForms.IsSeen(view, typed, codes))
        {
            decision = await asked.Corrections.Correct(
                form.Home.Territory, correction with { Confirmed = codes }, http.User.Login(), stop);
            if (decision.Refusals.Count == 0)
                return Page.To(http, $"{form.Home.Of(correction.Meter)}?said={Corrected}");
        }

        if (decision.Refusals.Count == 0)
            return await Show(form, typed, decision, asked, stop);
        // Somebody may have written between the reading of the form and the saving.
        view = (await Find(kind, id, meter, reading, asked, http) ?? form).View();
        return FactForms.Refuse(view, typed, decision.Refusals, asked.Texts, MeterForm.FieldOf);
    }

    private static async Task<IResult> Show(
        CorrectionForm form, FormState typed, CorrectionDecision decision, MeterAsked asked, CancellationToken stop)
    {
        var home = form.Home;
        var effect = await asked.Billing.EffectOf(home.Territory, home.Building, home.Account, [decision.Draft!], stop);
        var lines = form.Say(decision);
        lines.Add(effect switch
        {
            { Refusal: { } refusal } => $"{asked.Texts["call.money.unknown"]} {RefusalSentences.Of(refusal, asked.Texts)}",
            { Value.IsNone: true } => asked.Texts["correction.money.none"],
            _ => asked.Texts["correction.money", Formats.Of(effect.Value.Month)],
        });
        return FactForms.Show(
            form.View(), typed, lines, [.. decision.Doubts.Select(d => (d.Code, ReadingWords.Of(asked.Texts, d)))],
            effect.IsRefused ? null : effect.Value, home.Territory.Currency);
    }
}
