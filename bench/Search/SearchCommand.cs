using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Bench.Cities;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Bench.Search;

/// <summary>"search": what the search forgives, and how fast it does, with four users at once.</summary>
internal static class SearchCommand
{
    private const int Users = 4;
    private const int First = 5;
    private const int Shown = 8;

    private sealed record Measured(Asked Asked, DeskFindings Found, double Milliseconds)
    {
        public bool Right { get; } = Asked.IsAnswered(Found, First);
    }

    public static Command Build()
    {
        var accounts = new Option<int>("--accounts")
        {
            Description = "Accounts of the base, at least.", DefaultValueFactory = _ => 500_000,
        };
        var database = new Option<string>("--database") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
        database.AcceptOnlyFromAmong("sqlite", "postgres");
        var seeds = new Option<string>("--seeds") { Description = "One seed or a range, as 1-5.", DefaultValueFactory = _ => "1-5" };
        var queries = new Option<int>("--queries") { Description = "Questions for a seed.", DefaultValueFactory = _ => 1_000 };
        var json = new Option<bool>("--json") { Description = "The figures as JSON." };
        var missed = new Option<bool>("--missed") { Description = "Tell every question that was not answered." };
        var search = new Command("search", "Ask a city with errors; exit 1 when a promise is not held.")
        {
            accounts, database, seeds, queries, json, missed,
        };
        search.SetAction(async (parsed, stop) =>
        {
            var kept = new SearchBase(parsed.GetRequiredValue(database), parsed.GetValue(accounts), Console.Error.WriteLine);
            var reused = kept.IsThere;
            await using var ground = await kept.Open(stop);
            await using var services = OchagServices.On(ground.Address);
            if (!reused)
                await kept.Make(ground, () => services.CreateScope().ServiceProvider.GetRequiredService<OchagDb>(), stop);
            Console.Error.WriteLine($"{(reused ? "The base of an earlier run" : "A new base")}: {kept.Folder}");
            var measured = new List<Measured>();
            var (from, to) = Range(parsed.GetRequiredValue(seeds));
            var warm = await Warm(services, stop);
            for (var seed = from; seed <= to; seed++)
                measured.AddRange(await Ask(services, seed, parsed.GetValue(queries), stop));
            if (parsed.GetValue(missed))
                TellMissed(measured);
            return Tell(measured, warm, parsed.GetValue(json));
        });
        return search;
    }

    private static (ulong From, ulong To) Range(string seeds)
    {
        var ends = seeds.Split('-').Select(s => ulong.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        return (ends[0], ends[^1]);
    }

    /// <summary>The first question after a start, in milliseconds.</summary>
    private static async Task<double> Warm(ServiceProvider services, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await using var scope = services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<IRegistryDesk>();
        await desk.Search("Неизвестный Человек", await Sight(scope, stop), Shown, stop);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<TerritoryId[]> Sight(AsyncServiceScope scope, CancellationToken stop) =>
        [.. (await scope.ServiceProvider.GetRequiredService<IRegistry>().ListTerritories(stop)).Select(t => t.Id)];

    private static async Task<List<Measured>> Ask(ServiceProvider services, ulong seed, int count, CancellationToken stop)
    {
        List<Asked> questions;
        await using (var scope = services.CreateAsyncScope())
            questions = await new Asking(scope.ServiceProvider.GetRequiredService<OchagDb>()).Draw(seed, count, stop);
        var next = -1;
        var users = Enumerable.Range(0, Users).Select(_ => Task.Run(async () =>
        {
            var measured = new List<Measured>();
            while (Interlocked.Increment(ref next) is var i && i < questions.Count)
            {
                await using var scope = services.CreateAsyncScope();
                var sight = await Sight(scope, stop);
                var watch = Stopwatch.StartNew();
                var found = await scope.ServiceProvider.GetRequiredService<IRegistryDesk>().Search(questions[i].Text, sight, Shown, stop);
                measured.Add(new(questions[i], found, watch.Elapsed.TotalMilliseconds));
            }

            return measured;
        }, stop));
        return [.. (await Task.WhenAll(users)).SelectMany(m => m)];
    }

    private static void TellMissed(List<Measured> measured)
    {
        foreach (var (asked, found, _) in measured.Where(m => !m.Right).OrderBy(m => m.Asked.Sought).ThenBy(m => m.Asked.Harm))
        {
            Console.WriteLine($"missed    {asked.Sought} {asked.Harm}: \"{asked.Text}\" for \"{asked.Meant}\"");
            var hits = found.Accounts.Select(a => $"{a.Number} {a.Holder}, {a.Address}, {a.Premises}")
                .Concat(found.Buildings.Select(b => b.Address));
            foreach (var hit in hits.Take(First))
                Console.WriteLine($"          {hit}");
        }
    }

    private static int Tell(List<Measured> measured, double warm, bool json)
    {
        var times = measured.Select(m => m.Milliseconds).Order().ToArray();
        double At(int percent) => times[Math.Min(times.Length - 1, (times.Length * percent + 99) / 100 - 1)];
        var right = 100.0 * measured.Count(m => m.Right) / measured.Count;
        using var process = Process.GetCurrentProcess();
        var (now, most) = (process.WorkingSet64 >> 20, process.PeakWorkingSet64 >> 20);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                queries = measured.Count, right, p50 = At(50), p95 = At(95), p99 = At(99), first = warm, memoryMb = now, mostMb = most,
                cells = measured.GroupBy(m => (m.Asked.Sought, m.Asked.Harm)).Select(g => new
                {
                    sought = $"{g.Key.Sought}", harm = $"{g.Key.Harm}", asked = g.Count(), right = g.Count(m => m.Right),
                }),
            }));
        }
        else
        {
            Table(measured);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{measured.Count} questions, {Users} users: {right:0.0} % among the first {First}; p50 {At(50):0} ms, p95 {At(95):0} ms, "
                + $"p99 {At(99):0} ms, most {times[^1]:0} ms; first after start {warm:0} ms; memory {now} MB, most {most} MB"));
        }

        return right >= 95 && At(95) < 300 ? 0 : 1;
    }

    private static void Table(List<Measured> measured)
    {
        var harms = Enum.GetValues<Harm>();
        Console.WriteLine($"{"",-10}{string.Concat(harms.Select(h => $"{h,15}"))}{"all",15}{"p95 ms",9}");
        foreach (var sought in Enum.GetValues<Sought>())
            Row($"{sought}", [.. measured.Where(m => m.Asked.Sought == sought)]);
        Row("all", measured);

        void Row(string name, List<Measured> of)
        {
            var times = of.Select(m => m.Milliseconds).Order().ToArray();
            var p95 = times.Length == 0 ? 0 : times[(times.Length * 95 + 99) / 100 - 1];
            var cells = harms.Select(h => Cell([.. of.Where(m => m.Asked.Harm == h)])).Append(Cell(of));
            var line = string.Concat(cells.Select(c => $"{c,15}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10}{line}{p95,9:0}"));
        }

        static string Cell(List<Measured> of) => of.Count == 0 ? "-" : string.Create(
            CultureInfo.InvariantCulture, $"{100.0 * of.Count(m => m.Right) / of.Count:0.0}% of {of.Count}");
    }
}
