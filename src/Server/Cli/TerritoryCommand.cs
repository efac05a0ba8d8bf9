using System.CommandLine;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;

namespace Ochag.Server.Cli;

/// <summary>"territory": list those there are, add one.</summary>
internal static class TerritoryCommand
{
    public static Command Build()
    {
        var list = new Command("list", "Show the territories.");
        list.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            foreach (var territory in await services.Get<IRegistry>().ListTerritories(stop))
                Say.Line($"{territory.Code,-16} {territory.Name}  {territory.TimeZone.Id}  {territory.RulePack}  billed since {territory.BilledSince}");
            return Commands.Done;
        });
        return new Command("territory", "Territories: a time zone, a rule pack, a currency.") { list, Add() };
    }

    private static Command Add()
    {
        var code = new Argument<string>("CODE") { Description = "Short name, such as ekb." };
        var name = new Option<string?>("--name") { Description = "Name for people; the short name by default." };
        var zone = new Option<string>("--time-zone") { Description = "tz database name.", Required = true };
        var since = SharedOptions.Month("--billed-since", "The first month that is billed here.");
        var sample = new Option<bool>("--sample-tariffs")
        {
            Description = "Record invented tariffs, norms and seasons, to try things out.",
        };
        var add = new Command("add", "Make a territory.") { code, name, zone, since, sample };
        add.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var short_ = parsed.GetRequiredValue(code);
            var added = await services.Get<IRegistryIntake>().AddTerritory(
                new(short_, parsed.GetValue(name) ?? short_, parsed.GetRequiredValue(zone), "ru-354", Currency.Rub,
                    parsed.GetRequiredValue(since), "—"), stop);
            if (added.Refusal is { } refusal)
                return Refused.Tell(refusal);
            if (parsed.GetValue(sample))
                await services.Get<IBilling>().RecordParameters(added.Value.Id, TerritoryParameters.Make(), "territory add",
                    TerritoryParameters.Evidence, stop);
            Say.Line($"Territory {short_} is there.");
            return Commands.Done;
        });
        return add;
    }
}
