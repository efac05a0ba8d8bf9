using System.Collections.Concurrent;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>A parameter's value on some days of the month.</summary>
internal readonly record struct Level(Span Days, Exact Value, long Parameter, string Key);

/// <summary>The rules of one month: every series cut to its days.</summary>
internal sealed class MonthRules(Rules rules, BillingPeriod month)
{
    // By table: a key of a text alone is found faster, and a run asks for millions.
    private readonly ConcurrentDictionary<string, Level[]>[] _levels =
    [
        .. Enumerable.Range(0, 1 + (int)Enum.GetValues<ParameterTable>().Max())
            .Select(_ => new ConcurrentDictionary<string, Level[]>(StringComparer.Ordinal)),
    ];

    private readonly ConcurrentDictionary<(Service, string), int?> _settings = new();
    private readonly ConcurrentDictionary<Service, Exact> _vat = new();
    private Span[]? _heated;

    public BillingPeriod Month { get; } = month;
    public int Days { get; } = month.Days;

    /// <summary>The values of a key by day; days without a value are absent.</summary>
    public Level[] Levels(ParameterTable table, string key) =>
        _levels[(int)table].TryGetValue(key, out var levels)
            ? levels
            : _levels[(int)table].GetOrAdd(key, Cut(table, key));

    /// <summary>The value on a day, or null.</summary>
    public Exact? Find(ParameterTable table, string key, int day)
    {
        foreach (var level in Levels(table, key))
        {
            if (level.Days.Contains(day))
                return level.Value;
        }

        return null;
    }

    /// <summary>The value on a day; a missing one refuses the building.</summary>
    public Exact Get(ParameterTable table, string key, int day) =>
        Find(table, key, day) ?? throw Missing(table, key, day);

    public int Setting(string key) => (int)Get(ParameterTable.Setting, key, 0).Round(0);

    public Exact Number(string key) => Get(ParameterTable.Setting, key, 0);

    /// <summary>A setting that a service may have of its own ("gas.average_window").</summary>
    public int Setting(string key, Service service) => FindSetting(key, service) ?? Setting(key);

    /// <summary>The same; null: the pack knows neither.</summary>
    public int? FindSettingOf(string key, Service service) =>
        FindSetting(key, service) ?? (int?)Find(ParameterTable.Setting, key, 0)?.Round(0);

    public int? FindSetting(string key, Service service) => _settings.GetOrAdd((service, key), static (k, self) =>
        (int?)self.Find(ParameterTable.Setting, $"{BuildingVolumes.NormKey(k.Item1)}.{k.Item2}", 0)?.Round(0), this);

    /// <summary>VAT of the date of supply; the supplier's own status goes before the general rate.</summary>
    public Exact VatRate(Service service) => _vat.GetOrAdd(service, static (of, self) =>
        self.Find(ParameterTable.Vat, "supplier." + BuildingVolumes.NormKey(of), 0)
        ?? self.Find(ParameterTable.Vat, "supplier", 0)
        ?? self.Get(ParameterTable.Vat, "vat", 0), this);

    /// <summary>The value of the month where one figure stands for all of it: the mean over its days.</summary>
    public Exact Mean(ParameterTable table, string key)
    {
        var sum = Exact.Zero;
        foreach (var level in Over(table, key, new(0, Days)))
            sum += level.Value * Exact.Fraction(level.Days.Days, Days);
        return sum;
    }

    /// <summary>The parts of <paramref name="days"/> by value; a day without a value refuses the building.</summary>
    public IEnumerable<Level> Over(ParameterTable table, string key, Span days)
    {
        var next = days.From;
        foreach (var level in Levels(table, key))
        {
            var part = level.Days.Intersect(days);
            if (part.IsEmpty)
                continue;
            if (part.From > next)
                throw Missing(table, key, next);
            yield return level with { Days = part };
            next = part.To;
        }

        if (next < days.To)
            throw Missing(table, key, next);
    }

    /// <summary>The days of the month on which heating runs, whatever the scheme of payment.</summary>
    public Span[] Season => [.. Levels(ParameterTable.HeatingSeason, "heating").Select(l => l.Days)];

    /// <summary>The heated days of the month; under the all-year scheme all of them.</summary>
    public Span[] Heated => _heated ??= HeatsAllYear
        ? [new Span(0, Days)]
        : Season;

    public bool HeatsAllYear => Find(ParameterTable.Setting, Settings.HeatingAllYear, 0) is { IsZero: false };

    private Level[] Cut(ParameterTable table, string key)
    {
        var rows = rules.Series(table, key);
        var levels = new List<Level>();
        for (var i = 0; i < rows.Count; i++)
        {
            var last = rows[i].To;
            if (i + 1 < rows.Count && (last is null || last >= rows[i + 1].From))
                last = rows[i + 1].From.PlusDays(-1);
            var days = Span.Of(Month, rows[i].From, last);
            if (!days.IsEmpty)
                levels.Add(new(days, rows[i].Value, rows[i].Id, key));
        }

        return [.. levels];
    }

    private RefusedException Missing(ParameterTable table, string key, int day) => new(new Refusal(
        "billing.parameter-missing",
        ("table", table.ToString()),
        ("key", key),
        ("day", Month.FirstDay.PlusDays(day).ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture))));
}

/// <summary>Carries a refusal from the depth of an evaluation to its one exit.</summary>
#pragma warning disable CA1064, CA1032 // never leaves the assembly
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.ToString())
{
    public Refusal Refusal { get; } = refusal;
}
#pragma warning restore CA1064, CA1032
