using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>A rule: what it is called, the thresholds that it looks at, and its judgement (null: fine).</summary>
internal sealed record Rule(string Name, IReadOnlyList<string> Thresholds, Func<ReadingCase, Finding?> Judge);

/// <summary>The rules by which a reading is judged, in the order in which their findings are told.</summary>
internal static class Rules
{
    public static readonly IReadOnlyList<Rule> All =
    [
        new("identity", [], IdentityRules.Serial),
        new("format", ["decimals"], IdentityRules.Format),
        new("replaced", [], IdentityRules.Replaced),
        new("order", [], OrderRules.Order),
        new("there", [], OrderRules.There),
        new("backdated", [], OrderRules.Backdated),
        new("first", [], OrderRules.First),
        new("rollover", ["rollover_share", "rollover_times", "cap", "cap_of_building"], FallRules.Rollover),
        new("negative", ["rollover_share", "rollover_times", "cap", "cap_of_building"], FallRules.Negative),
        new("cap", ["cap", "cap_of_building", "cap_warn"], UseRules.Cap),
        new("inactive", ["inactive_use"], UseRules.Inactive),
        new("high", ["high_warn", "high_fail", "high_add"], UseRules.High),
        new("low", ["low_warn", "low_fail", "low_least"], UseRules.Low),
        new("zero", ["zero_least", "zero_periods"], UseRules.Zero),
        new("multiplier", ["slip_band", "slip_least"], SlipRules.Multiplier),
        new("digits", ["high_warn", "high_add", "low_warn", "low_least", "cap", "cap_of_building", "decimals"], SlipRules.Digits),
    ];

    /// <summary>Everything that the rules find, the gravest first.</summary>
    public static IReadOnlyList<Finding> Judge(ReadingCase reading) =>
        [.. All.Select(r => r.Judge(reading)).OfType<Finding>().OrderByDescending(f => f.Verdict)];

    public static Verdict Worst(IEnumerable<Finding> findings) =>
        findings.Select(f => f.Verdict).DefaultIfEmpty(Verdict.Fine).Max();
}

/// <summary>How facts of findings are written.</summary>
internal static class Say
{
    /// <summary>Three digits after the point, fewer where there are more before it: a reader compares, he does not bill.</summary>
    public static string Number(Exact value)
    {
        var size = value.Sign < 0 ? -value : value;
        var text = value.ToDecimal(size >= Exact.Of(100) ? 0 : size >= Exact.Of(10) ? 1 : 3);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    public static string Day(NodaTime.LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}
