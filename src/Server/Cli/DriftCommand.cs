using System.CommandLine;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cli;

/// <summary>"bill drift": posted months evaluated again by what was known then; "release" answers for what differs.</summary>
internal static class DriftCommand
{
    private const int UsualMonths = 2;

    public static Command Build()
    {
        var territory = Territory();
        var months = SharedOptions.Count("--months", $"How many of the last posted months; {UsualMonths} without it.", "NUMBER");
        var drift = new Command("drift", "Evaluate posted months again by what was known then; exit 1 when something differs and waits.")
        {
            territory, months, Release(),
        };
        drift.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await Territories(services, parsed.GetValue(territory), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            var open = false;
            foreach (var one in found.Value)
            {
                using var progress = new ProgressLine();
                var result = await services.Get<IBilling>().CheckDrift(
                    one, parsed.GetValue(months) ?? UsualMonths, progress.Of<long>(n => $"{n:N0} lines"), stop);
                progress.End();
                if (result.Refusal is { } refusal)
                    return Refused.Tell(refusal);
                foreach (var month in result.Value)
                    await Tell(services, one, month, stop);
                open |= result.Value.Any(m => m.State == DriftState.Open);
            }

            if (open)
                Say.Fault("Nothing is posted there until it is released: ochag bill drift release --ground \"...\" --by NAME");
            return open ? Commands.Failed : Commands.Done;
        });
        return drift;
    }

    private static Command Release()
    {
        var territory = Territory();
        var ground = new Option<string>("--ground")
        {
            Description = "Why it is right as it is now: an order, a clarification of the law.",
            HelpName = "TEXT",
            Required = true,
        };
        var by = new Option<string>("--by") { Description = "Who answers for it.", HelpName = "NAME", Required = true };
        var release = new Command("release", "Release what differs as a dated correction; posting goes on.") { territory, ground, by };
        release.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await Territories(services, parsed.GetValue(territory), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            var (released, last) = (0, (Refusal?)null);
            foreach (var one in found.Value)
            {
                var result = await services.Get<IBilling>().ReleaseDrift(
                    one, parsed.GetRequiredValue(ground), parsed.GetRequiredValue(by), stop);
                last = result.Refusal ?? last;
                foreach (var month in result.IsRefused ? [] : result.Value)
                {
                    released++;
                    Say.Line($"Released  {one.Code} {month.Month}: {month.Count:N0} differences, {month.Sum}, by {month.By}: {month.Ground}");
                }
            }

            // Of several territories those without drift are no reason to fail.
            return released > 0 || last is null ? Commands.Done : Refused.Tell(last);
        });
        return release;
    }

    private static Option<string?> Territory() => new("--territory")
    {
        Description = "Short name of the territory; all of them without it.", HelpName = "CODE",
    };

    private static async Task<Outcome<IReadOnlyList<TerritoryRecord>>> Territories(
        WithServices services, string? code, CancellationToken stop)
    {
        if (code is null)
            return (await services.Get<IRegistry>().ListTerritories(stop)).ToList();
        var found = await services.Get<IRegistry>().FindTerritory(code, stop);
        return found.IsRefused ? found.Refusal! : new List<TerritoryRecord> { found.Value };
    }

    private static async Task Tell(WithServices services, TerritoryRecord territory, DriftMonth month, CancellationToken stop)
    {
        var desk = services.Get<IRegistryDesk>();
        Say.Line(
            $"{territory.Code} {month.Month}: {month.Lines:N0} lines (evaluator {month.PostedBy}, now {Evaluator.Version}; {month.RulePack}), "
            + $"{month.Count:N0} differences, {month.Sum}{(month.Count == 0 ? "" : $", {month.State.ToString().ToLowerInvariant()}")}");
        var addresses = await desk.AddressesOf(
            [.. month.First.Select(d => d.Building).OfType<BuildingId>().Distinct()], [territory.Id], stop);
        foreach (var d in month.First)
        {
            var account = await desk.FindAccount(d.Account, [territory.Id], stop);
            var place = d.Building is { } building
                ? addresses.GetValueOrDefault(building, $"building {building.Value}")
                : "no building of that month";
            Say.Line($"  {account?.Number ?? $"account {d.Account.Value}"}, {place}: {d.Service} {d.Component.Kind}, posted {d.Posted}, now {d.Now}");
        }
    }
}
