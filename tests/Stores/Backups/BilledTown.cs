using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Storage;
using Ochag.Stores.Fixtures;

namespace Ochag.Stores.Backups;

/// <summary>Two houses, their people, two billed months: made once for a class.</summary>
public sealed class BilledTown
{
    public const int Accounts = 20;

    private static readonly BillingPeriod First = new(2026, 9);

    private bool _billed;

    public async Task Bill(Database database, CancellationToken stop)
    {
        if (_billed)
            return;
        await using var scope = database.Services.CreateAsyncScope();
        var get = scope.ServiceProvider;
        var intake = get.GetRequiredService<IRegistryIntake>();
        var billing = get.GetRequiredService<IBilling>();
        var territory = (await intake.AddTerritory(
            new("town", "Город", "Asia/Chita", "ru-354", Currency.Rub, First, "Теплосеть"), stop)).Value;
        await billing.RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "invented", stop);
        var houses = Enumerable.Range(1, 2).Select(i => new HouseDraft($"ул. Ленина, {i}", $"t:{i}", 1980, 5, Flats: Accounts / 2));
        await intake.AddHouses(territory.Id, [.. houses], stop);
        await ActivatorUtilities.CreateInstance<Generation>(get).FillHouses(territory, new(1, First.PlusMonths(1)), null, stop);
        foreach (var month in new[] { First, First.PlusMonths(1) })
        {
            if ((await billing.Run(territory, month, "test", null, stop)).Refusal is { } refusal)
                throw new InvalidOperationException(refusal.ToString());
        }

        _billed = true;
    }
}
