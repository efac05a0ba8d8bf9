using System.Globalization;
using Ochag.Foundation;
using Ochag.Server.Audit;
using Ochag.Server.Console.Facts.Subjects;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Facts;

/// <summary>The history of each kind of an account's facts, and the forms that change it.</summary>
internal static class FactRoutes
{
    private static readonly string[] Everybody = [];
    private static readonly string[] Engineers = [Roles.Engineer, Roles.Administrator];
    private static readonly string[] Marks = [Roles.Marks];

    public static IServiceCollection AddFactSubjects(this IServiceCollection services) => services
        .AddScoped<ResidentsSubject>().AddScoped<ConnectionsSubject>().AddScoped<PassportSubject>().AddScoped<MarksSubject>()
        .AddScoped<AbsencesSubject>().AddScoped<ActsSubject>();

    public static void Map(RouteGroupBuilder console)
    {
        var engineers = new Access(
            Policies.Staff, Everybody, Policies.Bill, Engineers, AuditActions.AccountRead, AuditActions.AccountChanged);
        Map<ResidentsSubject>(console, "residents", engineers);
        Map<ConnectionsSubject>(console, "connections", engineers);
        Map<PassportSubject>(console, "passport", engineers);
        Map<AbsencesSubject>(console, "absences", engineers);
        Map<ActsSubject>(console, "acts", engineers);
        Map<MarksSubject>(
            console, "marks", new(Policies.Marks, Marks, Policies.Marks, Marks, AuditActions.MarksRead, AuditActions.MarksChanged));
    }

    /// <summary>Who reads and who writes, and how each is written down.</summary>
    private sealed record Access(
        string ReadPolicy, string[] Readers, string WritePolicy, string[] Writers, string ReadAs, string WrittenAs);

    private static void Map<TSubject>(RouteGroupBuilder console, string name, Access access)
        where TSubject : FactSubject
    {
        var path = "/accounts/{id:long}/" + name;
        console.MapGet(path, (long id, string? said, TSubject subject, [AsParameters] FactAsked asked, HttpContext http) =>
            Show(id, said, subject, access, asked, http)).RequireAuthorization(access.ReadPolicy).Audited(access.ReadAs);
        console.MapGet(path + "/records/{record:long}", (
            long id, long record, TSubject subject, [AsParameters] FactAsked asked, HttpContext http) =>
            Open(id, FactSubject.Correct, record, subject, access, asked, http))
            .RequireAuthorization(access.WritePolicy).Audited(access.ReadAs);
        console.MapPost(path + "/records/{record:long}", (
            long id, long record, TSubject subject, [AsParameters] FactAsked asked, HttpContext http) =>
            Save(id, FactSubject.Correct, record, subject, access, asked, http))
            .RequireAuthorization(access.WritePolicy).Audited(access.WrittenAs);
        console.MapGet(path + "/{act}", (
            long id, string act, TSubject subject, [AsParameters] FactAsked asked, HttpContext http) =>
            Open(id, act, 0, subject, access, asked, http)).RequireAuthorization(access.WritePolicy).Audited(access.ReadAs);
        console.MapPost(path + "/{act}", (
            long id, string act, TSubject subject, [AsParameters] FactAsked asked, HttpContext http) =>
            Save(id, act, 0, subject, access, asked, http)).RequireAuthorization(access.WritePolicy).Audited(access.WrittenAs);
    }

    private static async Task<IResult> Show(
        long id, string? said, FactSubject subject, Access access, FactAsked asked, HttpContext http)
    {
        if (await FactHome.Find(id, asked, http, access.Readers, access.Writers) is not { } home)
            return Results.NotFound();
        await subject.Load(home, http.RequestAborted);
        return Page.Of<FactsPage>(new
        {
            View = new FactsView
            {
                Home = home,
                Name = subject.Name,
                Acts = home.MayWrite ? subject.Acts : [],
                Lines = subject.Lines(home),
                Said = said == "saved",
            },
        });
    }

    private static async Task<IResult> Open(
        long id, string act, long record, FactSubject subject, Access access, FactAsked asked, HttpContext http) =>
        await Form(id, act, record, subject, access, asked, http) is (_, { } view) ? FactForms.Open(view) : Results.NotFound();

    private static async Task<IResult> Save(
        long id, string act, long record, FactSubject subject, Access access, FactAsked asked, HttpContext http)
    {
        if (await Form(id, act, record, subject, access, asked, http) is not ({ } home, { } view))
            return Results.NotFound();
        var stop = http.RequestAborted;
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var typed = new FactTyped(new(form, asked.Texts), FactForms.VersionOf(form), http.User.Login(), stop);
        var save = subject.Read(home, act, record, typed);
        IReadOnlyList<Refusal> refusals = [];
        if (!form.IsRefused)
        {
            refusals = await save();
            if (refusals.Count == 0)
                return Page.To(http, $"{home.Path}/{subject.Name}?said=saved");
            // Somebody may have written between the reading of the form and the saving.
            await subject.Load(home, stop);
            view = ViewOf(home, act, record, subject, asked) ?? view;
        }

        return FactForms.Refuse(view, form, refusals, asked.Texts, subject.FieldOf);
    }

    private static async Task<(FactHome?, FactFormView?)> Form(
        long id, string act, long record, FactSubject subject, Access access, FactAsked asked, HttpContext http)
    {
        if (await FactHome.Find(id, asked, http, access.Writers, access.Writers) is not { } home)
            return (null, null);
        await subject.Load(home, http.RequestAborted);
        return (home, ViewOf(home, act, record, subject, asked));
    }

    private static FactFormView? ViewOf(FactHome home, string act, long record, FactSubject subject, FactAsked asked)
    {
        if (act != FactSubject.Correct && !subject.Acts.Contains(act, StringComparer.Ordinal)
            || subject.Fields(home, act, record) is not { } fields)
        {
            return null;
        }

        var own = $"{home.Path}/{subject.Name}";
        return new()
        {
            Title = asked.Texts[$"{subject.Name}.form.{act}"],
            Lead = $"{home.Card.Address}, {asked.Texts["address.flat", home.Card.Premises]}",
            Back = (asked.Texts[$"{subject.Name}.page", home.Card.Number], own),
            Path = act == FactSubject.Correct
                ? string.Create(CultureInfo.InvariantCulture, $"{own}/records/{record}")
                : $"{own}/{act}",
            Version = subject.Version,
            Fields = fields,
            Submit = asked.Texts["form.save"],
            Zone = home.Territory.TimeZone,
            Posted = subject is MarksSubject ? null : home.Posted,
            Note = asked.Texts[$"{subject.Name}.note.{act}"] is { ResourceNotFound: false } note ? note.Value : null,
            Last = subject.Lines(home).Where(l => l.SupersededAt is null).MaxBy(l => l.Origin.RecordedAt),
        };
    }
}
