using System.Diagnostics;
using System.Globalization;

namespace Ochag.Bench.BillRun;

/// <summary>What some work took: seconds of the clock, and of the processors of this process and of the database server.</summary>
internal sealed record Spent(double Seconds, double CpuSeconds)
{
    public static Spent None { get; } = new(0, 0);

    public static Spent operator +(Spent a, Spent b) => new(a.Seconds + b.Seconds, a.CpuSeconds + b.CpuSeconds);

    public static async Task<Spent> On(Func<Task> work, int? server)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Cpu(server));
        await work();
        return new(watch.Elapsed.TotalSeconds, Cpu(server) - cpu);
    }

    /// <param name="server">Process that the database's processes descend from; null: the database works in this process.</param>
    private static double Cpu(int? server)
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds + (server is { } pid ? Server(pid) : 0);
    }

    /// <summary>Of the postmaster, those of its children that have ended, and those that live.</summary>
    private static double Server(int postmaster) => Directory.EnumerateDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var pid) ? Stat(pid) : null)
        .OfType<string[]>()
        .Sum(f => f[0] == $"{postmaster}" ? Ticks(f, 13) + Ticks(f, 14) + Ticks(f, 15) + Ticks(f, 16)
            : f[3] == $"{postmaster}" ? Ticks(f, 13) + Ticks(f, 14)
            : 0) / 100.0;

    private static long Ticks(string[] stat, int field) => long.Parse(stat[field], CultureInfo.InvariantCulture);

    /// <summary>The fields of proc(5), the name in its brackets as one; null: it has just ended.</summary>
    private static string[]? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var (open, close) = (text.IndexOf('(', StringComparison.Ordinal), text.LastIndexOf(')'));
            return [text[..open].Trim(), text[open..(close + 1)], .. text[(close + 1)..].Trim().Split(' ')];
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>The most memory that this process held while some work went on.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Timer _timer;
    private long _most;

    public MemoryWatch() => _timer = new(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));

    public long MostMiB => _most >> 20;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        using var self = Process.GetCurrentProcess();
        _most = Math.Max(_most, self.WorkingSet64);
    }
}
