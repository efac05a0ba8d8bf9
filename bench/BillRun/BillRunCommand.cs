using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Bench.Cities;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Bench.BillRun;

/// <summary>"billrun": a company's month beside other ways to the same rows, in one run on one machine.</summary>
internal static class BillRunCommand
{
    private sealed record Measured(
        int Accounts, string Database, RunRecord Run, Spent Reading, Spent Evaluating, Spent Whole, IReadOnlyList<Spent> Raw, long PeakMiB)
    {
        public Spent RawMedian => Raw.OrderBy(r => r.Seconds).ElementAt(Raw.Count / 2);
    }

    public static Command Build()
    {
        var accounts = new Option<int>("--accounts") { Description = "Accounts of the base.", DefaultValueFactory = _ => 500_000 };
        var database = new Option<string>("--database") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
        database.AcceptOnlyFromAmong("sqlite", "postgres");
        var loads = new Option<int>("--loads") { Description = "How often the raw load is measured.", DefaultValueFactory = _ => 3 };
        var json = new Option<bool>("--json") { Description = "The figures as JSON." };
        var command = new Command("billrun", "Bill a month of a whole company, and load the same rows raw.")
        {
            accounts, database, loads, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var town = new RunBase(
                parsed.GetRequiredValue(database), parsed.GetValue(accounts), months: 1, SystemClock.Instance, Console.Error.WriteLine);
            await using var ground = await town.Open(stop);
            var measured = await Measure(ground, parsed.GetRequiredValue(database), town.FirstMonth, parsed.GetValue(loads), stop);
            Console.WriteLine(parsed.GetValue(json) ? Json(measured) : Table(measured));
            return 0;
        });
        return command;
    }

    private static async Task<Measured> Measure(Ground ground, string database, BillingPeriod month, int loads, CancellationToken stop)
    {
        Say("back to the state before the run");
        await ground.Begin(stop);
        await using var services = OchagServices.On(ground.Address);
        Say("evaluation alone");
        var (reading, evaluating, _) = await EvaluationAlone.Measure(services, RunBase.Territory, month, ground.ServerProcess, stop);
        Say("the whole run");
        var (run, whole, peak) = await Bill(services, month, ground.ServerProcess, stop);
        var raw = new List<Spent>();
        for (var i = 1; i <= loads; i++)
        {
            Say($"raw load {i} of {loads}");
            raw.Add(await RawLoad.Of(ground, ground.ServerProcess).Load(stop));
        }

        return new(run.Accounts, database, run, reading, evaluating, whole, raw, peak);
    }

    private static async Task<(RunRecord Run, Spent Spent, long PeakMiB)> Bill(
        IServiceProvider services, BillingPeriod month, int? server, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory(RunBase.Territory, stop)).Value;
        GC.Collect();
        using var memory = new MemoryWatch();
        RunRecord? run = null;
        var spent = await Spent.On(async () =>
        {
            var result = await scope.ServiceProvider.GetRequiredService<IBilling>().Run(territory, month, "bench", null, stop);
            run = result.IsRefused ? throw new InvalidOperationException($"{result.Refusal}") : result.Value;
        }, server);
        return (run!, spent, memory.MostMiB);
    }

    private static string Table(Measured m)
    {
        var raw = m.RawMedian;
        return string.Join('\n',
            [
                $"{m.Accounts:N0} accounts, {m.Run.Lines:N0} lines, {m.Database}, {Environment.ProcessorCount} processors",
                $"{"",-28}{"seconds",10}{"cpu",10}{"of raw",10}",
                Row("reading the facts", m.Reading), Row("evaluation alone", m.Evaluating), Row("whole run", m.Whole),
                Row("raw load (median)", raw),
                .. m.Raw.Select((r, i) => Row($"  load {i + 1}", r)),
                $"most memory in the run {m.PeakMiB:N0} MiB",
            ]);

        string Row(string name, Spent spent) => string.Create(CultureInfo.InvariantCulture,
            $"{name,-28}{spent.Seconds,10:0.0}{spent.CpuSeconds,10:0.0}{spent.Seconds / raw.Seconds,10:0.00}");
    }

    private static string Json(Measured m) => JsonSerializer.Serialize(new
    {
        accounts = m.Accounts, database = m.Database, lines = m.Run.Lines, evaluateSeconds = m.Evaluating.Seconds,
        readSeconds = m.Reading.Seconds, runSeconds = m.Whole.Seconds, rawLoadSeconds = m.RawMedian.Seconds, peakMemoryMiB = m.PeakMiB,
    });

    private static void Say(string what) => Console.Error.WriteLine(what);
}
