using Ochag.Server.Console.Accounts;

namespace Ochag.Scenarios.Endpoints;

/// <summary>
/// How an endpoint is called in the matrix. Every endpoint whose address names an object needs one: the address for an
/// object of the person's own territory and of another; the number that is nobody's follows from them.
/// </summary>
/// <param name="Path">The address of the object in a place; for one that names nothing, the address itself.</param>
/// <param name="Absent">The address of an object that is nowhere; null: the address names no object.</param>
/// <param name="Form">What is posted, without the token.</param>
internal sealed record Example(Func<Place, string> Path, string? Absent = null, Func<Place, (string Name, string Value)[]>? Form = null)
{
    public bool NamesObject => Absent is not null;
}

/// <summary>The examples, by method and route pattern. A new endpoint with a name in its address gets a line here.</summary>
internal static class Examples
{
    private const string NoId = "999999999";
    private const string NoPerson = "99999999-9999-7999-8999-999999999999";
    private const string Line = "/console/accounts/{id:long}/lines/{month}/{run:long}/{number}";
    private const string NoLine = $"/console/accounts/{NoId}/lines/2026-09/{NoId}/1";

    private const string File = "/console/imports/files/{id:guid}";
    private static readonly Guid NoFile = Guid.Parse(NoPerson);

    private const string Quality = "/console/buildings/{id:long}/quality";
    private const string NoQuality = $"/console/buildings/{NoId}/quality";

    private const string Api = "/api/v1";
    private const string AccountMeter = "/console/accounts/{id:long}/meters/{meter:long}";
    private const string NoAccountMeter = $"/console/accounts/{NoId}/meters/{NoId}";
    private const string BuildingMeter = "/console/buildings/{id:long}/meters/{meter:long}";
    private const string NoBuildingMeter = $"/console/buildings/{NoId}/meters/{NoId}";

    private const string Reading = "/readings/{reading:long}";
    private const string NoReading = $"/readings/{NoId}";

    private const string Threshold = "/console/readings/thresholds/{territory:long}/{service}/{name}";
    private const string NoThreshold = $"/console/readings/thresholds/{NoId}/ColdWater/high_warn";

    private const string Draft = "/console/tariffs/drafts/{id:long}";
    private const string NoDraft = $"/console/tariffs/drafts/{NoId}";

    private const string Holder = "/console/accounts/{id:long}/holders/{holder:long}";
    private const string NoHolder = $"/console/accounts/{NoId}/holders/{NoId}";

    private const string Readings = "/console/buildings/{id:long}/readings";
    private const string NoReadings = $"/console/buildings/{NoId}/readings";

    private static readonly (string Name, string Value)[] ReadingsForm = [("day", "2026-10-25"), ("source", "Controller"), ("remark", "")];

    public static readonly IReadOnlyDictionary<string, Example> All = new Dictionary<string, Example>(
        Facts("residents", "in").Concat(Facts("connections", "begin")).Concat(Facts("passport", "change")).Concat(Facts("marks", "set"))
            .Concat(Facts("absences", "record")).Concat(Facts("acts", "access")))
    {
        ["POST /console/language"] = new(_ => "/console/language", null, _ => [("language", "en"), ("to", "/console/own")]),
        ["POST /console/theme"] = new(_ => "/console/theme", null, _ => [("theme", "dark"), ("to", "https://elsewhere.example/")]),
        ["ANY {*path:nonfile}"] = new(_ => "/no-such-page"),

        ["GET /console/accounts/{id:long}"] = new(p => $"/console/accounts/{p.Account.Value}", "/console/accounts/" + NoId),
        ["GET /console/accounts/{id:long}/reading"] =
            new(p => $"/console/accounts/{p.Account.Value}/reading", $"/console/accounts/{NoId}/reading"),
        ["POST /console/accounts/{id:long}/reading"] =
            new(p => $"/console/accounts/{p.Account.Value}/reading", $"/console/accounts/{NoId}/reading"),
        ["GET " + Line] = new(p => AccountRoutes.PathOf(p.Line), NoLine),
        ["GET " + Line + "/panel"] = new(p => AccountRoutes.PathOf(p.Line) + "/panel", NoLine + "/panel"),
        ["GET /console/buildings/{id:long}"] = new(p => $"/console/buildings/{p.Building.Value}", "/console/buildings/" + NoId),
        ["GET /console/buildings/{id:long}/premises"] =
            new(p => $"/console/buildings/{p.Building.Value}/premises", $"/console/buildings/{NoId}/premises"),
        ["GET /console/accounts/{id:long}/meters/new"] =
            new(p => $"/console/accounts/{p.Account.Value}/meters/new", $"/console/accounts/{NoId}/meters/new"),
        ["POST /console/accounts/{id:long}/meters/new"] =
            new(p => $"/console/accounts/{p.Account.Value}/meters/new", $"/console/accounts/{NoId}/meters/new"),
        ["GET " + AccountMeter] = new(p => AccountMeterOf(p), NoAccountMeter),
        ["GET " + AccountMeter + "/{step}"] = new(p => AccountMeterOf(p) + "/seal", NoAccountMeter + "/seal"),
        ["POST " + AccountMeter + "/{step}"] = new(p => AccountMeterOf(p) + "/seal", NoAccountMeter + "/seal"),
        ["GET /console/buildings/{id:long}/meters/new"] =
            new(p => $"/console/buildings/{p.Building.Value}/meters/new", $"/console/buildings/{NoId}/meters/new"),
        ["POST /console/buildings/{id:long}/meters/new"] =
            new(p => $"/console/buildings/{p.Building.Value}/meters/new", $"/console/buildings/{NoId}/meters/new"),
        ["GET " + BuildingMeter] = new(p => BuildingMeterOf(p), NoBuildingMeter),
        ["GET " + BuildingMeter + "/{step}"] = new(p => BuildingMeterOf(p) + "/seal", NoBuildingMeter + "/seal"),
        ["POST " + BuildingMeter + "/{step}"] = new(p => BuildingMeterOf(p) + "/seal", NoBuildingMeter + "/seal"),
        ["GET " + AccountMeter + Reading] = new(p => AccountMeterOf(p) + ReadingOf(p.Reading), NoAccountMeter + NoReading),
        ["POST " + AccountMeter + Reading] = new(p => AccountMeterOf(p) + ReadingOf(p.Reading), NoAccountMeter + NoReading),
        ["GET " + BuildingMeter + Reading] = new(p => BuildingMeterOf(p) + ReadingOf(p.OwnReading), NoBuildingMeter + NoReading),
        ["POST " + BuildingMeter + Reading] = new(p => BuildingMeterOf(p) + ReadingOf(p.OwnReading), NoBuildingMeter + NoReading),
        ["GET " + Threshold] = new(p => ThresholdOf(p), NoThreshold),
        ["GET " + Threshold + "/change"] = new(p => ThresholdOf(p) + "/change", NoThreshold + "/change"),
        ["POST " + Threshold + "/change"] = new(p => ThresholdOf(p) + "/change", NoThreshold + "/change"),
        ["GET " + Quality] = new(p => QualityOf(p), NoQuality),
        ["POST " + Quality] = new(p => QualityOf(p), NoQuality, QualityForm),
        ["POST " + Quality + "/check"] = new(p => QualityOf(p) + "/check", NoQuality + "/check", QualityForm),
        ["POST " + Quality + "/{fact:long}/withdraw"] = new(
            p => $"{QualityOf(p)}/{p.WithdrawnQuality}/withdraw", $"{NoQuality}/{NoId}/withdraw"),
        ["GET " + Holder] = new(p => HolderOf(p), NoHolder),
        ["POST " + Holder + "/export"] = new(p => HolderOf(p) + "/export", NoHolder + "/export"),
        ["POST " + Holder + "/erase"] = new(p => HolderOf(p) + "/erase", NoHolder + "/erase", _ => [("appeal", "1"), ("sure", "yes")]),
        ["GET " + Readings] = new(p => ReadingsOf(p), NoReadings),
        ["POST " + Readings] = new(p => ReadingsOf(p), NoReadings, _ => ReadingsForm),
        ["POST " + Readings + "/check"] = new(
            p => ReadingsOf(p) + "/check", NoReadings + "/check", _ => [.. ReadingsForm, ("v-999999999-0", "100")]),
        ["POST /console/keys/{id:guid}/revoke"] = new(p => $"/console/keys/{p.Key}/revoke", $"/console/keys/{NoPerson}/revoke"),
        // The interface has tests of its own with keys (Api/KeyTests): whoever comes with a session of the console is a stranger.
        ["GET " + Api + "/buildings/{id:long}"] = new(p => $"{Api}/buildings/{p.Building.Value}", $"{Api}/buildings/{NoId}"),
        ["GET " + Api + "/buildings/{id:long}/premises"] =
            new(p => $"{Api}/buildings/{p.Building.Value}/premises", $"{Api}/buildings/{NoId}/premises"),
        ["GET " + Api + "/accounts/{id:long}"] = new(p => $"{Api}/accounts/{p.Account.Value}", $"{Api}/accounts/{NoId}"),
        ["GET " + Api + "/accounts/{id:long}/charges"] =
            new(p => $"{Api}/accounts/{p.Account.Value}/charges", $"{Api}/accounts/{NoId}/charges"),
        ["GET " + Api + "/accounts/{id:long}/charges/{month}/{run:long}/{number:int}"] = new(
            p => $"{Api}/accounts/{p.Account.Value}/charges/{p.Line.PostedIn}/{p.Run.Value}/{p.Line.Number}",
            $"{Api}/accounts/{NoId}/charges/2026-09/{NoId}/1"),
        ["POST " + Api + "/meters/{id:long}/readings"] =
            new(p => $"{Api}/meters/{p.Meter.Value}/readings", $"{Api}/meters/{NoId}/readings"),
        ["ANY api/{**rest}"] = new(_ => "/api/nothing"),
        ["GET /console/imports/{id:long}"] = new(p => $"/console/imports/{p.Import.Value}", "/console/imports/" + NoId),
        ["GET /console/imports/{id:long}/rejects.csv"] =
            new(p => $"/console/imports/{p.Import.Value}/rejects.csv", $"/console/imports/{NoId}/rejects.csv"),
        ["POST /console/imports/{id:long}/undo"] =
            new(p => $"/console/imports/{p.Import.Value}/undo", $"/console/imports/{NoId}/undo"),
        ["GET /console/imports/kinds/{kind}"] = new(_ => "/console/imports/kinds/houses"),
        ["GET /console/imports/kinds/{kind}/template.{format}"] =
            new(_ => "/console/imports/kinds/houses/template.csv"),
        ["GET " + File] = new(p => FileOf(p.Upload), FileOf(NoFile)),
        ["GET " + File + "/state"] = new(p => FileOf(p.Upload) + "/state", FileOf(NoFile) + "/state"),
        ["POST " + File + "/cancel"] = new(p => FileOf(p.Upload) + "/cancel", FileOf(NoFile) + "/cancel"),
        ["POST " + File + "/columns"] = new(p => FileOf(p.Upload) + "/columns", FileOf(NoFile) + "/columns"),
        ["POST " + File + "/discard"] = new(p => FileOf(p.Thrown) + "/discard", FileOf(NoFile) + "/discard"),
        ["POST " + File + "/take"] = new(p => FileOf(p.Upload) + "/take", FileOf(NoFile) + "/take"),
        ["POST /console/start/{id:long}/sample"] = new(
            p => $"/console/start/{p.Territory.Id.Value}/sample", $"/console/start/{NoId}/sample"),
        ["GET " + Draft] = new(p => DraftOf(p), NoDraft),
        ["POST " + Draft] = new(p => DraftOf(p), NoDraft),
        ["GET " + Draft + "/edit"] = new(p => DraftOf(p) + "/edit", NoDraft + "/edit"),
        ["POST " + Draft + "/drop"] = new(p => DraftOf(p) + "/drop", NoDraft + "/drop"),
        ["POST " + Draft + "/record"] = new(p => DraftOf(p) + "/record", NoDraft + "/record"),
        ["GET /console/rules/{id:long}"] = new(p => $"/console/rules/{p.Territory.Id.Value}", "/console/rules/" + NoId),
        ["POST /console/doubles/{id:long}/undo"] =
            new(p => $"/console/doubles/{p.Merge}/undo", $"/console/doubles/{NoId}/undo"),
        ["GET /console/jobs/{id:long}"] = new(p => $"/console/jobs/{p.Job}", "/console/jobs/" + NoId),
        ["GET /console/jobs/{id:long}/state"] = new(p => $"/console/jobs/{p.Job}/state", $"/console/jobs/{NoId}/state"),
        ["POST /console/jobs/{id:long}/cancel"] = new(p => $"/console/jobs/{p.Job}/cancel", $"/console/jobs/{NoId}/cancel"),
        ["POST /console/jobs/{id:long}/retry"] = new(p => $"/console/jobs/{p.Job}/retry", $"/console/jobs/{NoId}/retry"),
        ["GET /console/runs/{id:long}"] = new(p => $"/console/runs/{p.Run.Value}", "/console/runs/" + NoId),
        ["GET /console/runs/{id:long}/changes"] = new(p => $"/console/runs/{p.Run.Value}/changes", $"/console/runs/{NoId}/changes"),
        ["GET /console/runs/{id:long}/state"] = new(p => $"/console/runs/{p.Run.Value}/state", $"/console/runs/{NoId}/state"),
        ["GET /console/runs/{id:long}/anomalies"] = new(p => $"/console/runs/{p.Run.Value}/anomalies", $"/console/runs/{NoId}/anomalies"),
        ["POST /console/runs/{id:long}/anomalies"] = new(p => $"/console/runs/{p.Run.Value}/anomalies", $"/console/runs/{NoId}/anomalies"),
        ["GET /console/runs/{id:long}/sheet"] = new(p => $"/console/runs/{p.Run.Value}/sheet", $"/console/runs/{NoId}/sheet"),
        ["POST /console/runs/{id:long}/continue"] = new(p => $"/console/runs/{p.Run.Value}/continue", $"/console/runs/{NoId}/continue"),
        ["POST /console/runs/{id:long}/anew"] = new(p => $"/console/runs/{p.Run.Value}/anew", $"/console/runs/{NoId}/anew"),
        ["POST /console/runs/{id:long}/approve"] = new(p => $"/console/runs/{p.Run.Value}/approve", $"/console/runs/{NoId}/approve"),
        ["POST /console/runs/{id:long}/issue"] = new(p => $"/console/runs/{p.Run.Value}/issue", $"/console/runs/{NoId}/issue"),
        ["POST /console/runs/{id:long}/close"] = new(p => $"/console/runs/{p.Run.Value}/close", $"/console/runs/{NoId}/close"),
        ["POST /console/people/{id:guid}/dismiss"] = new(p => $"/console/people/{p.Person}/dismiss", $"/console/people/{NoPerson}/dismiss"),
        ["POST /console/people/{id:guid}/link"] = new(p => $"/console/people/{p.Person}/link", $"/console/people/{NoPerson}/link"),
        ["POST /console/people/{id:guid}/role"] = new(
            p => $"/console/people/{p.Person}/role", $"/console/people/{NoPerson}/role",
            p => [("role", "auditor"), ("territory", $"{p.Territory.Id.Value}")]),
    };

    private static string DraftOf(Place place) => $"/console/tariffs/drafts/{place.Draft}";

    private static string ReadingOf(long reading) => $"/readings/{reading}";

    private static string ThresholdOf(Place place) => $"/console/readings/thresholds/{place.Territory.Id.Value}/ColdWater/high_warn";

    private static string HolderOf(Place place) => $"/console/accounts/{place.Account.Value}/holders/{place.Holder}";

    private static string ReadingsOf(Place place) => $"/console/buildings/{place.Building.Value}/readings";

    private static string AccountMeterOf(Place place) => $"/console/accounts/{place.Account.Value}/meters/{place.Meter.Value}";

    private static string BuildingMeterOf(Place place) => $"/console/buildings/{place.Building.Value}/meters/{place.OwnMeter.Value}";

    /// <summary>The history of one kind of an account's facts, an act on it, and a record that nobody knows.</summary>
    private static IEnumerable<KeyValuePair<string, Example>> Facts(string kind, string act)
    {
        const string account = "/console/accounts/{id:long}/";
        foreach (var (method, tail, path) in new[]
        {
            ("GET", "", ""), ("GET", "/{act}", "/" + act), ("POST", "/{act}", "/" + act),
            ("GET", "/records/{record:long}", $"/records/{NoId}"), ("POST", "/records/{record:long}", $"/records/{NoId}"),
        })
        {
            yield return new(
                $"{method} {account}{kind}{tail}",
                new(p => $"/console/accounts/{p.Account.Value}/{kind}{path}", $"/console/accounts/{NoId}/{kind}{path}"));
        }
    }

    private static string FileOf(Guid upload) => $"/console/imports/files/{upload}";

    private static string QualityOf(Place place) => $"/console/buildings/{place.Building.Value}/quality";

    /// <summary>The same form each time: whoever may record it gets to the one record.</summary>
    private static (string Name, string Value)[] QualityForm(Place place) =>
    [
        ("service", "HotWater"), ("kind", "Break"), ("from", "2026-09-03T08:00"), ("to", "2026-09-04T00:00"), ("scope", "all"),
        ("evidence", "act 1"), ("form", $"{place.Building.Value:00000000}-9999-7999-8999-999999999999"),
    ];
}
