using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cases;

/// <summary>
/// A building in memory for one golden case: one account under test, neighbours where the kind needs them, and the
/// parameters of the case laid over the rule pack. It is charged by the same function as the bill run.
/// </summary>
internal sealed class Scene(RulePack pack)
{
    private static readonly LocalDate Ever = new(2020, 1, 1);
    private const string System = "case";

    private readonly List<Parameter> _parameters = [];
    private readonly List<PremisesRecord> _premises = [];
    private readonly List<AccountRecord> _accounts = [];
    private readonly List<MeterRecord> _buildingMeters = [];
    private readonly List<CommonNeeds> _needs = [];
    private readonly Dictionary<MeterId, IReadOnlyList<Reading>> _readings = [];
    private readonly Dictionary<MeterId, IReadOnlyList<MonthlyVolume>> _volumes = [];
    private Fixed _commonArea = Fixed.Of(1);
    private Func<BuildingFacts, BuildingFacts> _change = facts => facts;

    public BillingPeriod Month { get; private set; } = new(2026, 10);

    public AccountId Account => new(1);

    public Scene Tariff(string key, Exact value) => With(ParameterTable.Tariff, key, value);

    public Scene Norm(string key, Exact value) => With(ParameterTable.Norm, key, value);

    public Scene Setting(string key, Exact value) => With(ParameterTable.Setting, key, value);

    public Scene HeatPerCubicMetre(Exact value) => With(ParameterTable.HeatPerCubicMetre, System, value);

    public Scene RaisingFactor(Exact value) => With(ParameterTable.RaisingFactor, "kp", value);

    public Scene HeatingAlways() => With(ParameterTable.HeatingSeason, "heating", Exact.One);

    /// <summary>The month that is charged; before any meter is read.</summary>
    public Scene In(BillingPeriod month)
    {
        Month = month;
        return this;
    }

    /// <summary>A parameter of some days only.</summary>
    public Scene Dated(ParameterTable table, string key, LocalDate from, LocalDate? to, Exact value)
    {
        _parameters.Add(new(table, key, from, to, value));
        return this;
    }

    /// <summary>Facts beside the building itself: acts, absences, events.</summary>
    public Scene With(Func<BuildingFacts, BuildingFacts> change)
    {
        var before = _change;
        _change = facts => change(before(facts));
        return this;
    }

    /// <summary>Alters the room made last.</summary>
    public Scene Where(Func<PremisesRecord, PremisesRecord> change)
    {
        _premises[^1] = change(_premises[^1]);
        return this;
    }

    /// <summary>Alters the account made last.</summary>
    public Scene Whose(Func<AccountRecord, AccountRecord> change)
    {
        _accounts[^1] = change(_accounts[^1]);
        return this;
    }

    public Scene CommonArea(Fixed area)
    {
        _commonArea = area;
        return this;
    }

    public Scene CommonNeeds(Service service, bool capped)
    {
        _needs.Add(new(Ever, null, service, CommonNeedsMode.Meter, capped));
        return this;
    }

    /// <summary>A room; its account, when it has one, is connected to the service.</summary>
    public Scene Room(
        Fixed area, Service? service = null, int persons = 1, bool meterPossible = false, bool ownHeat = false,
            params (Zone Zone, Fixed Before, Fixed Now)[] meter)
    {
        var id = new PremisesId(_premises.Count + 1);
        var meters = meter.Length == 0 ? [] : new[] { Meter(service!.Value, 9, [.. meter.Select(m => m.Zone)]) };
        if (meter.Length > 0)
            Read(meters[0].Id, meter);
        _premises.Add(new(id, [new(Ever, null, PremisesKind.Living, area, ownHeat, meterPossible, meterPossible)], meters));
        if (service is { } connected)
        {
            _accounts.Add(new(
                new(_accounts.Count + 1), id, Ever, null, HolderKind.Person, 1, [new(0, Ever, null, persons, Temporary: false)],
                    [new(connected, Ever, null)], []));
        }

        return this;
    }

    /// <summary>Dial digits of the only meter so far.</summary>
    public Scene Dial(int digits)
    {
        var last = _premises[^1];
        _premises[^1] = last with { Meters = [.. last.Meters.Select(m => m with { Digits = digits })] };
        return this;
    }

    public Scene BuildingVolume(Service service, Fixed volume) => BuildingVolumes(service, [(Month, volume)]);

    public Scene BuildingVolumes(Service service, IEnumerable<(BillingPeriod Month, Fixed Volume)> volumes)
    {
        var meter = Meter(service, 9, [Zone.Single]);
        _buildingMeters.Add(meter);
        _volumes[meter.Id] = [.. volumes.Select(v => new MonthlyVolume(v.Month, [new(Zone.Single, v.Volume)]))];
        return this;
    }

    /// <summary>The lines of the account under test.</summary>
    public Charged Charge()
    {
        var rules = Rules.Over(pack, _parameters);
        var facts = new BuildingFacts
        {
            Building = new(
                new(1), [new(Ever, null, _commonArea, System, 1, HeatMeterPossible: false)], _needs, _premises, _accounts, _buildingMeters),
            Currency = Currency.Rub,
            TimeZone = DateTimeZone.Utc,
            Since = Month,
            Readings = _readings,
            MeterVolumes = _volumes,
        };
        var evaluated = Evaluator.EvaluateBuilding(_change(facts), rules, Month);
        return evaluated.Refusal is { } refusal
            ? throw new FormatException($"evaluation: {refusal}")
            : new([.. evaluated.Value.Lines.Where(l => l.Account == Account)]);
    }

    private Scene With(ParameterTable table, string key, Exact value)
    {
        _parameters.Add(new(table, key, Ever, null, value));
        return this;
    }

    private MeterRecord Meter(Service service, int digits, Zone[] zones) => new(
        new(_readings.Count + _volumes.Count + 1), "case", service, digits, Fixed.Of(1), zones, Ever, null, [], []);

    private void Read(MeterId id, (Zone Zone, Fixed Before, Fixed Now)[] meter)
    {
        // Where readings are told as of the 1st, that day closes the month.
        var asOfFirst = pack.Parameters.Any(p => p.Parameter.Key == "reading_window_from");
        var day = asOfFirst ? Month.PlusMonths(1).FirstDay : Month.FirstDay.PlusDays(19);
        _readings[id] =
        [
            new(0, id, Ever, Ever, ReadingSource.Act, ReadingMark.Initial, [.. meter.Select(m => new RegisterIndex(m.Zone, m.Before))]),
            new(0, id, day, day, ReadingSource.Consumer, ReadingMark.None, [.. meter.Select(m => new RegisterIndex(m.Zone, m.Now))]),
        ];
    }
}

/// <summary>The charged lines of a case, asked by component.</summary>
internal sealed record Charged(IReadOnlyList<ChargeLine> Lines)
{
    public Exact Amount => Sum(_ => true);

    /// <summary>The amount of a main component with its excess.</summary>
    public Exact AmountOf(ComponentKind kind) =>
        Sum(l => l.Component.Kind == kind || (l.Component.Kind == ComponentKind.Excess && l.Component.Part == kind));

    public Exact Excess => Sum(l => l.Component.Kind == ComponentKind.Excess);

    public Exact Quantity(ComponentKind kind) =>
        Lines.Where(l => l.Component.Kind == kind).Aggregate(Exact.Zero, (sum, l) => sum + l.Quantity);

    /// <summary>A value that the working names.</summary>
    public Exact Named(ComponentKind kind, Symbol symbol) => AllNamed(kind, symbol).FirstOrDefault();

    public IEnumerable<Exact> AllNamed(ComponentKind kind, Symbol symbol) => Lines.Where(l => l.Component.Kind == kind)
        .SelectMany(l => Replay.Run(Working.Read(l.Working)).Named).Where(n => n.Symbol == (int)symbol).Select(n => n.Value);

    /// <summary>The numbers that went into a working under a symbol.</summary>
    public IEnumerable<Exact> Inputs(ComponentKind kind, Symbol symbol) => Lines.Where(l => l.Component.Kind == kind)
        .SelectMany(l => Working.Read(l.Working).Steps).Where(s => s.Kind == StepKind.Number && s.Symbol == (int)symbol)
        .Select(s => s.Value);

    public Exact AmountOf(Func<Component, bool> which) => Sum(l => which(l.Component));

    private Exact Sum(Func<ChargeLine, bool> which) =>
        Lines.Where(which).Aggregate(Exact.Zero, (sum, l) => sum + l.Amount.ToExact());
}
