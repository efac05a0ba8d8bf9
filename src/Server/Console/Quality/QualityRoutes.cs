using System.Globalization;
using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Quality;

/// <summary>Quality hours of a building: their list, recording one, looking first what it would change, withdrawing one.</summary>
internal static class QualityRoutes
{
    private const string Page_ = "/buildings/{id:long}/quality";

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet(Page_, Show).RequireAuthorization(Policies.Staff).Audited(AuditActions.BuildingRead);
        console.MapPost(Page_, Record).RequireAuthorization(Policies.Bill).Audited(AuditActions.QualityRecorded);
        console.MapPost(Page_ + "/check", Check).RequireAuthorization(Policies.Bill).Audited(AuditActions.BuildingRead);
        console.MapPost(Page_ + "/{fact:long}/withdraw", Withdraw).RequireAuthorization(Policies.Bill)
            .Audited(AuditActions.QualityWithdrawn);
    }

    internal sealed record Asked(
        IRegistryDesk Desk, IRegistry Registry, IBilling Billing, IBillingFacts Facts, IBillingIntake Intake, Sight Sight,
        IStringLocalizer<Texts> Texts);

    /// <summary>A building that the person may see, or act on, with what the page needs of it.</summary>
    private sealed record Seen(
        BuildingCard Card, TerritoryRecord Territory, QualityPlace Place, IReadOnlyList<RunRecord> Runs, bool MayWrite);

    private static async Task<IResult> Show(long id, string? said, long? about, [AsParameters] Asked asked, HttpContext http) =>
        await Find(id, asked, http) is { } seen
            ? await Answer(seen, asked, http, new FormState(), StatusCodes.Status200OK, said: said, about: about)
            : Results.NotFound();

    private static async Task<IResult> Record(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http, Roles.Engineer, Roles.Administrator) is not { } seen)
            return Results.NotFound();
        var stop = http.RequestAborted;
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        if (QualityInput.Read(form, asked.Texts) is { } entry)
        {
            var decided = await asked.Intake.EnterQuality(
                seen.Territory, seen.Card.Id, entry, KeyOf(form), http.User.Login(), stop);
            if (decided.Event is { } recorded)
            {
                http.IsAbout($"{seen.Card.Address} #{Id(recorded.Fact)}", seen.Territory.Id.Value);
                return Page.To(
                    http, $"/console/buildings/{Id(id)}/quality?said=recorded&about={Id(recorded.Fact)}");
            }

            QualityInput.Refuse(form, decided.Refusals, asked.Texts);
            if (decided.Refusals.Any(r => r.Code == "billing.quality-form-used"))
                return await Answer(seen, asked, http, form, StatusCodes.Status422UnprocessableEntity, key: Guid.CreateVersion7());
        }

        return await Answer(seen, asked, http, form, StatusCodes.Status422UnprocessableEntity, key: KeyOf(form));
    }

    /// <summary>The same decision without recording: what the form as it stands would change.</summary>
    private static async Task<IResult> Check(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http, Roles.Engineer, Roles.Administrator) is not { } seen)
            return Results.NotFound();
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        if (QualityInput.Read(form, asked.Texts) is { } entry)
        {
            var decided = QualityEntries.Decide(entry, seen.Place);
            if (decided.Event is { } would)
            {
                return await Answer(
                    seen, asked, http, form, StatusCodes.Status200OK, key: KeyOf(form),
                    preview: QualityEffect.Of(would, seen.Place, seen.Runs));
            }

            QualityInput.Refuse(form, decided.Refusals, asked.Texts);
        }

        return await Answer(seen, asked, http, form, StatusCodes.Status422UnprocessableEntity, key: KeyOf(form));
    }

    private static async Task<IResult> Withdraw(long id, long fact, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http, Roles.Engineer, Roles.Administrator) is not { } seen)
            return Results.NotFound();
        var refusal = await asked.Intake.WithdrawQuality(seen.Card.Id, fact, http.RequestAborted);
        if (refusal?.Code == "billing.quality-unknown")
            return Results.NotFound();
        if (refusal is null)
        {
            http.IsAbout($"{seen.Card.Address} #{Id(fact)}", seen.Territory.Id.Value);
            return Page.To(http, $"/console/buildings/{Id(id)}/quality?said=withdrawn&about={Id(fact)}");
        }

        var form = new FormState();
        form.Refuse("", RefusalSentences.Of(refusal, asked.Texts));
        return await Answer(seen, asked, http, form, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Null: there is none, or it lies where the person has none of the roles.</summary>
    private static async Task<Seen?> Find(long id, Asked asked, HttpContext http, params string[] roles)
    {
        var stop = http.RequestAborted;
        var card = await asked.Desk.FindBuilding(new(id), await asked.Sight.Ids(stop, roles), stop);
        if (card is null)
            return null;
        http.IsAbout(card.Address, card.Territory.Value);
        var territory = await asked.Sight.Of(card.Territory, stop);
        var record = (await asked.Registry.ReadBuildings([card.Id], stop))[0];
        var writers = await asked.Sight.Ids(stop, Roles.Engineer, Roles.Administrator);
        return new(
            card, territory, QualityPlace.Of(territory, record), await asked.Billing.ListRuns([territory.Id], stop),
            writers.Contains(territory.Id));
    }

    private static async Task<IResult> Answer(
        Seen seen, Asked asked, HttpContext http, FormState form, int status, Guid? key = null, QualityEffect? preview = null,
            string? said = null, long? about = null)
    {
        var rows = (await asked.Facts.ListQuality(seen.Card.Id, http.RequestAborted)).Select(r =>
        {
            var effect = QualityEffect.Of(r.Event, seen.Place, seen.Runs);
            return new QualityRow(r, effect, effect.LookOf(r, seen.Runs));
        });
        var view = new QualityView
        {
            Card = seen.Card,
            Territory = seen.Territory,
            Place = seen.Place,
            Rows = [.. rows],
            MayWrite = seen.MayWrite,
            Key = key ?? Guid.CreateVersion7(),
            Form = form,
            Preview = preview,
            Said = said is "recorded" or "withdrawn" ? said : null,
            About = about ?? 0,
        };
        return Page.Of<QualityPage>(new { View = view }, status);
    }

    /// <summary>A form that lost its key gets one that nothing was recorded under.</summary>
    private static Guid KeyOf(FormState form) => Guid.TryParseExact(form["form"], "D", out var key) ? key : Guid.CreateVersion7();

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);
}
