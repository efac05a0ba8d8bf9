using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Server.Staff;

namespace Ochag.Scenarios.Endpoints;

/// <summary>A territory with one billed month, and one of each thing in it that an address may name.</summary>
internal sealed record Place(
    TerritoryRecord Territory, BuildingId Building, AccountId Account, RunId Run, LineKey Line, Guid Person, long WithdrawnQuality)
{
    public static async Task<Place> Make(IServiceProvider services, string code, CancellationToken stop)
    {
        var intake = services.GetRequiredService<IRegistryIntake>();
        var registry = services.GetRequiredService<IRegistry>();
        var billing = services.GetRequiredService<IBilling>();
        var month = new BillingPeriod(2026, 9);
        var territory = (await intake.AddTerritory(
            new(code, code, "Asia/Chita", "ru-354", Currency.Rub, month, "Теплосеть"), stop)).Value;
        await billing.RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "invented", stop);
        var building = (await intake.AddHouses(territory.Id, [new($"ул. Ленина, {code}", code, 1980, 5, Flats: 8)], stop))[0];
        await ActivatorUtilities.CreateInstance<Generation>(services).FillHouses(territory, new(1, month), null, stop);
        var run = await billing.Run(territory, month, "test", null, stop);
        if (run.Refusal is { } refusal)
            throw new InvalidOperationException(refusal.ToString());
        var account = (await registry.ReadBuildings([building], stop))[0].Accounts[0];
        var line = (await billing.ListCharges(account.Id, stop))[0];
        var quality = await Quality(services, territory, building, stop);
        var login = "clerk-of-" + code;
        var hired = await services.GetRequiredService<StaffDirectory>()
            .Create(login, login, null, [(Roles.Operator, territory.Id.Value)], "test");
        if (!hired.Succeeded)
            throw new InvalidOperationException(hired.ToString());
        var person = (await services.GetRequiredService<StaffDirectory>().List(stop)).First(p => p.Login == login);
        return new(territory, building, account.Id, run.Value.Id, line.Key, person.Id, quality);
    }

    private static async Task<long> Quality(
        IServiceProvider services, TerritoryRecord territory, BuildingId building, CancellationToken stop)
    {
        var intake = services.GetRequiredService<IBillingIntake>();
        var entered = await intake.EnterQuality(
            territory, building,
            new(Service.HotWater, QualityKind.Break, null, new(2026, 9, 1, 8, 0), new(2026, 9, 2, 0, 0), Planned: false,
                DeadEndMain: false, null, [], "act"),
            Guid.CreateVersion7(), "test", stop);
        await intake.WithdrawQuality(building, entered.Event!.Fact, stop);
        return entered.Event.Fact;
    }
}
