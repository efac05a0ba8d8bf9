using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>Slips of the hand: a point at the wrong place, a multiplier twice or not at all, a digit mistaken.</summary>
internal static class SlipRules
{
    /// <summary>The use is about ten times, a tenth, a hundred times or the multiplier's worth of what was expected.</summary>
    public static Finding? Multiplier(ReadingCase reading)
    {
        if (reading.Use is not { Sign: > 0 } use || reading.ExpectedUse is not { Sign: > 0 } expected)
            return null;
        var apart = use - expected;
        if ((apart.Sign < 0 ? -apart : apart) < reading.Thresholds["slip_least"])
            return null;
        var band = reading.Thresholds["slip_band"];
        foreach (var times in Slips(reading.Multiplier))
        {
            var ratio = use / expected / times;
            if (ratio >= Exact.One - band && ratio <= Exact.One + band)
                return new(Verdict.Warn, new("metering.point-slipped", ("times", Say.Number(times))));
        }

        return null;
    }

    /// <summary>One mistaken digit, two that changed places, one too many or too few would explain it: which number was meant.</summary>
    public static Finding? Digits(ReadingCase reading)
    {
        if (reading.Before is null || reading.ExpectedUse is not { } expected || reading.There is not null || reading.After is not null
            || (reading.Use is { } use && (use.IsZero || UseRules.IsUsual(reading))))
        {
            return null;
        }

        var meant = Candidates(reading).Distinct().Select(index => reading with { Index = index })
            .Where(c => c.Delta is { Sign: >= 0 } && c.Index.ToExact() < c.Dial && UseRules.IsUsual(c))
            .OrderBy(c => c.Use!.Value - expected is var apart && apart.Sign < 0 ? -apart : apart).FirstOrDefault();
        return meant is null
            ? null
            : new(Verdict.Warn, new("metering.digit-slipped", ("proposed", Written(meant.Index, reading.Meter.Digits))));
    }

    /// <summary>As it stands on the dial: with zeros in front.</summary>
    public static string Written(Fixed index, int digits)
    {
        var parts = index.ToString().Split('.');
        return parts[0].PadLeft(digits, '0') + (parts.Length > 1 ? "." + parts[1] : "");
    }

    private static IEnumerable<Exact> Slips(Exact multiplier)
    {
        if (multiplier > Exact.One)
        {
            yield return multiplier;
            yield return Exact.One / multiplier;
        }

        yield return Exact.Of(10);
        yield return Exact.Fraction(1, 10);
        yield return Exact.Of(100);
    }

    private static IEnumerable<Fixed> Candidates(ReadingCase reading)
    {
        var parts = Written(reading.Index, reading.Meter.Digits).Split('.');
        var fraction = parts.Length > 1 ? "." + parts[1] : "";
        // A long dial holds numbers that no index reaches.
        return Wholes(parts[0].ToCharArray()).Select(whole => whole + fraction).Concat(Shifted(reading))
            .Select(text => Fixed.TryParse(text, out var index) ? index : (Fixed?)null).OfType<Fixed>();
    }

    /// <summary>The point forgotten or put too early: digits that the dial has not are no candidate.</summary>
    private static IEnumerable<string> Shifted(ReadingCase reading)
    {
        var places = (int)reading.Thresholds["decimals"].Floor();
        foreach (var by in new[] { Exact.Of(10), Exact.Of(100), Exact.Of(1000), Exact.Fraction(1, 10) })
        {
            var shifted = (reading.Index.ToExact() / by).ToDecimal(places);
            if (Exact.Parse(shifted) * by == reading.Index.ToExact())
                yield return shifted;
        }
    }

    private static IEnumerable<string> Wholes(char[] digits)
    {
        for (var at = 0; at < digits.Length; at++)
        {
            var (before, own, after) = (new string(digits[..at]), digits[at], new string(digits[(at + 1)..]));
            foreach (var digit in Ten.Where(d => d != own))
                yield return before + digit + after;
            if (at > 0 && before[^1] != own)
                yield return before[..^1] + own + before[^1] + after;
            // A digit pressed twice, or missed once: what stands before it moves by one.
            yield return "0" + before + after;
            foreach (var digit in digits[0] == '0' ? Ten : "")
                yield return (before + own)[1..] + digit + after;
        }
    }

    private const string Ten = "0123456789";
}
