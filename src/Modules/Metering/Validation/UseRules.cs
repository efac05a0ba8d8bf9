using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>Whether the use behind a reading is one that can be, and that was to be expected.</summary>
internal static class UseRules
{
    public static Finding? Cap(ReadingCase reading)
    {
        if (reading.Use is not { } use || reading.Cap is not { Sign: > 0 } cap)
            return null;
        var most = cap * reading.Multiplier;
        var verdict = use > most ? Verdict.Fail : use > most * reading.Thresholds["cap_warn"] ? Verdict.Warn : Verdict.Fine;
        return verdict == Verdict.Fine ? null : new(verdict, new(
            verdict == Verdict.Fail ? "metering.use-over-cap" : "metering.use-near-cap",
            ("use", Say.Number(use)), ("days", Say.Number(reading.Days)), ("most", Say.Number(most))));
    }

    public static Finding? Inactive(ReadingCase reading) =>
        !reading.Connected && reading.Use is { } use && use > reading.Thresholds["inactive_use"]
            ? new(Verdict.Fail, new("metering.use-unconnected", ("use", Say.Number(use))))
            : null;

    public static Finding? High(ReadingCase reading)
    {
        if (reading.Use is not { } use || reading.Expected is null)
            return null;
        return use > Bound(reading, "high_fail") ? Unusual(reading, Verdict.Fail, "metering.use-too-high")
            : use > Bound(reading, "high_warn") ? Unusual(reading, Verdict.Warn, "metering.use-high")
            : null;
    }

    public static Finding? Low(ReadingCase reading)
    {
        if (reading.Use is not { Sign: > 0 } use || reading.ExpectedUse is not { } expected || expected < reading.Thresholds["low_least"])
            return null;
        return use < expected * reading.Thresholds["low_fail"] ? Unusual(reading, Verdict.Fail, "metering.use-too-low")
            : use < expected * reading.Thresholds["low_warn"] ? Unusual(reading, Verdict.Warn, "metering.use-low")
            : null;
    }

    /// <summary>Nobody lives here, it is cut off, or the meter stands still: after a few readings somebody goes and looks.</summary>
    public static Finding? Zero(ReadingCase reading)
    {
        if (reading.Use is not { IsZero: true } || reading.ExpectedUse is not { } expected || reading.Days.IsZero)
            return null;
        var periods = 1 + Standing(reading);
        if (periods >= reading.Thresholds["zero_periods"].Floor() && periods > 1)
            return new(Verdict.Fail, new("metering.use-none-again", ("periods", $"{periods}")));
        return expected >= reading.Thresholds["zero_least"] ? Unusual(reading, Verdict.Warn, "metering.use-none") : null;
    }

    /// <summary>Whether a use is neither high nor low nor over the maximum.</summary>
    public static bool IsUsual(ReadingCase reading) => reading.Use is { Sign: > 0 } use && reading.ExpectedUse is { } expected
        && use <= Bound(reading, "high_warn")
        && (expected < reading.Thresholds["low_least"] || use >= expected * reading.Thresholds["low_warn"])
        && (reading.Cap is not { Sign: > 0 } cap || use <= cap * reading.Multiplier);

    private static Exact Bound(ReadingCase reading, string times) =>
        reading.ExpectedUse!.Value * reading.Thresholds[times] + reading.Thresholds["high_add"] * reading.Days;

    /// <summary>How many periods before this one went without any use, one after another.</summary>
    private static int Standing(ReadingCase reading)
    {
        var before = reading.Known.Where(k => k.Day < reading.Day).Select(k => k.Index).Reverse().ToList();
        return before.Skip(1).TakeWhile(index => index == before[0]).Count();
    }

    private static Finding Unusual(ReadingCase reading, Verdict verdict, string code)
    {
        var (use, expected) = (reading.Use!.Value, reading.ExpectedUse!.Value);
        return new(verdict, new(
            code, ("use", Say.Number(use)), ("days", Say.Number(reading.Days)), ("expected", Say.Number(expected)),
            ("basis", $"{reading.Expected!.Value.Basis}")));
    }
}
