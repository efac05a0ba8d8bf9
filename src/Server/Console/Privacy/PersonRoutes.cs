using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Privacy;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Privacy;

/// <summary>
/// A holder of an account, for whoever answers his appeal: what is kept of him, as a file, and his erasing. That an open
/// account is no reason is said at the command line only, where the decision of the data officer is carried out.
/// </summary>
internal static class PersonRoutes
{
    private const string Address = "/accounts/{id:long}/holders/{holder:long}";

    public static void Map(RouteGroupBuilder console)
    {
        var person = console.MapGroup(Address).RequireAuthorization(Policies.Administer);
        person.MapGet("", (long id, long holder, [AsParameters] Asked asked, HttpContext http) =>
            Show(id, holder, asked, http, new FormState(), null)).Audited(AuditActions.AccountRead);
        person.MapPost("/export", Export).Audited(AuditActions.PersonExported);
        person.MapPost("/erase", Erase).Audited(AuditActions.AccountChanged);
    }

    internal sealed record Asked(
        IPersons Persons, PersonDesk Desk, DossierMaker Dossiers, AuditBook Audit, Sight Sight, IStringLocalizer<Texts> Texts);

    private static async Task<IResult> Show(
        long id, long holder, Asked asked, HttpContext http, FormState form, Erasure? done)
    {
        var found = await Find(id, holder, asked, http);
        if (found is null)
            return Results.NotFound();
        var (person, refusal) = found.Value;
        return Page.Of<PersonPage>(
            new
            {
                Form = form,
                Person = person,
                Account = id,
                Holder = holder,
                SeesMarks = SeesMarks(person, http),
                Done = done is null ? null : new ErasedView(done.Person.Marks, done.Person.MarksLeft, done.Person.ImportRows, done.Texts),
                Refusal = refusal ?? (person is null ? null : asked.Persons.Decide(person, despiteOpenAccount: false)),
            },
            form.IsRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Export(long id, long holder, [AsParameters] Asked asked, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await Find(id, holder, asked, http) is not ({ } person, null))
            return Results.NotFound();
        // The others of his accounts are journaled too: who asks "who looked at it" finds it at each.
        foreach (var other in person.Accounts.Where(a => a.Id.Value != id))
            await asked.Audit.Write(AuditActions.PersonExported, $"{other.Number} holder {holder}", other.Territory.Value);
        var dossier = await asked.Dossiers.Make(person, MarksPlaces(http), http.RequestAborted);
        var html = form["format"] == DossierFile.Html;
        return Results.File(
            DossierFile.Write(dossier, html ? DossierFile.Html : DossierFile.Json, asked.Texts),
            html ? "text/html; charset=utf-8" : "application/json", $"person-{holder}.{(html ? "html" : "json")}");
    }

    private static async Task<IResult> Erase(long id, long holder, [AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        if (await Find(id, holder, asked, http) is null)
            return Results.NotFound();
        if (form["sure"].Length == 0)
        {
            form.Refuse("sure", asked.Texts["persons.sure.wrong"]);
            return await Show(id, holder, asked, http, form, null);
        }

        var erased = await asked.Desk.Erase(
            new(new(holder), form["appeal"], DespiteOpenAccount: false), await Places(asked, stop), http.User.Login(), stop);
        if (erased.Refusal is { } refusal)
            form.Refuse(refusal.Code == "persons.appeal-wrong" ? "appeal" : "", RefusalSentences.Of(refusal, asked.Texts));
        return await Show(id, holder, asked, http, form, erased.IsRefused ? null : erased.Value);
    }

    /// <summary>Null: no such holder of that account for this person; a refusal: a part of him lies elsewhere.</summary>
    private static async Task<(PersonRecord? Person, Refusal? Refusal)?> Find(long id, long holder, Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var found = await asked.Persons.Find(new(holder), await Places(asked, stop), stop);
        if (found.Refusal is { Code: "registry.person-elsewhere" } elsewhere)
        {
            http.IsAbout($"holder {holder}");
            return (null, elsewhere);
        }

        if (found.IsRefused || found.Value.Accounts.FirstOrDefault(a => a.Id.Value == id) is not { } account)
            return null;
        http.IsAbout($"{account.Number} holder {holder}", account.Territory.Value);
        return (found.Value, null);
    }

    private static Task<IReadOnlyCollection<TerritoryId>> Places(Asked asked, CancellationToken stop) =>
        asked.Sight.Ids(stop, Roles.Administrator);

    private static IReadOnlySet<long>? MarksPlaces(HttpContext http) => http.User.Territories(Roles.Marks);

    private static bool SeesMarks(PersonRecord? person, HttpContext http) =>
        person is not null && MarksPlaces(http) is var places
        && (places is null || person.Accounts.All(a => places.Contains(a.Territory.Value)));
}

/// <summary>What an erasing did, for its page.</summary>
public sealed record ErasedView(int Marks, int MarksLeft, int ImportRows, int Texts);
