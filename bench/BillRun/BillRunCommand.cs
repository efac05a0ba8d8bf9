using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Bench.Cities;
using Ochag.Bench.Grounds;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Bench.BillRun;

/// <summary>"billrun": a company's month beside other ways to the same rows, in one run on one machine.</summary>
internal static class BillRunCommand
{
    private static readonly string[] Parts = ["raw", "set-based", "row-by-row"];

    public static Command Build()
    {
        var accounts = new Option<int>("--accounts") { Description = "Accounts of the base.", DefaultValueFactory = _ => 500_000 };
        var database = new Option<string>("--database") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
        database.AcceptOnlyFromAmong("sqlite", "postgres");
        var loads = new Option<int>("--loads") { Description = "How often the raw load is measured.", DefaultValueFactory = _ => 3 };
        var rows = new Option<int>("--row-by-row")
        {
            Description = "Accounts that are billed row by row; all are extrapolated from them.", DefaultValueFactory = _ => 20_000,
        };
        var skip = new Option<string>("--skip") { Description = "What to leave out: raw,set-based,row-by-row." };
        skip.Validators.Add(result =>
        {
            if (Skipped(result.GetValueOrDefault<string>()).Except(Parts, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
                result.AddError($"There is no part {unknown}: {string.Join(", ", Parts)}.");
        });
        var half = new Option<bool>("--half") { Description = "Bill a base of half as many accounts too." };
        var months = new Option<int>("--months")
        {
            Description = "Bill so many months one after another, and nothing else.", DefaultValueFactory = _ => 1,
        };
        var json = new Option<bool>("--json") { Description = "The figures as JSON." };
        var command = new Command("billrun", "Bill a month of a whole company, and come to the same rows in other ways.")
        {
            accounts, database, loads, rows, skip, half, months, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var size = parsed.GetValue(accounts);
            var town = Town(size, parsed.GetValue(months));
            await using var ground = await town.Open(stop);
            if (parsed.GetValue(months) > 1)
            {
                var seconds = await MonthsInARow.Measure(ground, town.FirstMonth, parsed.GetValue(months), Say, stop);
                Console.WriteLine(parsed.GetValue(json) ? seconds.Json(parsed.GetRequiredValue(database)) : seconds.ToString());
                return 0;
            }

            var work = new Comparing(parsed.GetValue(loads), parsed.GetValue(rows), Skipped(parsed.GetValue(skip)));
            var measured = await Measure(ground, parsed.GetRequiredValue(database), town.FirstMonth, work, stop);
            if (parsed.GetValue(half))
                measured = measured with { Half = await BillHalf(Town(size / 2, over: 1), stop) };
            Console.WriteLine(parsed.GetValue(json) ? measured.Json() : measured.Table());
            return measured.Comparison is { Different: > 0 } ? 1 : 0;

            RunBase Town(int of, int over) => new(parsed.GetRequiredValue(database), of, over, SystemClock.Instance, Say);
        });
        return command;
    }

    private sealed record Comparing(int Loads, int Rows, IReadOnlySet<string> Skip);

    private static HashSet<string> Skipped(string? given) =>
        [.. (given ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static async Task<Measured> Measure(
        Ground ground, string database, BillingPeriod month, Comparing work, CancellationToken stop)
    {
        Say("back to the state before the run");
        await ground.Begin(stop);
        await using var services = OchagServices.On(ground.Address);
        Say("evaluation alone");
        var (reading, evaluating, _) = await EvaluationAlone.Measure(services, RunBase.Territory, month, ground.ServerProcess, stop);
        Say("the whole run");
        var (run, whole, peak) = await WholeRun.Bill(services, month, ground.ServerProcess, stop);
        var measured = new Measured(database, run, reading, evaluating, whole, peak);
        if (!work.Skip.Contains("raw"))
            measured = measured with { Raw = await LoadRaw(ground, work.Loads, stop) };

        var (territory, rules) = await WholeRun.RulesOf(services, stop);
        if (!work.Skip.Contains("set-based"))
        {
            Say("set-based SQL");
            var (spent, comparison) = await (await SetBased.Open(ground, stop)).Measure(rules, run, stop);
            Say($"{comparison}");
            measured = measured with { SetBased = spent, Comparison = comparison };
        }

        if (!work.Skip.Contains("row-by-row"))
        {
            Say("row by row");
            var (spent, accounts) = await new RowByRow(services, territory, rules, run, ground.ServerProcess).Measure(work.Rows, stop);
            measured = measured with { RowByRow = spent, MeasuredByRow = accounts };
        }

        return measured;
    }

    private static async Task<IReadOnlyList<Spent>> LoadRaw(Ground ground, int loads, CancellationToken stop)
    {
        var raw = new List<Spent>();
        for (var i = 1; i <= loads; i++)
        {
            Say($"raw load {i} of {loads}");
            raw.Add(await RawLoad.Of(ground, ground.ServerProcess).Load(stop));
        }

        return raw;
    }

    private static async Task<HalfRun> BillHalf(RunBase town, CancellationToken stop)
    {
        await using var ground = await town.Open(stop);
        Say("the whole run of half the accounts");
        await ground.Begin(stop);
        await using var services = OchagServices.On(ground.Address);
        var (run, spent, _) = await WholeRun.Bill(services, town.FirstMonth, ground.ServerProcess, stop);
        return new(run.Accounts, spent);
    }

    private static void Say(string what) => Console.Error.WriteLine(what);
}
