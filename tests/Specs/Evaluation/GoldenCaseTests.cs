using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ochag.Server.Cases;
using Shouldly;

namespace Ochag.Specs.Evaluation;

public sealed class GoldenCaseTests
{
    private static readonly JsonArray Cases =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "golden-cases.json")))!.AsArray();

    /// <summary>Their keys are tried one by one below.</summary>
    private static readonly string[] TriedByHand = "meter norm hw2 zones heat_norm heat_odpu odn vat round".Split(' ');

    private static readonly string[] Due =
    [
        .. TriedByHand,
        .. "ranges ranges_zones heat_ipu heat_partial heat_year heat_trueup gas_norm gas_temp odn_neg average missing_mode".Split(' '),
        .. "p61 p62_norm p62_power outage hw_temp hw_cold heat_temp p101 p100 pressure absence residents tariff_split".Split(' '),
        .. "inn snils account corr workdays caldays ua_plan ua_recalc".Split(' '),
    ];

    [Fact]
    public void Every_case_of_a_kind_that_is_due_passes_and_no_other_kind_pretends_to()
    {
        var results = Run(Cases);
        results.Where(r => Due.Contains(r.Kind)).ShouldAllBe(r => r.Status == "pass");
        results.Where(r => !Due.Contains(r.Kind)).ShouldAllBe(r => r.Status == "not-yet");
        results.Select(r => r.Kind).Intersect(Due).Count().ShouldBe(Due.Length);
    }

    [Theory]
    [InlineData("ru-354")]
    [InlineData("ua-gas")]
    public void A_packs_own_cases_pass_on_it(string pack)
    {
        var file = Path.Combine(Repository.Root, "rulepacks", pack, "golden-cases.json");
        var results = GoldenCases.Run(JsonDocument.Parse(File.ReadAllText(file)).RootElement, WorkedBuildingTests.Pack(pack));
        results.ShouldNotBeEmpty();
        results.ShouldAllBe(r => r.Status == "pass");
    }

    /// <summary>Every key of every kind matters: another value of it alone gives another outcome.</summary>
    [Theory]
    [InlineData("meter", """{"prev":"512","curr":"519","tariff":"45.32"}""", "prev", "511")]
    [InlineData("meter", """{"prev":"512","curr":"519","tariff":"45.32"}""", "curr", "520")]
    [InlineData("meter", """{"prev":"512","curr":"519","tariff":"45.32"}""", "tariff", "45.33")]
    [InlineData("meter", """{"prev":"99998","curr":"3","tariff":"45.32","digits":5}""", "digits", "6")]
    [InlineData("norm", """{"residents":"3","norm":"6.935","tariff":"45.32","k":"1"}""", "residents", "2")]
    [InlineData("norm", """{"residents":"3","norm":"6.935","tariff":"45.32","k":"1"}""", "norm", "6.9")]
    [InlineData("norm", """{"residents":"3","norm":"6.935","tariff":"45.32","k":"1"}""", "tariff", "45.33")]
    [InlineData("norm", """{"residents":"3","norm":"6.935","tariff":"45.32","k":"1"}""", "k", "1.5")]
    [InlineData("hw2", """{"volume":"4.5","t_carrier":"45.32","q":"0.0649","t_heat":"2512.47","k":"1"}""", "volume", "4.6")]
    [InlineData("hw2", """{"volume":"4.5","t_carrier":"45.32","q":"0.0649","t_heat":"2512.47","k":"1"}""", "t_carrier", "45.4")]
    [InlineData("hw2", """{"volume":"4.5","t_carrier":"45.32","q":"0.0649","t_heat":"2512.47","k":"1"}""", "q", "0.065")]
    [InlineData("hw2", """{"volume":"4.5","t_carrier":"45.32","q":"0.0649","t_heat":"2512.47","k":"1"}""", "t_heat", "2513")]
    [InlineData("hw2", """{"residents":"2","norm":"3.2","t_carrier":"45.32","q":"0.0649","t_heat":"2512.47","k":"1"}""", "k", "1.5")]
    [InlineData("hw2", """{"residents":"2","norm":"3.2","t_carrier":"45.32","q":"0.0649","t_heat":"2512.47","k":"1"}""", "residents", "3")]
    [InlineData("hw2", """{"residents":"2","norm":"3.2","t_carrier":"45.32","q":"0.0649","t_heat":"2512.47","k":"1"}""", "norm", "3.3")]
    [InlineData("zones", DayNight, "zones", """[{"v":"180","t":"7.10"},{"v":"96","t":"3.55"}]""")]
    [InlineData("zones", DayNight, "zones", """[{"v":"180","t":"7.11"},{"v":"95","t":"3.55"}]""")]
    [InlineData("heat_norm", """{"area":"54.3","norm":"0.0253","tariff":"2512.47","season_share":"1"}""", "area", "54.4")]
    [InlineData("heat_norm", """{"area":"54.3","norm":"0.0253","tariff":"2512.47","season_share":"1"}""", "norm", "0.0254")]
    [InlineData("heat_norm", """{"area":"54.3","norm":"0.0253","tariff":"2512.47","season_share":"1"}""", "tariff", "2513")]
    [InlineData("heat_norm", """{"area":"54.3","norm":"0.0253","tariff":"2512.47","season_share":"1"}""", "season_share", "2/3")]
    [InlineData("heat_odpu", HeatByMeter, "vd", "182.5")]
    [InlineData("heat_odpu", HeatByMeter, "area", "54.4")]
    [InlineData("heat_odpu", HeatByMeter, "s_ob", "6541")]
    [InlineData("heat_odpu", HeatByMeter, "s_oi", "813")]
    [InlineData("heat_odpu", HeatByMeter, "s_ind", "211")]
    [InlineData("heat_odpu", HeatByMeter, "individual_heat", "true")]
    [InlineData("heat_odpu", HeatByMeter, "tariff", "2513")]
    [InlineData("odn", Uncapped, "vd", "1251")]
    [InlineData("odn", Uncapped, "sum_individual", "1189")]
    [InlineData("odn", CommonNeeds, "norm", "0.0326")]
    [InlineData("odn", CommonNeeds, "s_oi", "1401")]
    [InlineData("odn", CommonNeeds, "area", "54.4")]
    [InlineData("odn", CommonNeeds, "s_ob", "6541")]
    [InlineData("odn", CommonNeeds, "tariff", "46.33")]
    [InlineData("odn", CommonNeeds, "cap", "false")]
    [InlineData("vat", """{"gross":"4706.56","rate":"22"}""", "gross", "4707")]
    [InlineData("vat", """{"gross":"4706.56","rate":"22"}""", "rate", "20")]
    [InlineData("round", """{"value":"2.345"}""", "value", "2.344")]
    [InlineData("heat_temp", ColdRoom, "night_hours", "13")]
    [InlineData("inn", """{"inn":"7707083893"}""", "inn", "7707083894")]
    [InlineData("snils", """{"snils":"112-233-445 95"}""", "snils", "112-233-445 96")]
    [InlineData("account", """{"bic":"044525225","account":"40702810638000000123"}""", "bic", "044525226")]
    [InlineData("account", """{"bic":"044525225","account":"40702810638000000123"}""", "account", "40702810638000000124")]
    [InlineData("corr", """{"bic":"044525225","account":"30101810400000000225"}""", "bic", "044530225")]
    [InlineData("corr", """{"bic":"044525225","account":"30101810400000000225"}""", "account", "30101810500000000225")]
    [InlineData("workdays", """{"received":"2026-09-08","working_days":3}""", "received", "2026-09-09")]
    [InlineData("workdays", """{"received":"2026-09-08","working_days":3}""", "working_days", "4")]
    [InlineData("caldays", """{"registered":"2026-09-01","days":30}""", "registered", "2026-09-02")]
    [InlineData("caldays", """{"registered":"2026-09-01","days":30}""", "days", "31")]
    public void Every_key_of_a_kind_changes_the_outcome(string kind, string input, string key, string other)
    {
        var changed = JsonNode.Parse(input)!.AsObject();
        changed[key] = other is "true" or "false" || other[0] == '[' ? JsonNode.Parse(other) : JsonValue.Create(other);
        Outcome(kind, changed).ShouldNotBe(Outcome(kind, JsonNode.Parse(input)!.AsObject()));
    }

    public static TheoryData<string, string> KeysOfKinds => [.. Cases
        .SelectMany(c => c!["input"]!.AsObject().Select(i => (Kind: c["kind"]!.GetValue<string>(), i.Key)))
        .Where(k => Due.Contains(k.Kind) && !TriedByHand.Contains(k.Kind) && k is not ("heat_temp", "night_hours"))
        .Distinct().Select(k => new TheoryDataRow<string, string>(k.Kind, k.Key))];

    /// <summary>The same of the cases in the file: some other value of each key gives another outcome.</summary>
    [Theory]
    [MemberData(nameof(KeysOfKinds))]
    public void Some_other_value_of_every_key_changes_the_outcome(string kind, string key)
    {
        var inputs = Cases.Where(c => c!["kind"]!.GetValue<string>() == kind && c["input"]!.AsObject().ContainsKey(key)).ToList();
        inputs.SelectMany(c => Others(c!["input"]![key]).Select(other => (Case: c, Other: other))).Any(pair =>
        {
            var changed = pair.Case!.DeepClone();
            changed["input"]![key] = pair.Other;
            return Shown(changed) != Shown(pair.Case);
        }).ShouldBeTrue();
    }

    private static IEnumerable<JsonNode?> Others(JsonNode? value) => value switch
    {
        JsonArray list => Enumerable.Range(0, list.Count).SelectMany(i => Others(list[i]).Select(o => Altered(list, i, o))),
        JsonObject members => members.SelectMany(m => Others(m.Value).Select(o => Altered(members, m.Key, o))),
        JsonValue flag when flag.TryGetValue<bool>(out var given) => [!given],
        JsonValue count when count.TryGetValue<int>(out var given) => [given + 1, given + 40],
        JsonValue text when text.TryGetValue<string>(out var given) => OtherTexts(given).Select(t => (JsonNode?)t),
        _ => [JsonValue.Create(false)],
    };

    private static JsonArray Altered(JsonArray list, int at, JsonNode? other)
    {
        var copy = list.DeepClone().AsArray();
        copy[at] = other;
        return copy;
    }

    private static JsonObject Altered(JsonObject members, string at, JsonNode? other)
    {
        var copy = members.DeepClone().AsObject();
        copy[at] = other;
        return copy;
    }

    private static IEnumerable<string> OtherTexts(string given) =>
        given.Length == 10 && given[4] == '-' ? [given[..8] + (given[8..] == "02" ? "03" : "02")]
        : decimal.TryParse(given, CultureInfo.InvariantCulture, out var number)
            ? new[] { number + 1, number * 2, number / 2 }.Select(n => n.ToString("0.######", CultureInfo.InvariantCulture))
            : ["not_submitted", "meter_failed", "access_refused", "1" + given];

    private static string Shown(JsonNode golden)
    {
        var result = Run(new JsonArray(golden.DeepClone())).ShouldHaveSingleItem();
        return string.Join(' ', result.Actual.Select(a => $"{a.Key}={a.Value}"));
    }

    [Fact]
    public void A_key_that_a_kind_does_not_know_fails_the_case()
    {
        var input = JsonNode.Parse("""{"gross":"1","rate":"22","city":"x"}""")!.AsObject();
        var result = Run(new JsonArray(Case("vat", input, "vat"))).ShouldHaveSingleItem();
        result.Status.ShouldBe("fail");
        result.Actual["fail"].ShouldContain("city");
    }

    private const string ColdRoom =
        """{"fee":"3451.61","t_norm":"18","t":"14","day_hours":"48","night_hours":"12","night_tolerance":"3"}""";

    private const string DayNight = """{"zones":[{"v":"180","t":"7.10"},{"v":"95","t":"3.55"}]}""";

    private const string HeatByMeter =
        """{"vd":"182.4","area":"54.3","s_ob":"6540.2","s_oi":"812.5","s_ind":"210.4","individual_heat":false,"tariff":"2512.47"}""";

    private const string CommonNeedsHead =
        """{"vd":"1250","sum_individual":"1190","norm":"0.0325","s_oi":"1400","area":"54.3","s_ob":"6540.2","tariff":"45.32","cap":""";

    private const string CommonNeeds = CommonNeedsHead + "true}";

    private const string Uncapped = CommonNeedsHead + "false}";

    private static string Outcome(string kind, JsonObject input)
    {
        string[] keys =
        [
            "volume", "amount", "excess", "carrier", "heat_gcal", "heat", "v_room", "v_common", "v_house", "vat", "rounded",
            "valid", "due", "reduction",
        ];
        var result = Run(new JsonArray(Case(kind, input, keys))).ShouldHaveSingleItem();
        result.Actual.ContainsKey("fail").ShouldBeFalse();
        return string.Join(' ', result.Actual.Select(a => $"{a.Key}={a.Value}"));
    }

    private static JsonObject Case(string kind, JsonObject input, params string[] keys) => new()
    {
        ["id"] = "X",
        ["kind"] = kind,
        ["input"] = input,
        ["expected"] = new JsonObject(keys.Select(k => KeyValuePair.Create(k, (JsonNode?)"0.00000000"))),
    };

    private static IReadOnlyList<CaseResult> Run(JsonArray cases)
    {
        using var document = JsonDocument.Parse(cases.ToJsonString());
        return GoldenCases.Run(document.RootElement, WorkedBuildingTests.Pack());
    }
}
