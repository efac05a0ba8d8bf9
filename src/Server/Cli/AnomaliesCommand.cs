using System.CommandLine;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Refusals;

namespace Ochag.Server.Cli;

/// <summary>"bill anomalies": what looks odd in a draft, and deciding a whole kind of it.</summary>
internal static class AnomaliesCommand
{
    private const int Worst = 20;

    public static Command Build()
    {
        var territory = SharedOptions.Territory();
        var month = SharedOptions.Month();
        var kind = new Option<AnomalyKind?>("--accept") { Description = "Decide that all of this kind are as they should be." };
        var note = new Option<string?>("--note") { Description = "Why, for whoever approves." };
        var by = BillCommand.By("bill anomalies");
        var command = new Command("anomalies", "Tell what looks odd in a draft, the most money at risk first.")
        {
            territory, month, kind, note, by,
        };
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await BillCommand.Find(
                services, parsed.GetRequiredValue(territory), parsed.GetRequiredValue(month), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            var (of, run) = found.Value;
            var anomalies = services.Get<IAnomalies>();
            if (parsed.GetValue(kind) is { } accepted)
            {
                foreach (var group in (await anomalies.Groups(run, stop)).Where(g => g.Kind == accepted))
                {
                    var decided = await anomalies.Decide(
                        of, run.Id, new(group.Kind, group.Service), AnomalyVerdict.Accepted, parsed.GetValue(note),
                        parsed.GetRequiredValue(by), stop);
                    if (decided.Refusal is { } refusal)
                        return Refused.Tell(refusal);
                    Say.Line($"Accepted {decided.Value:N0}: {Name(group.Kind, group.Service)}");
                }
            }

            await Tell(services, of, run, stop);
            return Commands.Done;
        });
        return command;
    }

    private static async Task Tell(WithServices services, TerritoryRecord territory, RunRecord run, CancellationToken stop)
    {
        var anomalies = services.Get<IAnomalies>();
        foreach (var group in await anomalies.Groups(run, stop))
        {
            Say.Line($"{Name(group.Kind, group.Service),-28}{group.Count,9:N0} cases{group.Undecided,9:N0} undecided"
                + $"{group.AtRisk.Minor / 100m,18:N2} at risk");
        }

        var worst = await anomalies.List(run, null, undecidedOnly: true, 0, Worst, stop);
        var places = await services.Get<IRegistryDesk>().LabelsOf(
            [.. worst.Select(w => w.Account).OfType<AccountId>()], [territory.Id], stop);
        var addresses = await services.Get<IRegistryDesk>().AddressesOf([.. worst.Select(w => w.Building)], [territory.Id], stop);
        foreach (var odd in worst)
        {
            var place = odd.Account is { } account && places.TryGetValue(account, out var at)
                ? $"{at.Number}, {at.Address}, {at.Premises}"
                : addresses.GetValueOrDefault(odd.Building, $"building {odd.Building.Value}");
            var before = odd.LastMonth is { } was ? $"{was.Minor / 100m:N2} -> " : "";
            Say.Line($"  {Name(odd.Kind, odd.Service)}: {place}: {before}{odd.Now.Minor / 100m:N2}");
        }

        var count = await anomalies.Count(run.Id, stop);
        Say.Line($"{count.All:N0} in all, {count.Undecided:N0} undecided, {count.ToMend:N0} to mend");
    }

    private static string Name(AnomalyKind kind, Service? service) => service is { } of ? $"{kind} {of}" : $"{kind}";
}
