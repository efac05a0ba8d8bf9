using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Api.Keys;
using Ochag.Server.Audit;
using Ochag.Storage;
using Shouldly;

namespace Ochag.Scenarios.Api;

/// <summary>Readings that another program sends: judged like those of the sheet, recorded once however often they come.</summary>
public sealed class ReadingTests(CityFixture city)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static string Body(SheetField field, object index, string day = "2026-11-02", string more = "") =>
        $$"""{ "day": "{{day}}", "source": "consumer", "values": [{ "zone": "{{ZoneOf(field)}}", "index": "{{index}}" }]{{more}} }""";

    internal static string Many(params IEnumerable<(SheetField Field, object Index)> readings) =>
        $$"""{ "readings": [{{string.Join(", ", readings.Select(r =>
            $$"""{ "meter": {{r.Field.Register.Meter.Id.Value}}, {{Body(r.Field, r.Index)[1..]}}"""))}}] }""";

    [Fact]
    public async Task A_reading_is_taken_known_doubtful_or_refused_as_the_sheet_would_have_it()
    {
        var fields = await Lively("комсомольская 12 3", city.North, 0, 3);
        using var robot = await Robot.With(city.Server, city.North.Id, [Scopes.Readings]);
        var path = $"/meters/{fields[0].Register.Meter.Id.Value}/readings";
        var taken = await robot.Post(path, Body(fields[0], fields[0].After()), "one");
        taken.Status.ShouldBe(HttpStatusCode.Created, taken.Body);
        taken.Json.GetProperty("fate").GetString().ShouldBe("taken");
        (await robot.Post(path, Body(fields[0], fields[0].After()), "two")).Json.GetProperty("fate").GetString().ShouldBe("known");

        var below = await robot.Post(
            $"/meters/{fields[1].Register.Meter.Id.Value}/readings", Body(fields[1], fields[1].Before - 5), "three", "en");
        below.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        below.Code.ShouldBe("api.reading-refused");
        Findings(below.Json.GetProperty("reading")).ShouldContain("metering.reading-below");
        below.Body.ShouldContain("below the reading before", Case.Insensitive);

        var doubtful = await robot.Post(
            $"/meters/{fields[2].Register.Meter.Id.Value}/readings", Body(fields[2], fields[2].After(40)), "four");
        doubtful.Status.ShouldBe(HttpStatusCode.Conflict);
        doubtful.Code.ShouldBe("api.reading-doubtful");
        var codes = Findings(doubtful.Json.GetProperty("reading"));
        var confirmed = await robot.Post(
            $"/meters/{fields[2].Register.Meter.Id.Value}/readings",
            Body(fields[2], fields[2].After(40), more: $", \"confirmed\": {JsonSerializer.Serialize(codes)}"), "five");
        confirmed.Status.ShouldBe(HttpStatusCode.Created, confirmed.Body);
        (await robot.Post(path, Body(fields[0], fields[0].After(), "2020-01-01"), "six")).Body.ShouldContain("api.day-too-old");
    }

    [Fact]
    public async Task Many_readings_are_decided_each_by_itself_and_told_in_their_order()
    {
        var fields = await Lively("комсомольская 11 5 южный", city.South, 0, 3);
        var far = (await Lively("комсомольская 11 5", city.Foreign, 1, 1))[0];
        var (key, secret) = await Robot.Key(city.Server, city.South.Id, [Scopes.Readings]);
        using var robot = Robot.Without(city.Server, secret);
        var answer = await robot.Post(
            "/readings", Many((fields[0], fields[0].After()), (far, far.After()), (fields[1], "12a"), (fields[2], fields[2].After())), "m");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        answer.Json.GetProperty("taken").GetInt32().ShouldBe(2);
        var readings = answer.Json.GetProperty("readings").EnumerateArray().ToList();
        readings.Select(r => r.GetProperty("fate").GetString()).ShouldBe(["taken", "refused", "refused", "taken"]);
        Findings(readings[1]).ShouldBe(["metering.register-foreign"], "foreign is like unknown");
        Findings(readings[2]).ShouldBe(["metering.index-unreadable"]);
        var recorded = await Latest(fields[0]);
        (recorded.RecordedBy, recorded.Source).ShouldBe(($"api:{key.Name}", ReadingSource.Consumer));
        await using var scope = city.Server.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<OchagDb>().Set<AuditLine>().AsNoTracking()
            .SingleAsync(l => l.Login == $"api:{key.Name}", Stop)).Action.ShouldBe(AuditActions.ReadingsRecorded);
    }

    [Fact]
    public async Task The_same_request_gets_the_same_answer_and_happens_once()
    {
        var field = (await Lively("комсомольская 12 3", city.North, 3, 1))[0];
        using var robot = await Robot.With(city.Server, city.North.Id, [Scopes.Readings]);
        using var other = await Robot.With(city.Server, city.North.Id, [Scopes.Readings]);
        var (path, body) = ($"/meters/{field.Register.Meter.Id.Value}/readings", Body(field, field.After()));
        var first = await robot.Post(path, body, "retry");
        first.Status.ShouldBe(HttpStatusCode.Created);
        (await robot.Post(path, body, "retry", "en")).ShouldBe(first, "to the letter, in its own language too");
        var reused = await robot.Post(path, Body(field, field.After() + 1), "retry");
        (reused.Status, reused.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "api.idempotency-reused"));
        (await other.Post(path, body, "retry")).Json.GetProperty("fate").GetString().ShouldBe("known", "another key has its own");
        (await robot.Post("/readings", Many((field, field.After())), "retry")).Code.ShouldBe("api.idempotency-reused");
        (await robot.Post(path, body, null)).Code.ShouldBe("api.idempotency-key-missing");
        (await robot.Post(path, body, new('a', 101))).Code.ShouldBe("api.idempotency-key-wrong");
        (await robot.Post(path, body, "with space")).Code.ShouldBe("api.idempotency-key-wrong");
    }

    [Fact]
    public async Task Of_many_at_once_with_one_key_one_happens_and_all_hear_of_it()
    {
        var field = (await Lively("комсомольская 12 3", city.North, 4, 1))[0];
        using var robot = await Robot.With(city.Server, city.North.Id, [Scopes.Readings]);
        var (path, body) = ($"/meters/{field.Register.Meter.Id.Value}/readings", Body(field, field.After()));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => robot.Post(path, body, "at-once")));
        answers.Select(a => a.Body).Distinct().ShouldHaveSingleItem();
        answers[0].Status.ShouldBe(HttpStatusCode.Created, "the effect is one, and so is the answer");
    }

    [Theory]
    [InlineData("{", "api.body-unreadable")]
    [InlineData("null", "api.body-unreadable")]
    [InlineData("[]", "api.body-unreadable")]
    [InlineData("{ 'readings': null }", "api.body-unreadable")]
    [InlineData("{ 'readings': [null] }", "api.body-unreadable")]
    [InlineData("{ 'readings': [], 'more': 1 }", "api.body-unreadable")]
    [InlineData("{ 'readings': [], 'readings': [] }", "api.body-unreadable")]
    [InlineData("{ 'readings': [{ 'meter': '1', 'day': '2026-11-02', 'source': 'consumer', 'values': [] }] }", "api.body-unreadable")]
    [InlineData("{ 'readings': [{ 'meter': 1, 'day': '2026-02-30', 'source': 'consumer', 'values': [] }] }", "api.body-unreadable")]
    [InlineData("{ 'readings': [{ 'meter': 1, 'day': '2026-11-02', 'source': 'act', 'values': [] }] }", "api.body-unreadable")]
    [InlineData("{ 'readings': [{ 'meter': 1, 'day': '2026-11-02', 'source': 1, 'values': [] }] }", "api.body-unreadable")]
    [InlineData("{ 'readings': [] }", "api.readings-count")]
    [InlineData("{ 'readings': [{ 'meter': 1, 'day': '2026-11-02', 'source': 'consumer', 'values': [] }] }", "api.reading-wrong")]
    [InlineData("{ 'readings': [{ 'meter': 1, 'day': '2026-11-02', 'source': 'consumer', 'values': [null] }] }", "api.reading-wrong")]
    public async Task What_is_no_reading_is_refused_with_its_place(string body, string code)
    {
        using var robot = await Robot.With(city.Server, city.North.Id, [Scopes.Readings]);
        var answer = await robot.Post("/readings", body.Replace('\'', '"'), "bad");
        answer.Code.ShouldBe(code, answer.Body);
        ((int)answer.Status).ShouldBeInRange(400, 422);
        answer.Body.ShouldNotContain("Ochag.", Case.Sensitive, "no types of ours");
    }

    /// <summary>From the end of the sheet, and each scenario its own: others read the same houses from the beginning.</summary>
    private async Task<List<SheetField>> Lively(string address, TerritoryRecord territory, int skip, int count)
    {
        var (_, fields) = await city.Sheet(address, territory);
        return [.. fields.Where(f => f.IsLively && f.Register.Zone == Zone.Single).OrderByDescending(f => f.Register.Meter.Id.Value)
            .Skip(skip).Take(count)];
    }

    private async Task<RecordedReading> Latest(SheetField field)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var metering = scope.ServiceProvider.GetRequiredService<IMetering>();
        var id = (await metering.LatestReadings([field.Register.Meter.Id], 1, Stop))[field.Register.Meter.Id].Single().Id;
        return (await metering.FindReadings([id], Stop)).Single();
    }

    private static string ZoneOf(SheetField field) => JsonNamingPolicy.CamelCase.ConvertName($"{field.Register.Zone}");

    private static List<string> Findings(JsonElement reading) =>
        [.. reading.GetProperty("values").EnumerateArray().SelectMany(v => v.GetProperty("findings").EnumerateArray())
            .Select(f => f.GetProperty("code").GetString()!)];
}
