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

    public static Command Build() => new("bill", "A territory's month: evaluated, approved, posted, issued, closed.")
    {
        Run(),
        AnomaliesCommand.Build(),
        Step("approve", "A second person agrees to the draft; it is posted.", async (runs, territory, run, by, stop) =>
            await runs.Approve(territory, run.Id, by, stop) is { Refusal: { } refusal }
                ? refusal
                : await runs.Post(territory, run.Id, by, stop)),
        Step("issue", "Number the bills of a posted month.", (runs, territory, run, by, stop) =>
            runs.Issue(territory, run.Id, by, stop)),
        Step("close", "Check the books of an issued month and shut them.", (runs, territory, run, by, stop) =>
            runs.Close(territory, run.Id, by, stop)),
        SheetCommand.Build(),
        Check(),
        DriftCommand.Build(),
    };

    private static Command Run()
    {
        var territory = SharedOptions.Territory();
        var month = SharedOptions.Month();
        var json = SharedOptions.Json();
        var by = By("bill run");
        var post = new Option<bool>("--post")
        {
            Description = "Post it at once, without a look and a second person: for trials and for months that are taken over.",
        };
        var run = new Command("run", "Evaluate a territory's month into a draft; one that was interrupted goes on.")
        {
            territory, month, by, post, json,
        };
        run.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await services.Get<IRegistry>().FindTerritory(parsed.GetRequiredValue(territory), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            using var progress = new ProgressLine();
            var pace = new RunPaceText();
            var steps = progress.Of<RunRecord>(pace.Of);
            var (of, who) = (parsed.GetRequiredValue(month), parsed.GetRequiredValue(by));
            var result = parsed.GetValue(post)
                ? await services.Get<IBilling>().Run(found.Value, of, who, steps, stop)
                : await services.Get<IBillRuns>().Evaluate(found.Value, of, who, steps, stop);
            progress.End();
            if (result.Refusal is { } refusal)
                return await TellRefused(services, found.Value.Id, refusal, stop);
            Tell(result.Value, parsed.GetValue(json));
            if (result.Value.State != RunState.Draft || result.Value.Refused == 0)
                return Commands.Done;
            await TellBuildings(services, found.Value.Id, result.Value.Id, stop);
            return Commands.Failed;
        });
        return run;
    }

    internal static Option<string> By(string usual) => new("--by")
    {
        Description = "Whose step it is, for the history of the month.", DefaultValueFactory = _ => usual,
    };

    internal static async Task<Outcome<(TerritoryRecord Territory, RunRecord Run)>> Find(
        WithServices services, string code, BillingPeriod month, CancellationToken stop)
    {
        var found = await services.Get<IRegistry>().FindTerritory(code, stop);
        if (found.Refusal is { } unknown)
            return unknown;
        var run = (await services.Get<IBilling>().ListRuns([found.Value.Id], stop)).FirstOrDefault(r => r.Period == month);
        return run is null ? new Refusal("billing.run-unknown", ("month", $"{month}")) : (found.Value, run);
    }

    private static Command Step(
        string name, string description,
        Func<IBillRuns, TerritoryRecord, RunRecord, string, CancellationToken, Task<Outcome<RunRecord>>> work)
    {
        var territory = SharedOptions.Territory();
        var month = SharedOptions.Month();
        var json = SharedOptions.Json();
        var by = By($"bill {name}");
        var command = new Command(name, description) { territory, month, by, json };
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await Find(services, parsed.GetRequiredValue(territory), parsed.GetRequiredValue(month), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            var (of, run) = found.Value;
            var result = await work(services.Get<IBillRuns>(), of, run, parsed.GetRequiredValue(by), stop);
            if (result.Refusal is { } refusal)
                return await TellRefused(services, of.Id, refusal, stop);
            Tell(result.Value, parsed.GetValue(json));
            return Commands.Done;
        });
        return command;
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
            await TellBuildings(services, territory, new(run), stop);
        }

        return Refused.Tell(refusal);
    }

    private static async Task TellBuildings(WithServices services, TerritoryId territory, RunId run, CancellationToken stop)
    {
        var refused = await services.Get<IBilling>().ListRefused(run, RefusedShown, stop);
        var addresses = await services.Get<IRegistryDesk>().AddressesOf([.. refused.Select(r => r.Building)], [territory], stop);
        foreach (var building in refused)
        {
            var reason = RefusalSentences.AtCommandLine(RefusalSentences.Parse(building.Reason));
            Say.Fault($"  {addresses.GetValueOrDefault(building.Building, $"building {building.Building.Value}")}: {reason}");
        }
    }

    private static void Tell(RunRecord run, bool json)
    {
        if (json)
        {
            Say.Line(JsonSerializer.Serialize(new
            {
                run = run.Id.Value,
                state = run.State.ToString(),
                month = run.Period.ToString(),
                buildings = run.BuildingsDone,
                accounts = run.Accounts,
                lines = run.Lines,
                total = run.Total.ToString(),
            }));
            return;
        }

        Say.Line($"{run.State,-9} {run.Period}");
        Say.Line($"Buildings {run.BuildingsDone,16:N0}");
        Say.Line($"Accounts  {run.Accounts,16:N0}");
        Say.Line($"Lines     {run.Lines,16:N0}");
        Say.Line($"Total     {run.Total.Minor / 100m,16:N2}");
        if (run.State == RunState.Draft)
            Say.Line($"Refused   {run.Refused,16:N0} buildings");
        Say.Line(run.State switch
        {
            RunState.Draft => "Nothing counts yet: look it through (bill anomalies), then let a second person approve it (bill approve).",
            RunState.Posted => "The lines count now. Next: bill issue.",
            RunState.Issued => "The bills have their numbers. Next: bill close.",
            _ => "The month is closed.",
        });
    }
}
