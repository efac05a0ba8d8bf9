using System.Globalization;
using System.Text.Json;
using Ochag.Billing.Contracts;

namespace Ochag.Bench.BillRun;

/// <summary>The run of a base of half the accounts.</summary>
internal sealed record HalfRun(int Accounts, Spent Spent);

/// <summary>What was measured of one base; what was left out is null.</summary>
internal sealed record Measured(string Database, RunRecord Run, Spent Reading, Spent Evaluating, Spent Whole, long PeakMiB)
{
    public IReadOnlyList<Spent> Raw { get; init; } = [];
    public Spent? SetBased { get; init; }
    public Comparison? Comparison { get; init; }

    /// <summary>Of all accounts, extrapolated from <see cref="MeasuredByRow"/> of them.</summary>
    public Spent? RowByRow { get; init; }

    public int MeasuredByRow { get; init; }

    /// <summary>A draft of tariffs evaluated over the whole base; null until the product can do it.</summary>
    public Spent? Rehearsal { get; init; }

    public HalfRun? Half { get; init; }

    private Spent? RawMedian => Raw.Count == 0 ? null : Raw.OrderBy(r => r.Seconds).ElementAt(Raw.Count / 2);

    public string Table() => string.Join('\n',
        [
            Text($"{Run.Accounts:N0} accounts, {Run.Lines:N0} lines, {Database}, {Environment.ProcessorCount} processors"),
            $"{"",-30}{"seconds",10}{"cpu",10}{"of raw",10}{"of the run",12}",
            Row("reading the facts", Reading), Row("evaluation alone", Evaluating), Row("whole run", Whole),
            .. Some("raw load (median)", RawMedian),
            .. Raw.Select((r, i) => Row($"  load {i + 1}", r)),
            .. Some("set-based SQL *", SetBased),
            .. Some("row by row with EF **", RowByRow),
            .. Some("rehearsal", Rehearsal),
            .. Half is null ? [] : new[]
            {
                Row(Text($"whole run of {Half.Accounts:N0}"), Half.Spent),
                Text($"  {Run.Accounts:N0} accounts cost {Whole.Seconds / Half.Spent.Seconds:0.00} times as much"),
            },
            Text($"most memory in the run {PeakMiB:N0} MiB"),
            .. SetBased is null ? [] : new[] { $"*  a few bytes for a working; amounts: {Comparison}" },
            .. RowByRow is null ? [] : new[] { Text($"** extrapolated from {MeasuredByRow:N0} accounts") },
        ]);

    public string Json() => JsonSerializer.Serialize(new
    {
        accounts = Run.Accounts,
        database = Database,
        lines = Run.Lines,
        readSeconds = Reading.Seconds,
        evaluateSeconds = Evaluating.Seconds,
        runSeconds = Whole.Seconds,
        rawLoadSeconds = RawMedian?.Seconds,
        setBasedSeconds = SetBased?.Seconds,
        rowByRowSeconds = RowByRow?.Seconds,
        rehearsalSeconds = Rehearsal?.Seconds,
        peakMemoryMiB = PeakMiB,
    });

    private IEnumerable<string> Some(string name, Spent? spent) => spent is null ? [] : [Row(name, spent)];

    private string Row(string name, Spent spent) => Text($"{name,-30}{spent.Seconds,10:0.0}{spent.CpuSeconds,10:0.0}")
        + (RawMedian is { } raw ? Text($"{spent.Seconds / raw.Seconds,10:0.00}") : new string(' ', 10))
        + Text($"{spent.Seconds / Whole.Seconds,12:0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
