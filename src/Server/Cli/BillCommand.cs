using System.CommandLine;
using System.Text.Json;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Refusals;

namespace Ochag.Server.Cli;

/// <summary>"bill": a territory's month.</summary>
internal static class BillCommand
{
    private const int RefusedShown = 20;

    public static Command Build()
    {
        var territory = SharedOptions.Territory();
        var month = SharedOptions.Month();
        var json = SharedOptions.Json();
        var run = new Command("run", "Evaluate a territory's month and post it; one that was interrupted goes on.") { month, territory,
            json };
        run.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await services.Get<IRegistry>().FindTerritory(parsed.GetRequiredValue(territory), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            var billing = services.Get<IBilling>();
            using var progress = new ProgressLine();
            var result = await billing.Run(
                found.Value, parsed.GetRequiredValue(month), "bill run", progress.Of<RunRecord>(r => $"{r.BuildingsDone:N0} of {r.Buildings:N0} buildings, {r.Accounts:N0} accounts, {r.Lines:N0} lines"), stop);
            progress.End();
            if (result.Refusal is { } refusal)
                return await TellRefused(services, found.Value.Id, refusal, stop);
            Tell(result.Value, parsed.GetValue(json));
            return Commands.Done;
        });
        return new Command("bill", "Bill runs.") { run, Check(), DriftCommand.Build() };
    }

    private static Command Check()
    {
        var territory = SharedOptions.Territory();
        var month = SharedOptions.Month(description: "Only this month, as 2026-10.");
        month.Required = false;
        var check = new Command("check", "Compute posted lines again from their stored workings; exit 1 when any does not come out.")
        {
            territory, month,
        };
        check.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await services.Get<IRegistry>().FindTerritory(parsed.GetRequiredValue(territory), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            using var progress = new ProgressLine();
            var only = parsed.GetResult(month) is null ? (BillingPeriod?)null : parsed.GetValue(month);
            var result = await services.Get<IBilling>().CheckWorkings(
                found.Value.Id, only, progress.Of<long>(n => $"{n:N0} lines"), stop);
            progress.End();
            foreach (var broken in result.First)
                Say.Fault($"  account {broken.Line.Account.Value}, line {broken.Line.Number} of {broken.Line.PostedIn}: {broken.Fault}");
            Say.Line($"{result.Lines:N0} lines computed again, {result.Faults:N0} did not come out");
            return result.Faults == 0 ? Commands.Done : Commands.Failed;
        });
        return check;
    }

    private static async Task<int> TellRefused(WithServices services, TerritoryId territory, Refusal refusal, CancellationToken stop)
    {
        if (refusal.Code == "billing.run-has-refusals")
        {
            var run = long.Parse(refusal.Facts.First(f => f.Name == "run").Value, System.Globalization.CultureInfo.InvariantCulture);
            var refused = await services.Get<IBilling>().ListRefused(new(run), RefusedShown, stop);
            var addresses = await services.Get<IRegistryDesk>().AddressesOf([.. refused.Select(r => r.Building)], [territory], stop);
            foreach (var building in refused)
            {
                var reason = RefusalSentences.AtCommandLine(RefusalSentences.Parse(building.Reason));
                Say.Fault($"  {addresses.GetValueOrDefault(building.Building, $"building {building.Building.Value}")}: {reason}");
            }
        }

        return Refused.Tell(refusal);
    }

    private static void Tell(RunRecord run, bool json)
    {
        if (json)
        {
            Say.Line(JsonSerializer.Serialize(new
            {
                run = run.Id.Value,
                month = run.Period.ToString(),
                buildings = run.BuildingsDone,
                accounts = run.Accounts,
                lines = run.Lines,
                total = run.Total.ToString(),
            }));
            return;
        }

        Say.Line($"Posted    {run.Period}");
        Say.Line($"Buildings {run.BuildingsDone,16:N0}");
        Say.Line($"Accounts  {run.Accounts,16:N0}");
        Say.Line($"Lines     {run.Lines,16:N0}");
        Say.Line($"Total     {run.Total.Minor / 100m,16:N2}");
    }
}
