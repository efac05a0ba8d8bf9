using System.Globalization;
using System.Text.Json;
using Ochag.Bench.Cities;
using Ochag.Bench.Grounds;
using Ochag.Foundation;

namespace Ochag.Bench.BillRun;

/// <summary>One month billed after another: each rests on all that is stored of those before it.</summary>
internal sealed record MonthsInARow(int Accounts, IReadOnlyList<(BillingPeriod Month, Spent Spent)> Months)
{
    private double Ratio => Months[^1].Spent.Seconds / Months[0].Spent.Seconds;

    public static async Task<MonthsInARow> Measure(
        Ground ground, BillingPeriod first, int months, Action<string> say, CancellationToken stop)
    {
        // The first month would pay for what the runtime compiles once: it is billed twice.
        say("the first month, not measured");
        await ground.Begin(stop);
        await using (var unmeasured = OchagServices.On(ground.Address))
            await WholeRun.Bill(unmeasured, first, ground.ServerProcess, stop);
        say("back to the state before the first run");
        await ground.Begin(stop);
        await using var services = OchagServices.On(ground.Address);
        var (accounts, measured) = (0, new List<(BillingPeriod, Spent)>());
        foreach (var month in Enumerable.Range(0, months).Select(first.PlusMonths))
        {
            var (run, spent, _) = await WholeRun.Bill(services, month, ground.ServerProcess, stop);
            say(string.Create(CultureInfo.InvariantCulture, $"{month}: {spent.Seconds:0.0} s, {run.Lines:N0} lines"));
            (accounts, measured) = (run.Accounts, [.. measured, (month, spent)]);
        }

        return new(accounts, measured);
    }

    public override string ToString() => string.Join('\n',
        [
            string.Create(CultureInfo.InvariantCulture, $"{Accounts:N0} accounts"),
            $"{"month",-10}{"seconds",10}{"cpu",10}",
            .. Months.Select(m => string.Create(
                CultureInfo.InvariantCulture, $"{m.Month,-10}{m.Spent.Seconds,10:0.0}{m.Spent.CpuSeconds,10:0.0}")),
            string.Create(CultureInfo.InvariantCulture, $"month {Months.Count} took {Ratio:0.00} times month 1"),
        ]);

    public string Json(string database) => JsonSerializer.Serialize(new
    {
        accounts = Accounts, database, monthSeconds = Months.Select(m => m.Spent.Seconds), lastByFirst = Ratio,
    });
}
