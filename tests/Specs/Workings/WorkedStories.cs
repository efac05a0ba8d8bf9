using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Workings;
using Ochag.Specs.Evaluation;

namespace Ochag.Specs.Workings;

/// <summary>Every line of every worked building, with the facts that its story is told from.</summary>
internal static class WorkedStories
{
    private static readonly Lazy<IReadOnlyList<StoryFacts>> Lines = new(() =>
        [.. WorkedBuildingTests.Files().SelectMany(Of)]);

    public static IReadOnlyList<StoryFacts> All => Lines.Value;

    private static IEnumerable<StoryFacts> Of(string file)
    {
        var building = WorkedBuildingTests.Read(Path.ChangeExtension(file, null));
        var premises = building.Facts.Building.Premises.ToDictionary(p => p.Id);
        var accounts = building.Facts.Building.Accounts.ToDictionary(a => a.Id);
        foreach (var month in building.Months)
        {
            foreach (var line in building.Evaluate(month).Lines)
            {
                var working = Working.Read(line.Working);
                var home = premises[accounts[line.Account].Premises];
                yield return new(
                    LinesByHand.Posted(line, month), WorkingNode.Of(working), (Formula)working.Formula, line.Amount.Currency,
                    building.Facts.TimeZone)
                {
                    Meters = home.Meters,
                    HasHeatMeter = building.Facts.Building.Meters.Any(m => m.Service == Service.Heating),
                    Acts = [.. building.Facts.Acts.Where(a => a.Premises == home.Id)
                        .Select(a => new RecordedAct(a, new("test", Instant.MinValue, "test"), null))],
                };
            }
        }
    }
}
