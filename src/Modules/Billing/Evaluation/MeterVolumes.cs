using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>What a premises' meters of a service come to in a month.</summary>
internal sealed record MeterMonth(IReadOnlyList<Piece> Pieces, IReadOnlyList<CheckedVolume> Checked);

/// <summary>The difference that a check found (p.61), by zone.</summary>
internal sealed record CheckedVolume(MeterAct Act, IReadOnlyList<ZoneVolume> Volumes);

/// <summary>
/// The volumes of a premises' meters of one service, month by month from the first billed one: what is on account
/// (averages and norms until a reading comes) is found by walking the months again, never stored
/// (p.59-61; rules.md section 2 and 18.2 to 18.7).
/// </summary>
internal sealed class MeterVolumes
{
    private readonly BuildingFacts _facts;
    private readonly Rules _rules;
    private readonly PremisesRecord _premises;
    private readonly Service _service;
    private readonly Func<BillingPeriod, Span, Exact> _normVolume;
    private readonly List<MeterAct> _acts;
    private readonly MeterSections _sections;
    private readonly MeterHistory _history;
    private readonly Tape _tape = new();
    private readonly OnAccount _account;
    private readonly List<CheckedVolume> _checked = [];

    private MeterRecord? _meter;
    private bool _broken;
    private LocalDate? _checkedOn;
    private int _missing;
    private int _refused;
    private int _failed;
    private int _removed;

    /// <param name="normVolume">The premises' volume by norm on some days of a month: it stays on account too.</param>
    public MeterVolumes(
        BuildingFacts facts, Rules rules, PremisesRecord premises, Service service, Func<BillingPeriod, Span, Exact> normVolume)
    {
        (_facts, _rules, _premises, _service, _normVolume) = (facts, rules, premises, service, normVolume);
        _acts = [.. facts.Acts.Where(a => a.Premises == premises.Id && a.Service == service)];
        _account = new(_tape);
        _sections = new([.. premises.Meters.Where(m => m.Service == service).OrderBy(m => m.Installed)], ReadingsOf);
        _history = new(facts.History.GetValueOrDefault((premises.Id, service)) ?? []);
        var start = facts.StartStates.GetValueOrDefault((premises.Id, service));
        (_missing, _failed) = (start.MissingPeriods, start.FailedPeriods);
        if (start.MissingPeriods > MostPeriods(rules.For(facts.Since)))
            _history.Norm();
    }

    /// <summary>The pieces of the month; all earlier months are walked first.</summary>
    public MeterMonth Of(BillingPeriod month)
    {
        var pieces = new List<Piece>();
        for (var m = _facts.Since; m <= month; m = m.PlusMonths(1))
        {
            pieces.Clear();
            _checked.Clear();
            Walk(_rules.For(m), pieces);
        }

        return new(pieces, [.. _checked]);
    }

    private void Walk(MonthRules month, List<Piece> pieces)
    {
        var sections = _sections.Of(month);
        _failed = sections.Exists(s => s is { Meter: not null, Valid: false }) ? _failed + 1 : 0;
        _removed = sections.Exists(s => s.Meter is null) ? _removed + 1 : 0;
        for (var i = 0; i < sections.Count; i++)
        {
            var section = sections[i];
            pieces.Add(section switch
            {
                { Meter: null } => Unmetered(month, section.Days),
                { Valid: false } => Invalid(month, section),
                _ => Valid(month, section, toMonthEnd: i == sections.Count - 1),
            });
        }

        _history.Close(month.Month, pieces);
    }

    /// <summary>No meter stands: by norm; gas by the mean while its meter is away for verification (Decree 549 p.30).</summary>
    private Piece Unmetered(MonthRules month, Span days) =>
        _meter is not null && _removed <= (month.FindSetting(Settings.RemovedPeriods, _service) ?? 0)
            && Average(month, days) is { } average
            ? average
            : WithoutMeter(month.Month, days);

    private Piece Valid(MonthRules month, Section section, bool toMonthEnd)
    {
        Enter(month, section);
        var refused = IsRefused(month);
        if (!_broken && !refused && Told(month, section, toMonthEnd) is { } told)
            return told;
        if (_service == Service.Gas && GasPlan.Of(_premises, month, section.Days, _tape) is { } planned)
        {
            _account.Average(Zone.Single, planned.Volumes[0].Volume.Value);
            return planned;
        }

        // A section that ends by removal or failure has nobody to settle its average later: it is final (18.2, 18.3).
        var onAccount = toMonthEnd || section.Split;
        if (onAccount)
            _ = refused ? _refused++ : _missing++;
        var cause = refused ? MissingCause.AccessRefused : MissingCause.NotSubmitted;
        var mode = MissingReadings.Mode(cause, refused ? _refused : _missing, Residential(month), MostPeriods(month));
        if (mode.Basis == Basis.Average && Average(month, section.Days) is { } average)
        {
            if (onAccount)
            {
                _history.Average();
                foreach (var volume in average.Volumes)
                    _account.Average(volume.Zone, volume.Volume.Value);
            }

            return average;
        }

        if (onAccount)
        {
            _account.Norm(section.Meter!.Zones[0], _normVolume(month.Month, section.Days));
            _history.Norm();
        }

        return Piece.ByNorm(section.Days, NormGround.Untold, mode.Factor && FactorDue(month.Month, section.Days.From));
    }

    /// <summary>The section by its readings, a check of the month among them; null: nobody told any.</summary>
    private Piece? Told(MonthRules month, Section section, bool toMonthEnd)
    {
        var settles = new Settled(1 + Math.Max(_missing, _refused), _account.Billed);
        var volumes = CheckIn(month, section) is { } check
            ? Checked(month, section, toMonthEnd, check)
            : Closing(month, section, toMonthEnd) is { } reading ? Accept(month, section, reading) : null;
        if (volumes is null)
            return null;
        (_missing, _refused) = (0, 0);
        return new(section.Days, Basis.Meter, false, volumes) { Settles = settles };
    }

    /// <summary>
    /// A check settles what came before it and starts anew; the ordinary volume is what was told before it in the month
    /// and after it (18.7).
    /// </summary>
    private List<ZoneVolume> Checked(MonthRules month, Section section, bool toMonthEnd, MeterAct check)
    {
        var before = Closing(month, section, toMonthEnd, until: check.Drawn) is { } earlier ? Accept(month, section, earlier) : [];
        _checked.Add(new(check, Accept(month, section.Meter!, FactKind.MeterAct, check.Id, check.Values!)));
        _checkedOn = check.Drawn;
        var after = Closing(month, section, toMonthEnd) is { } later ? Accept(month, section, later) : [];
        return [.. section.Meter!.Zones.Select(zone => new ZoneVolume(zone, Sum(before.Concat(after).Where(v => v.Zone == zone))))];
    }

    private Fragment Sum(IEnumerable<ZoneVolume> volumes)
    {
        _tape.In((int)Symbol.Volume, 0L);
        foreach (var volume in volumes)
            _tape.Append(volume.Volume).Add();
        return _tape.Cut();
    }

    private List<ZoneVolume> Accept(MonthRules month, Section section, Reading reading) =>
        Accept(month, section.Meter!, FactKind.Reading, reading.Id, reading.Values);

    private List<ZoneVolume> Accept(
        MonthRules month, MeterRecord meter, FactKind kind, long fact, IReadOnlyList<RegisterIndex> values)
    {
        var reverse = month.Setting(Settings.ReverseNorm) != 0;
        var volumes = values.Select(v => new ZoneVolume(v.Zone, _account.Accept(meter, kind, fact, v, reverse))).ToList();
        _account.Settle();
        return volumes;
    }

    /// <summary>Failed, lost, or verification expired: so many periods by average, then norm with the factor (p.60).</summary>
    private Piece Invalid(MonthRules month, Section section)
    {
        Enter(month, section);
        _broken = true;
        var most = month.FindSetting(Settings.FailedPeriods, _service) ?? MostPeriods(month);
        var mode = MissingReadings.Mode(MissingCause.MeterFailed, _failed, Residential(month), most);
        return mode.Basis == Basis.Average && Average(month, section.Days) is { } average
            ? average
            : Piece.ByNorm(section.Days, NormGround.Invalid, FactorDue(month.Month, section.Days.From));
    }

    /// <summary>A new meter, or the same after a restart, begins a new baseline.</summary>
    private void Enter(MonthRules month, Section section)
    {
        var (meter, first) = (section.Meter!, month.Month.FirstDay);
        if (_meter != meter)
        {
            _meter = meter;
            Start(ReadingsOf(meter.Id).FirstOrDefault(r => r.Mark == ReadingMark.Initial));
        }

        if (!_broken || !section.Valid)
            return;
        var restart = ReadingsOf(meter.Id).FirstOrDefault(r => r.Mark == ReadingMark.Restart
            && section.Days.Contains(Period.DaysBetween(first, r.Taken)));
        if (restart is not null)
            Start(restart);
    }

    private void Start(Reading? reading)
    {
        _account.Start(reading?.Values ?? []);
        _broken = reading is null;
    }

    /// <summary>The reading that bills a section: its final or cutting one, or the latest of the period (18.2).</summary>
    private Reading? Closing(MonthRules month, Section section, bool toMonthEnd, LocalDate? until = null)
    {
        Reading? found = null;
        var (first, after) = (month.Month.FirstDay.PlusDays(section.Days.From), month.Month.FirstDay.PlusDays(section.Days.To));
        foreach (var reading in ReadingsOf(section.Meter!.Id))
        {
            if (reading.Taken <= _checkedOn || reading.Taken > until || WasShutOut(reading.Taken))
                continue;
            var fits = section.Split
                ? reading.Taken == after && ReadingPeriods.Cuts(reading, month)
                : toMonthEnd
                    ? reading.Mark is ReadingMark.None or ReadingMark.Final && !ReadingPeriods.Cuts(reading, month)
                        && ReadingPeriods.Of(reading, month) == month.Month && MeterSections.IsValid(section.Meter, reading.Taken)
                    : reading.Mark == ReadingMark.Final && reading.Taken >= first && reading.Taken <= after;
            if (fits && (found is null || reading.Taken >= found.Taken))
                found = reading;
        }

        return found;
    }

    private MeterAct? CheckIn(MonthRules month, Section section) => _acts.Find(a =>
        a.Kind == MeterActKind.Difference && a.Meter == section.Meter!.Id
        && BillingPeriod.Of(a.Drawn) == month.Month && section.Days.Contains(a.Drawn.Day - 1));

    /// <summary>From the month of the act to the one in which the controller was let in, which is ordinary again (18.5).</summary>
    private bool IsRefused(MonthRules month) => _acts.Exists(a => a.Kind == MeterActKind.NoAccess
        && BillingPeriod.Of(a.Drawn) <= month.Month
        && (a.Access is null || month.Month < ReadingPeriods.Of(a.Access.Value, month)));

    private bool WasShutOut(LocalDate taken) => _acts.Exists(a =>
        a.Kind == MeterActKind.NoAccess && a.Drawn <= taken && (a.Access is null || taken < a.Access));

    private Piece? Average(MonthRules month, Span days)
    {
        var (most, least) = (month.Setting(Settings.AverageWindow, _service), month.Setting(Settings.AverageLeast, _service));
        if (MissingReadings.Window(_history.Months, most, least) is not { } window)
            return null;
        var volumes = new List<ZoneVolume>();
        foreach (var zone in window[^1].Keys)
        {
            for (var i = 0; i < window.Count; i++)
            {
                _tape.In((int)Symbol.MonthVolume, window[i].GetValueOrDefault(zone));
                if (i > 0)
                    _tape.Add();
            }

            _tape.In((int)Symbol.Months, window.Count).Divide();
            _tape.Share(days, month.Days);
            volumes.Add(new(zone, _tape.Cut()));
        }

        return new(days, Basis.Average, false, volumes);
    }

    private IReadOnlyList<Reading> ReadingsOf(MeterId meter) => _facts.Readings.GetValueOrDefault(meter) ?? [];

    private bool Residential(MonthRules month) => Passports.Of(_premises, month.Month, 0).Kind == PremisesKind.Living;

    /// <summary>Periods in a row that may go by average (p.59): fewer where nobody lives, none where the pack names none.</summary>
    private int MostPeriods(MonthRules month) => month.FindSettingOf(
        Residential(month) ? Settings.MissingPeriods : Settings.MissingPeriodsNonResidential, _service) ?? 0;

    /// <summary>A premises that never had a meter of the service: the whole month by norm.</summary>
    public static MeterMonth NeverMetered(PremisesRecord premises, Service service, BillingPeriod month) =>
        new([WithoutMeter(premises, service, month, Span.Whole(month))], []);

    private Piece WithoutMeter(BillingPeriod month, Span days) => WithoutMeter(_premises, _service, month, days);

    private static Piece WithoutMeter(PremisesRecord premises, Service service, BillingPeriod month, Span days) =>
        FactorDue(premises, service, month, days.From)
        ? Piece.ByNorm(days, NormGround.NoMeterThoughPossible, factor: true)
        : Piece.ByNorm(days, NormGround.NoMeter, factor: false);

    private bool FactorDue(BillingPeriod month, int day) => FactorDue(_premises, _service, month, day);

    private static bool FactorDue(PremisesRecord premises, Service service, BillingPeriod month, int day) =>
        Passports.Of(premises, month, day) is var passport && service switch
        {
            Service.ColdWater => passport.ColdMeterPossible,
            Service.HotWater => passport.HotMeterPossible,
            _ => false,
        };
}
