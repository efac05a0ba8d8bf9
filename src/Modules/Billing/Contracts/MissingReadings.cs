using Ochag.Foundation;

namespace Ochag.Billing.Contracts;

/// <summary>Why a period has no volume by meter (p.59).</summary>
public enum MissingCause
{
    NotSubmitted,

    /// <summary>Failed, lost, or its verification has run out (p.81(12)).</summary>
    MeterFailed,
    AccessRefused,
}

/// <summary>What a period without readings goes by (p.59, 60; rules.md section 2).</summary>
public static class MissingReadings
{
    /// <summary>
    /// By average for the first <paramref name="most"/> periods in a row; then people by norm, with the raising factor
    /// unless readings were merely not sent, and non-residential rooms by the load of p.43.
    /// </summary>
    /// <param name="period">The number of the period in the row, from 1.</param>
    public static (Basis Basis, bool Factor) Mode(MissingCause cause, int period, bool residential, int most) =>
        period <= most ? (Basis.Average, false)
        : residential ? (Basis.Norm, cause != MissingCause.NotSubmitted)
        : (Basis.CalculatedP43, false);

    /// <summary>The mean of the last months, at most <paramref name="window"/>; null: fewer than <paramref name="least"/>.</summary>
    public static Exact? Average(IReadOnlyList<Exact> history, int window, int least) => Window(history, window, least) is { } months
        ? months.Aggregate(Exact.Zero, (sum, v) => sum + v) / Exact.Of(months.Count)
        : null;

    /// <summary>The months that a mean rests on.</summary>
    internal static IReadOnlyList<T>? Window<T>(IReadOnlyList<T> history, int window, int least) =>
        Math.Min(history.Count, window) is var count && count >= least && count > 0 ? [.. history.Skip(history.Count - count)] : null;
}
