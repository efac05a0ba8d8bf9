using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// The volumes of a premises' meters of one service, month by month from the first billed one: what is on account
/// (averages and norms until a reading comes) is found by walking the months again, never stored
/// (p.59-60; rules.md section 2 and 18.2 to 18.6).
/// </summary>
internal sealed class MeterVolumes
{
    private readonly BuildingFacts _facts;
    private readonly Rules _rules;
    private readonly PremisesRecord _premises;
    private readonly Service _service;
    private readonly Func<BillingPeriod, Span, Exact> _normVolume;
    private readonly MeterSections _sections;
    private readonly MeterHistory _history;
    private readonly Tape _tape = new();

    private MeterRecord? _meter;
    private readonly Dictionary<Zone, Exact> _index = [];
    private readonly Dictionary<Zone, Exact> _averages = [];
    private readonly Dictionary<Zone, Exact> _norms = [];
    private bool _broken;
    private int _missing;
    private int _failed;

    /// <param name="normVolume">The premises' volume by norm on some days of a month: it stays on account too.</param>
    public MeterVolumes(
        BuildingFacts facts, Rules rules, PremisesRecord premises, Service service, Func<BillingPeriod, Span, Exact> normVolume)
    {
        (_facts, _rules, _premises, _service, _normVolume) = (facts, rules, premises, service, normVolume);
        _sections = new([.. premises.Meters.Where(m => m.Service == service).OrderBy(m => m.Installed)], ReadingsOf);
        _history = new(facts.History.GetValueOrDefault((premises.Id, service)) ?? []);
    }

    /// <summary>The pieces of the month; all earlier months are walked first.</summary>
    public IReadOnlyList<Piece> Of(BillingPeriod month)
    {
        if (!_premises.Meters.Any(m => m.Service == _service))
            return [Piece.ByNorm(Span.Whole(month), FactorDue(month, 0))];

        var pieces = new List<Piece>();
        for (var m = _facts.Since; m <= month; m = m.PlusMonths(1))
        {
            pieces.Clear();
            Walk(_rules.For(m), pieces);
        }

        return pieces;
    }

    private void Walk(MonthRules month, List<Piece> pieces)
    {
        var sections = _sections.Of(month.Month);
        if (sections.Exists(s => s is { Meter: not null, Valid: false }))
            _failed++;
        else
            _failed = 0;

        for (var i = 0; i < sections.Count; i++)
        {
            var section = sections[i];
            var last = i == sections.Count - 1;
            pieces.Add(section switch
            {
                { Meter: null } => Piece.ByNorm(section.Days, FactorDue(month.Month, section.Days.From)),
                { Valid: false } => Invalid(month, section),
                _ => Valid(month, section, last),
            });
        }

        _history.Close(month.Month, pieces);
    }

    private Piece Valid(MonthRules month, Section section, bool toMonthEnd)
    {
        Enter(month, section);
        var reading = _broken ? null : Closing(month, section, toMonthEnd);
        if (reading is not null)
        {
            var volumes = reading.Values.Select(v => new ZoneVolume(v.Zone, Accept(section.Meter!, reading, v, month))).ToList();
            _averages.Clear();
            _norms.Clear();
            _missing = 0;
            return new(section.Days, Basis.Meter, false, volumes);
        }

        // A section that ends by removal or failure has nobody to settle its average later: it is final (18.2, 18.3).
        var onAccount = toMonthEnd || section.Split;
        if (onAccount)
            _missing++;
        if (_missing <= MostPeriods(month) && Average(month, section.Days) is { } average)
        {
            if (onAccount)
            {
                _history.Average();
                foreach (var volume in average.Volumes)
                    _averages[volume.Zone] = _averages.GetValueOrDefault(volume.Zone) + volume.Volume.Value;
            }

            return average;
        }

        if (onAccount)
        {
            var zone = section.Meter!.Zones[0];
            _norms[zone] = _norms.GetValueOrDefault(zone) + _normVolume(month.Month, section.Days);
            _history.Norm();
        }

        return Piece.ByNorm(section.Days, factor: false);
    }

    /// <summary>Failed, lost, or verification expired: 3 (2) periods by average, then norm with the factor (p.60).</summary>
    private Piece Invalid(MonthRules month, Section section)
    {
        Enter(month, section);
        _broken = true;
        // Electricity keeps the average: the duty to mend the meter is not the consumer's (Decree 950).
        return (_failed <= MostPeriods(month) || _service == Service.Electricity) && Average(month, section.Days) is { } average
            ? average
            : Piece.ByNorm(section.Days, FactorDue(month.Month, section.Days.From));
    }

    /// <summary>A new meter, or the same after a restart, begins a new baseline.</summary>
    private void Enter(MonthRules month, Section section)
    {
        var (meter, first) = (section.Meter!, month.Month.FirstDay);
        if (_meter != meter)
        {
            _meter = meter;
            _broken = false;
            _averages.Clear();
            _norms.Clear();
            Start(ReadingsOf(meter.Id).FirstOrDefault(r => r.Mark == ReadingMark.Initial));
        }

        if (!_broken || !section.Valid)
            return;
        var restart = ReadingsOf(meter.Id).FirstOrDefault(r => r.Mark == ReadingMark.Restart
            && section.Days.Contains(Period.DaysBetween(first, r.Taken)));
        if (restart is null)
            return;
        _broken = false;
        Start(restart);
    }

    private void Start(Reading? reading)
    {
        _index.Clear();
        foreach (var value in reading?.Values ?? [])
            _index[value.Zone] = value.Index.ToExact();
        if (reading is null)
            _broken = true;
    }

    /// <summary>The reading that bills a section: its final or split one, or the latest of the period (18.2).</summary>
    private Reading? Closing(MonthRules month, Section section, bool toMonthEnd)
    {
        Reading? found = null;
        var (first, after) = (month.Month.FirstDay.PlusDays(section.Days.From), month.Month.FirstDay.PlusDays(section.Days.To));
        foreach (var reading in ReadingsOf(section.Meter!.Id))
        {
            var fits = section.Split
                ? reading.Mark == ReadingMark.Split && reading.Taken == after
                : toMonthEnd
                    ? reading.Mark is ReadingMark.None or ReadingMark.Final && PeriodOf(reading, month) == month.Month
                        && MeterSections.IsValid(section.Meter, reading.Taken)
                    : reading.Mark == ReadingMark.Final && reading.Taken >= first && reading.Taken <= after;
            if (fits && (found is null || reading.Taken >= found.Taken))
                found = reading;
        }

        return found;
    }

    /// <summary>Up to the 25th - this month, later - the next; consumers by the day it came, others by the day taken.</summary>
    private static BillingPeriod PeriodOf(Reading reading, MonthRules month)
    {
        var day = reading.Source == ReadingSource.Consumer ? reading.Received : reading.Taken;
        var period = BillingPeriod.Of(day);
        return day.Day <= month.Setting(Settings.ReadingDay) || reading.Mark == ReadingMark.Final
            ? period
            : period.PlusMonths(1);
    }

    private Fragment Accept(MeterRecord meter, Reading reading, RegisterIndex value, MonthRules month)
    {
        var now = value.Index.ToExact();
        var before = _index.GetValueOrDefault(value.Zone);
        _tape.From((int)FactKind.Reading, reading.Id).In((int)Symbol.IndexNow, value.Index)
            .In((int)Symbol.IndexBefore, before).Subtract();
        if (now < before)
            _tape.In((int)Symbol.Dial, PowerOfTen(meter.Digits)).Add();
        if (meter.Multiplier != Fixed.Of(1))
            _tape.In((int)Symbol.Multiplier, meter.Multiplier).Multiply();

        var averages = _averages.GetValueOrDefault(value.Zone);
        var billed = averages + _norms.GetValueOrDefault(value.Zone);
        if (!billed.IsZero)
        {
            _tape.In((int)Symbol.AlreadyBilled, billed).Subtract();
            if (_tape.Top.Sign < 0 && -_tape.Top > averages && month.Setting(Settings.ReverseNorm) == 0)
                _tape.In((int)Symbol.CreditLimit, -averages).Max();
        }

        _index[value.Zone] = now;
        return _tape.Cut();
    }

    private Piece? Average(MonthRules month, Span days)
    {
        var window = _history.Last(month.Setting(Settings.AverageWindow));
        if (window.Count < month.Setting(Settings.AverageLeast))
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

    /// <summary>Periods in a row that may go by average (p.59): fewer where nobody lives.</summary>
    private int MostPeriods(MonthRules month) => month.Setting(
        Passports.Of(_premises, month.Month, 0).Kind == PremisesKind.Living
            ? Settings.MissingPeriods
            : Settings.MissingPeriodsNonResidential);

    private bool FactorDue(BillingPeriod month, int day) =>
        Passports.Of(_premises, month, day) is var passport && _service switch
        {
            Service.ColdWater => passport.ColdMeterPossible,
            Service.HotWater => passport.HotMeterPossible,
            _ => false,
        };

    private static long PowerOfTen(int digits) => digits is > 0 and < 19
        ? Enumerable.Repeat(10L, digits).Aggregate((a, b) => a * b)
        : throw new ArgumentOutOfRangeException(nameof(digits), digits, "A dial has 1 to 18 digits.");
}
