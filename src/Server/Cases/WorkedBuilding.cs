using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cases;

/// <summary>
/// A worked building (tests/worked-bills/FORMAT.md): its facts and parameters turned into what the evaluator takes, and
/// the bills it must come to.
/// </summary>
internal sealed class WorkedBuilding
{
    private readonly JsonElement _root;
    private readonly DateTimeZone _zone;
    private readonly RulePack _pack;
    private readonly Names _names = new();
    private readonly Dictionary<BillingPeriod, EvaluatedBuilding> _evaluated = [];

    private WorkedBuilding(JsonElement root, RulePack pack)
    {
        (_root, _pack) = (root, pack);
        _zone = DateTimeZoneProviders.Tzdb[root.GetProperty("territory").Text("time_zone")];
        Months = [.. root.GetProperty("months").EnumerateArray().Select(m => BillingPeriod.Parse(m.GetString()!))];
        Parameters = [.. WorkedParameters.Read(root)];
        Rules = Rules.Over(pack, Parameters);
        Facts = ReadFacts();
    }

    public string Id => _root.GetProperty("id").GetString()!;
    public string PackName => _pack.Name;
    public IReadOnlyList<BillingPeriod> Months { get; }
    public IReadOnlyList<Parameter> Parameters { get; }
    public Rules Rules { get; }
    public BuildingFacts Facts { get; }
    public JsonElement Expected => _root.GetProperty("expected");

    public static WorkedBuilding Read(JsonElement root, RulePack pack) => new(root, pack);

    public string AccountName(AccountId account) => _names.Of(account.Value);

    public string HolderName(HolderId holder) => _names.Of(holder.Value)["holder ".Length..];

    public AccountRecord Account(string name) => Facts.Building.Accounts.Single(a => AccountName(a.Id) == name);

    /// <exception cref="WorkedRefusedException">The evaluation refused.</exception>
    public EvaluatedBuilding Evaluate(BillingPeriod month)
    {
        if (_evaluated.TryGetValue(month, out var known))
            return known;
        var evaluated = Evaluator.EvaluateBuilding(Facts, Rules, month);
        return _evaluated[month] = evaluated.Refusal is { } refusal ? throw new WorkedRefusedException(refusal) : evaluated.Value;
    }

    /// <summary>The building with later facts known too, applied in the given order.</summary>
    public WorkedBuilding Learn(IReadOnlyList<string> laterFacts)
    {
        var root = JsonNode.Parse(_root.GetRawText())!;
        foreach (var id in laterFacts)
        {
            foreach (var op in _root.Items("later_facts").Single(f => f.Text("id") == id).Items("ops"))
                WorkedRecalculation.Apply(root, op);
        }

        return new(JsonSerializer.SerializeToElement(root), _pack);
    }

    private BuildingFacts ReadFacts()
    {
        var building = _root.GetProperty("building");
        var readings = new Dictionary<MeterId, IReadOnlyList<Reading>>();
        var history = new Dictionary<(PremisesId, Service), IReadOnlyList<MonthlyVolume>>();
        var premises = building.GetProperty("premises").EnumerateArray().Select(p => ReadPremises(p, readings, history)).ToList();
        var volumes = new Dictionary<MeterId, IReadOnlyList<MonthlyVolume>>();
        var record = new BuildingRecord(
            new(1),
            [ReadPassport(building)],
            [.. ReadCommonNeeds(building)],
            premises,
            [.. _root.GetProperty("accounts").EnumerateArray().Select(ReadAccount)],
            [.. ReadBuildingMeters(building, readings, volumes)]);
        return new()
        {
            Building = record,
            Currency = CurrencyOf(_root),
            TimeZone = _zone,
            Since = Months[0],
            Readings = readings,
            MeterVolumes = volumes,
            History = history,
            StartStates = building.Items("premises").SelectMany(p => p.Members("start_state").Select(s => (Premises: p, State: s)))
                .ToDictionary(x => (new PremisesId(_names.Id(x.Premises.Text("id"))), WorkedTerms.ServiceOf(x.State.Name)),
                    x => new StartState(x.State.Value.Whole("missing_periods", 0), x.State.Value.Whole("failed_periods", 0))),
            Acts = [.. _root.Items("acts").Select(ReadAct)],
            Absences = ByAccount(a => a.Items("absences").Select(ReadAbsence)),
            QualityEvents = [.. _root.Items("quality_events").Select(ReadEvent)],
            Benefits = ByAccount(a => a.Items("benefits").Select(ReadBenefit)),
            ContractLoads = ByAccount(a => a.TryGetProperty("contract", out var contract) ? ReadLoads(contract) : []),
            HeatingCharged = Accounts.SelectMany(a => a.Members("charged_heating").Select(c => (Account: a, Charged: c))).ToDictionary(
                x => (IdOf(x.Account), int.Parse(x.Charged.Name, System.Globalization.CultureInfo.InvariantCulture)),
                x => Money.Round(Exact.Parse(x.Charged.Value.GetString()!), CurrencyOf(_root))),
        };
    }

    private IEnumerable<JsonElement> Accounts => _root.Items("accounts");

    private AccountId IdOf(JsonElement account) => new(_names.Id(account.Text("id")));

    private Dictionary<AccountId, IReadOnlyList<T>> ByAccount<T>(Func<JsonElement, IEnumerable<T>> read) =>
        Accounts.ToDictionary(IdOf, a => (IReadOnlyList<T>)[.. read(a)]);

    private static Currency CurrencyOf(JsonElement root) =>
        Enum.Parse<Currency>(root.GetProperty("territory").Text("currency"), ignoreCase: true);

    private MeterAct ReadAct(JsonElement act) => new(
        0,
        new(_names.Id(act.Text("premises"))),
        WorkedTerms.ServiceOf(act.Text("service")),
        act.Text("kind") switch
        {
            "no_access" => MeterActKind.NoAccess,
            "p61" => MeterActKind.Difference,
            "p62" => act.Text("way") == "power" ? MeterActKind.Unauthorised : MeterActKind.Interference,
            var kind => throw new FormatException($"Unknown act '{kind}'."),
        },
        Day(act.Text("date")),
        OptionalDay(act, "access"),
        act.TryGetProperty("meter", out var meter) ? new(_names.Id("meter " + meter.GetString())) : null,
        act.TryGetProperty("values", out var values) ? Indexes(values) : null,
        OptionalDay(act, "from"),
        OptionalDay(act, "last_check"),
        OptionalDay(act, "removed"),
        act.TryGetProperty("kw", out var kw) ? Fixed.Parse(kw.GetString()!) : null);

    private QualityEvent ReadEvent(JsonElement e) => new(
        0,
        WorkedTerms.ServiceOf(e.Text("service")),
        e.Text("scope") == "account" ? [.. e.Items("accounts").Select(a => new AccountId(_names.Id(a.GetString()!)))] : null,
        Moment(e.Text("from")),
        Moment(e.Text("to")),
        e.Text("kind") switch
        {
            "break" => QualityKind.Break,
            "temperature" => QualityKind.Temperature,
            "pressure" => QualityKind.Pressure,
            "composition" => QualityKind.Composition,
            var kind => throw new FormatException($"Unknown kind of event '{kind}'."),
        },
        e.Flag("planned"),
        e.TryGetProperty("limits", out var limits) && limits.ToString().Contains("dead_end_main", StringComparison.Ordinal),
        e.TryGetProperty("norm_temp", out var norm) ? Exact.Parse(norm.GetString()!) : null,
        [.. e.Items("series").Select(l => new QualityLevel(
            Moment(l.Text("from")), Exact.Parse(l.Text(l.TryGetProperty("value", out _) ? "value" : "deviation_percent"))))]);

    private static Benefit ReadBenefit(JsonElement b) => new(
        0, [.. b.Items("services").Select(s => WorkedTerms.ServiceOf(s.GetString()!))], b.Whole("persons", 1),
        Exact.Parse(b.Text("percent")), Day(b.Text("from")), OptionalDay(b, "to"));

    private static IEnumerable<ContractLoad> ReadLoads(JsonElement contract) => contract.Members("load").Select(load => new ContractLoad(
        0, contract.Text("number"), WorkedTerms.ServiceOf(load.Name), Exact.Parse(load.Value.Text("per_hour")),
        Exact.Parse(load.Value.Text("hours_per_day")), Day(contract.Text("from")), OptionalDay(contract, "to")));

    /// <summary>Local wall time; of a doubled hour the earlier one, as the files have no sign for the later.</summary>
    private Instant Moment(string text) =>
        _zone.AtLeniently(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value).ToInstant();

    private static BuildingPassport ReadPassport(JsonElement building) => new(
        new LocalDate(1990, 1, 1),
        null,
        Fixed.Parse(building.Text("common_area")),
        building.Text("hot_water_system"),
        building.Whole("electricity_sources", 1),
        building.Flag("heat_meter_possible"));

    private static IEnumerable<CommonNeeds> ReadCommonNeeds(JsonElement building) => building.Members("odn").Select(odn => new CommonNeeds(
        new LocalDate(1990, 1, 1),
        null,
        WorkedTerms.ServiceOf(odn.Name),
        odn.Value.Text("mode") == "norm" ? CommonNeedsMode.Norm : CommonNeedsMode.Meter,
        odn.Value.Flag("cap", true)));

    private IEnumerable<MeterRecord> ReadBuildingMeters(
        JsonElement building,
        Dictionary<MeterId, IReadOnlyList<Reading>> readings,
        Dictionary<MeterId, IReadOnlyList<MonthlyVolume>> volumes)
    {
        foreach (var meter in building.Members("meters"))
        {
            var id = new MeterId(_names.Id("building meter " + meter.Name));
            if (meter.Value.TryGetProperty("volumes", out var known))
            {
                volumes[id] = [.. known.EnumerateObject().Select(v => new MonthlyVolume(
                    BillingPeriod.Parse(v.Name), [new(Zone.Single, Fixed.Parse(v.Value.GetString()!))]))];
            }

            if (meter.Value.TryGetProperty("readings", out var indexes))
            {
                readings[id] = [.. indexes.EnumerateObject().Select(r => BillingPeriod.Parse(r.Name).LastDay is var day
                    ? new Reading(0, id, day, day, ReadingSource.Controller, ReadingMark.None,
                        [new(Zone.Single, Fixed.Parse(r.Value.GetString()!))])
                    : throw new InvalidOperationException())];
            }

            yield return new(
                id, meter.Name, WorkedTerms.ServiceOf(meter.Name), meter.Value.Whole("digits", 9),
                Fixed.Parse(meter.Value.Text("multiplier", "1")), [Zone.Single], new LocalDate(1990, 1, 1), null, [], []);
        }
    }

    private PremisesRecord ReadPremises(
        JsonElement premises,
        Dictionary<MeterId, IReadOnlyList<Reading>> readings,
        Dictionary<(PremisesId, Service), IReadOnlyList<MonthlyVolume>> history)
    {
        var id = new PremisesId(_names.Id(premises.Text("id")));
        var areas = premises.Items("area").OrderBy(a => a.Text("from"), StringComparer.Ordinal).ToList();
        var possible = premises.GetProperty("meter_possible");
        var passports = areas.Select((area, i) => new PremisesPassport(
            BillingPeriod.Parse(area.Text("from")).FirstDay,
            i + 1 < areas.Count ? BillingPeriod.Parse(areas[i + 1].Text("from")).FirstDay.PlusDays(-1) : null,
            premises.Text("kind") == "living" ? PremisesKind.Living : PremisesKind.NonLiving,
            Fixed.Parse(area.Text("value")),
            premises.Text("heating", "central") == "own_source",
            possible.Flag("cold_water"),
            possible.Flag("hot_water")));
        foreach (var known in premises.Members("history"))
        {
            history[(id, WorkedTerms.ServiceOf(known.Name))] = [.. known.Value.EnumerateArray().Select(h => new MonthlyVolume(
                BillingPeriod.Parse(h.Text("month")),
                [.. h.GetProperty("values").EnumerateObject().Select(v => new RegisterVolume(WorkedTerms.ZoneOf(v.Name),
                    Fixed.Parse(v.Value.GetString()!)))]))];
        }

        return new(id, [.. passports], [.. premises.Items("meters").Select(m => ReadMeter(m, readings))])
        {
            Norms = [.. premises.Members("norm_keys").Select(n => new NormChoice(
                new LocalDate(1990, 1, 1), null, WorkedTerms.ServiceOf(n.Name), n.Value.GetString()!))],
            Gas = premises.TryGetProperty("gas", out var gas)
                ? [new(new LocalDate(1990, 1, 1), null, gas.Text("group"), Fixed.Parse(gas.Text("annual_volume")),
                    Fixed.Parse(gas.Text("distribution_annual_volume", "0")))]
                : [],
        };
    }

    private MeterRecord ReadMeter(JsonElement meter, Dictionary<MeterId, IReadOnlyList<Reading>> readings)
    {
        var id = new MeterId(_names.Id("meter " + meter.Text("serial")));
        var installed = Day(meter.Text("installed"));
        readings[id] =
        [
            new(0, id, installed, installed, ReadingSource.Act, ReadingMark.Initial, Indexes(meter.GetProperty("initial"))),
            .. meter.Items("readings").Select(r => ReadReading(id, r)),
        ];
        return new(
            id,
            meter.Text("serial"),
            WorkedTerms.ServiceOf(meter.Text("service")),
            meter.Whole("digits", 5),
            Fixed.Parse(meter.Text("multiplier", "1")),
            [.. meter.Items("zones").Select(z => WorkedTerms.ZoneOf(z.GetString()!))],
            installed,
            OptionalDay(meter, "removed"),
            [.. meter.Items("verifications").Select(v => new DayInterval(Day(v.Text("from")), OptionalDay(v, "until")))],
            [.. meter.Items("failed").Select(f => new DayInterval(Day(f.Text("from")), OptionalDay(f, "to")))]);
    }

    private static Reading ReadReading(MeterId meter, JsonElement reading)
    {
        var taken = Day(reading.Text("date"));
        var mark = reading.Flag("final") ? ReadingMark.Final
            : reading.Flag("split") ? ReadingMark.Split
            : reading.Flag("restart") ? ReadingMark.Restart
            : ReadingMark.None;
        return new(
            0, meter, taken, OptionalDay(reading, "received") ?? taken,
                Enum.Parse<ReadingSource>(reading.Text("source", "consumer"), ignoreCase: true), mark,
                    Indexes(reading.GetProperty("values")));
    }

    private AccountRecord ReadAccount(JsonElement account) => new(
        new(_names.Id(account.Text("id"))),
        new(_names.Id(account.Text("premises"))),
        Day(account.Text("opened")),
        OptionalDay(account, "closed"),
        account.Text("holder_kind") == "company" ? HolderKind.Company : HolderKind.Person,
        account.Whole("owners", 1),
        [.. account.Items("residents").Select(r => new Residents(0, Day(r.Text("from")), OptionalDay(r, "to"), r.Whole("count", 0),
            r.Flag("temporary")))],
        [.. account.Items("connections").Select(c => new Connection(WorkedTerms.ServiceOf(c.Text("service")), Day(c.Text("from")),
            OptionalDay(c, "to")))],
        [.. account.Items("holders").Select(h => ShareOf(new(_names.Id("holder " + h.Text("id"))), Exact.Parse(h.Text("share"))))]);

    private static HolderShare ShareOf(HolderId holder, Exact share) => new(holder, (int)share.Numerator, (int)share.Denominator);

    private static Absence ReadAbsence(JsonElement absence) => new(
        Day(absence.Text("from")), Day(absence.Text("to")), absence.Whole("persons", 1), absence.Flag("proof"),
        Day(absence.Text("applied")));

    private static RegisterIndex[] Indexes(JsonElement values) =>
        [.. values.EnumerateObject().Select(v => new RegisterIndex(WorkedTerms.ZoneOf(v.Name), Fixed.Parse(v.Value.GetString()!)))];

    internal static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static LocalDate? OptionalDay(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Day(value.GetString()!) : null;

    /// <summary>The ids of a file are texts; the evaluator's are numbers.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
        private readonly Dictionary<long, string> _names = [];

        public long Id(string name)
        {
            if (!_ids.TryGetValue(name, out var id))
            {
                _ids[name] = id = _ids.Count + 1;
                _names[id] = name;
            }

            return id;
        }

        public string Of(long id) => _names[id];
    }
}
