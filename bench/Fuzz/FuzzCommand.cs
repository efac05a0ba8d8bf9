using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Ochag.Documents.Tables;
using Ochag.Foundation;

namespace Ochag.Bench.Fuzz;

/// <summary>
/// "fuzz": no file and no text breaks a reader (a million spoilt inputs each: none over a second or 64 MiB, no fault but
/// a refusal). What breaks one is kept as a file, to become a test.
/// </summary>
internal static class FuzzCommand
{
    private const long MostBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(20);

    private sealed record Tally(string Target, long Inputs, long Refused, long Faults, double SlowestMs, long MostAllocated);

    public static Command Build()
    {
        var inputs = new Option<int>("--inputs") { Description = "Spoilt inputs for each reader.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "Of the spoiling.", DefaultValueFactory = _ => 1 };
        var only = new Option<string?>("--target") { Description = "One reader alone." };
        var keep = new Option<string>("--keep")
        {
            Description = "Where inputs that broke a reader are put.",
            DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "ochag-bench", "fuzz"),
        };
        var fuzz = new Command("fuzz", "Spoil inputs of every reader; exit 1 when one breaks.") { inputs, seed, only, keep };
        fuzz.SetAction((parsed, stop) => Task.FromResult(Run(
            parsed.GetValue(inputs), parsed.GetValue(seed), parsed.GetValue(only), parsed.GetRequiredValue(keep), stop)));
        return fuzz;
    }

    private static int Run(int inputs, int seed, string? only, string keep, CancellationToken stop)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(memory, $"ochag-fuzz-{Environment.ProcessId}"));
        try
        {
            var targets = FuzzTarget.All(folder.FullName).Where(t => only is null || t.Name == only).ToList();
            if (targets.Count == 0)
            {
                Console.Error.WriteLine($"No such reader: {only}");
                return 2;
            }

            var tallies = targets.ConvertAll(t => Torment(t, inputs, seed, keep, stop));
            Console.WriteLine($"{"reader",-14}{"inputs",10}{"refused",10}{"faults",8}{"slowest ms",12}{"most KiB",10}");
            foreach (var t in tallies)
                Console.WriteLine($"{t.Target,-14}{t.Inputs,10}{t.Refused,10}{t.Faults,8}{t.SlowestMs,12:0.0}{t.MostAllocated / 1024,10}");
            return tallies.Exists(t => t.Faults > 0) ? 1 : 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Tally Torment(FuzzTarget target, int inputs, int seed, string keep, CancellationToken stop)
    {
        var random = new Seeded((ulong)seed);
        var mutator = new Mutator(random, target.Words);
        foreach (var good in target.Seeds)
            target.Read(good);
        var (refused, faults, slowest, most) = (0L, 0L, TimeSpan.Zero, 0L);
        var told = Stopwatch.StartNew();
        var done = 0;
        for (; done < inputs && !stop.IsCancellationRequested; done++)
        {
            var input = mutator.Spoil(random.Pick(target.Seeds));
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            string? fault = null;
            try
            {
                target.Read(input);
            }
            catch (TableException)
            {
                refused++;
            }
#pragma warning disable CA1031 // any other is what is sought
            catch (Exception e)
#pragma warning restore CA1031
            {
                fault = e.ToString();
            }

            // All that was allocated, also what was free again at once: an upper bound of what was held.
            var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            // A collection that fell into this input is not its own: it is read once more.
            if (fault is null && clock.Elapsed > Longest)
                fault = Again(target, input) is { } again && again > Longest ? $"{again.TotalSeconds:0.0} s" : null;
            fault ??= bytes > MostBytes ? $"{bytes / 1024 / 1024} MiB" : null;
            (slowest, most) = (clock.Elapsed > slowest ? clock.Elapsed : slowest, Math.Max(most, bytes));
            if (fault is not null && faults++ < 20)
                Keep(target, input, fault, keep);
            if (told.Elapsed < TellEvery)
                continue;
            Console.Error.WriteLine($"{target.Name}: {done + 1} of {inputs}, {refused} refused, {faults} faults");
            told.Restart();
        }

        return new(target.Name, done, refused, faults, slowest.TotalMilliseconds, most);
    }

    private static TimeSpan Again(FuzzTarget target, byte[] input)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            target.Read(input);
        }
        catch (TableException)
        {
            // Refused, as before.
        }

        return clock.Elapsed;
    }

    private static void Keep(FuzzTarget target, byte[] input, string fault, string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{target.Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(file, input);
        File.WriteAllText(file + ".txt", fault);
        Console.Error.WriteLine($"{target.Name}: {fault.Split('\n')[0]} ({file})");
    }
}
