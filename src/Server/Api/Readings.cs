using System.ComponentModel;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Api.Keys;
using Ochag.Server.Audit;
using Ochag.Server.Console.Readings;
using Ochag.Server.Refusals;

namespace Ochag.Server.Api;

/// <summary>
/// Readings come in, one or many, through the same use case as the console's sheet: judged by the same rules, taken, or
/// answered with what is doubtful or cannot be.
/// </summary>
internal static class Readings
{
    public const int Most = 200;
    /// <summary>The shapes that are read, not written.</summary>
    public static readonly IReadOnlyList<Type> Incoming =
        [typeof(ReadingOfMeter), typeof(ReadingWish), typeof(ManyReadings), typeof(RegisterValue)];

    private const int MostValues = 5;
    private const int MostText = 60;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/meters/{id:long}/readings", One).Needs(Scopes.Readings).Accepts<ReadingOfMeter>("application/json")
            .WithTags("Readings").WithSummary("One reading of a meter")
            .WithDescription(
                "201: recorded; 200: the same stood there already; 409: doubtful, send it again with a new Idempotency-Key and the "
                + "codes of its doubts in `confirmed`; 422: cannot be. The answer, also a refusal, tells the verdicts in `reading`.")
            .Produces<ReadingShape>(StatusCodes.Status201Created).Produces<ReadingShape>()
            .Refuses(400, 404, 409, 413, 415, 422);
        api.MapPost("/readings", Many).Needs(Scopes.Readings).Accepts<ManyReadings>("application/json")
            .WithTags("Readings").WithSummary("Up to 200 readings of any meters")
            .WithDescription(
                "Each reading is decided by itself and answered in the order in which it was sent: look at `fate`, 200 alone does "
                + "not say that all were recorded. All that is recorded is recorded together with this answer, or nothing is.")
            .Produces<ManyShape>().Refuses(400, 413, 415, 422);
    }

    /// <summary>Who took the reading, as far as other programs may say it.</summary>
    internal enum Taker
    {
        Consumer,
        Controller,
    }

    internal sealed record RegisterValue(
        [property: Description("`single`, or the zone of a meter with several registers.")] Zone Zone,
        [property: Description("The index as the dial shows it: \"4518.3\".")] string Index);

    internal sealed record ReadingOfMeter(
        [property: Description("Day on which it was read, of the territory's time zone.")] DateOnly Day, Taker Source,
        [property: Description("All registers of the meter.")] IReadOnlyList<RegisterValue> Values,
        [property: Description("Codes of doubts that somebody has seen and confirms.")] IReadOnlyList<string>? Confirmed = null,
        [property: Description("Serial number seen on the meter: it must be the same.")] string? Serial = null,
        [property: Description("What it rests on, at most 80 characters.")] string? Remark = null);

    internal sealed record ReadingWish(
        [property: Description("Id of the meter, as the card of its account has it.")] long Meter,
        [property: Description("Day on which it was read, of the territory's time zone.")] DateOnly Day, Taker Source,
        [property: Description("All registers of the meter.")] IReadOnlyList<RegisterValue> Values,
        [property: Description("Codes of doubts that somebody has seen and confirms.")] IReadOnlyList<string>? Confirmed = null,
        [property: Description("Serial number seen on the meter: it must be the same.")] string? Serial = null,
        [property: Description("What it rests on, at most 80 characters.")] string? Remark = null);

    internal sealed record ManyReadings([property: Description("1 to 200.")] IReadOnlyList<ReadingWish> Readings);

    internal sealed record ManyShape(
        [property: Description("How many were recorded now.")] int Taken,
        [property: Description("In the order in which they were sent.")] IReadOnlyList<ReadingShape> Readings);

    internal sealed record ReadingShape(
        long Meter, DateOnly Day,
        [property: Description("`taken`, `known` (the same stood there), `doubtful` (not recorded: confirm it) or `refused`.")]
        LineFate Fate,
        IReadOnlyList<ValueShape> Values);

    internal sealed record ValueShape(
        Zone Zone, LineFate Fate, [property: Description("What was read in the text; null: no number.")] string? Index,
        IReadOnlyList<FindingShape> Findings);

    internal sealed record FindingShape(
        string Code, Verdict Verdict, [property: Description("In the language of Accept-Language.")] string Sentence,
        IReadOnlyDictionary<string, string> Facts);

    /// <summary>Whom the answers ask.</summary>
    internal sealed record Asked(
        IRegistryLists Lists, IRegistryDesk Desk, IReadingEntry Entry, AuditBook Audit, Caller Caller, Answers Answers, IClock Clock,
        IStringLocalizer<Texts> Texts);

    private static async Task<IResult> One(long id, [AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        if ((await asked.Lists.FindMeters([new(id)], await asked.Caller.Sight(stop), stop)).Count == 0)
            return Problems.Absent(http);
        return await asked.Answers.Once<ReadingOfMeter>(http, async (body, number) =>
        {
            var wish = new ReadingWish(id, body.Day, body.Source, body.Values, body.Confirmed, body.Serial, body.Remark);
            if (Wrong(wish) is { } wrong)
                return Problems.Reply(http, StatusCodes.Status422UnprocessableEntity, wrong);
            var shape = (await Enter([wish], number, asked, stop))[0];
            return shape.Fate switch
            {
                LineFate.Taken => Reply.Of(http, StatusCodes.Status201Created, shape),
                LineFate.Known => Reply.Of(http, StatusCodes.Status200OK, shape),
                LineFate.Doubtful => Problems.Reply(
                    http, StatusCodes.Status409Conflict, new("api.reading-doubtful"), ("reading", shape)),
                _ => Problems.Reply(http, StatusCodes.Status422UnprocessableEntity, new("api.reading-refused"), ("reading", shape)),
            };
        });
    }

    private static Task<IResult> Many([AsParameters] Asked asked, HttpContext http) =>
        asked.Answers.Once<ManyReadings>(http, async (body, number) =>
        {
            var wrong = body.Readings.Count is 0 or > Most
                ? new Refusal("api.readings-count", ("most", $"{Most}"))
                : body.Readings.Any(r => r is null) ? new("api.body-unreadable", ("place", "$.readings"))
                : body.Readings.Select(Wrong).FirstOrDefault(w => w is not null);
            if (wrong is not null)
                return Problems.Reply(http, StatusCodes.Status422UnprocessableEntity, wrong);
            var shapes = await Enter(body.Readings, number, asked, http.RequestAborted);
            return Reply.Of(http, StatusCodes.Status200OK, new ManyShape(shapes.Count(s => s.Fate == LineFate.Taken), shapes));
        });

    /// <summary>What no reading can be, before any meter is asked.</summary>
    private static Refusal? Wrong(ReadingWish wish) =>
        wish.Values.Count is 0 or > MostValues || wish.Values.Any(v => v is null || v.Index is null)
            || wish.Confirmed is { Count: > 20 } || wish.Serial is { Length: > MostText }
                ? new("api.reading-wrong", ("meter", $"{wish.Meter}"))
                : wish.Remark is { Length: > IReadingEntry.RemarkLength } || wish.Remark?.Any(char.IsControl) == true
                    ? new("api.remark-wrong", ("meter", $"{wish.Meter}"), ("most", $"{IReadingEntry.RemarkLength}"))
                    : null;

    /// <summary>A sheet for each building, day and source, the oldest day first: a later reading is judged by it.</summary>
    private static async Task<IReadOnlyList<ReadingShape>> Enter(
        IReadOnlyList<ReadingWish> wishes, Guid number, Asked asked, CancellationToken stop)
    {
        var sight = await asked.Caller.Sight(stop);
        var meters = await asked.Lists.FindMeters([.. wishes.Select(w => new MeterId(w.Meter))], sight, stop);
        var addresses = await asked.Desk.AddressesOf([.. meters.Values.Select(m => m.Place.Building).Distinct()], sight, stop);
        var decided = new ReadingShape[wishes.Count];
        foreach (var (at, wish) in wishes.Index().Where(w => !meters.ContainsKey(new(w.Item.Meter))))
            decided[at] = Refused(wish, new("metering.register-foreign"), asked);
        var sheets = wishes.Index().Where(w => meters.ContainsKey(new(w.Item.Meter)))
            .GroupBy(w => (meters[new(w.Item.Meter)].Place.Building, w.Item.Day, w.Item.Source, Remark: w.Item.Remark ?? ""))
            .OrderBy(g => g.Key.Day);
        foreach (var sheet in sheets)
        {
            var territory = await asked.Caller.Of(meters[new(sheet.First().Item.Meter)].Territory, stop);
            var day = LocalDate.FromDateOnly(sheet.Key.Day);
            if (day < SheetInput.Oldest(asked.Clock.GetCurrentInstant().InZone(territory.TimeZone).Date))
            {
                foreach (var (at, wish) in sheet)
                    decided[at] = Refused(wish, new("api.day-too-old"), asked);
                continue;
            }

            var lines = sheet.SelectMany(w => w.Item.Values.Select(v => (w.Index, Line: new SheetLine(
                new(w.Item.Meter), v.Zone, v.Index, w.Item.Confirmed ?? [], w.Item.Serial)))).ToList();
            var source = sheet.Key.Source == Taker.Consumer ? ReadingSource.Consumer : ReadingSource.Controller;
            var fates = await asked.Entry.Enter(
                territory, new(sheet.Key.Building, day, source, [.. lines.Select(l => l.Line)], sheet.Key.Remark, number),
                asked.Caller.Login, stop);
            if (fates.Any(f => f.Fate == LineFate.Taken))
                await asked.Audit.Write(AuditActions.ReadingsRecorded, addresses[sheet.Key.Building], territory.Id.Value);
            foreach (var answer in lines.Zip(fates).GroupBy(l => l.First.Index))
                decided[answer.Key] = Show(wishes[answer.Key], [.. answer.Select(a => a.Second)], asked);
        }

        return decided;
    }

    private static ReadingShape Refused(ReadingWish wish, Refusal reason, Asked asked) => Show(
        wish,
        [.. wish.Values.Select(v => new LineDecision(
            new(new(wish.Meter), v.Zone, v.Index, []), LineFate.Refused, null, null, null, [new(Verdict.Block, reason)]))],
        asked);

    /// <summary>A meter's registers are recorded together: the worst of them decides. An empty text is no reading.</summary>
    private static ReadingShape Show(ReadingWish wish, IReadOnlyList<LineDecision> decided, Asked asked) => new(
        wish.Meter, wish.Day, decided.Select(FateOf).MaxBy(f => Array.IndexOf(Worse, f)),
        [.. decided.Select(d => new ValueShape(
            d.Line.Zone, FateOf(d), d.Index?.ToString(),
            [.. d.Findings.Select(f => new FindingShape(
                f.Code, f.Verdict, RefusalSentences.Of(f.Reason, asked.Texts), Problems.FactsOf(f.Reason)))]))]);

    private static readonly LineFate[] Worse = [LineFate.Known, LineFate.Taken, LineFate.Doubtful, LineFate.Refused];

    private static LineFate FateOf(LineDecision decision) => decision.Fate == LineFate.Empty ? LineFate.Refused : decision.Fate;
}
