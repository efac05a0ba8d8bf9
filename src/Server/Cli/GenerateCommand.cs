using System.CommandLine;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;

namespace Ochag.Server.Cli;

/// <summary>"generate": invented people for real houses, to try a whole city.</summary>
internal static class GenerateCommand
{
    public static Command Build()
    {
        var territory = SharedOptions.Territory();
        var fromHouses = new Option<bool>("--from-houses") { Description = "One account for each flat of the houses there are." };
        var seed = SharedOptions.Seed();
        var through = SharedOptions.Month("--through", "Readings up to this month; by default the first billed one.");
        through.Required = false;
        var limit = SharedOptions.Count("--limit", "Fill only the first houses.", "HOUSES");
        var accounts = new Command("accounts", "Accounts, residents, meters and readings, all invented.") { fromHouses, territory,
            seed, through, limit };
        accounts.Validators.Add(result =>
        {
            if (!result.GetValue(fromHouses))
                result.AddError("--from-houses is needed: accounts are made for the houses there are, and for nothing else yet.");
        });
        accounts.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await services.Get<IRegistry>().FindTerritory(parsed.GetRequiredValue(territory), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            var last = parsed.GetResult(through) is null ? found.Value.BilledSince : parsed.GetValue(through);
            if (last < found.Value.BilledSince)
            {
                return Refused.Tell(new(
                    "billing.month-before-start", ("month", $"{last}"), ("billed since", $"{found.Value.BilledSince}")));
            }

            using var progress = new ProgressLine();
            var told = progress.Of<GenerationProgress>(p => $"{p.Houses:N0} of {p.HousesInAll:N0} houses, {p.Accounts:N0} accounts");
            var plan = new GenerationPlan(parsed.GetValue(seed), last, parsed.GetValue(limit));
            var done = await services.Get<Generation>().FillHouses(found.Value, plan, told, stop);
            progress.End();
            Say.Line($"{done.Accounts:N0} accounts in {done.Houses:N0} houses.");
            return Commands.Done;
        });
        return new Command("generate", "Make invented data.") { accounts };
    }
}
