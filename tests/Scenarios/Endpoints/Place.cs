using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Api.Keys;
using Ochag.Server.Demo;
using Ochag.Server.Imports;
using Ochag.Server.Jobs;
using Ochag.Server.Staff;

namespace Ochag.Scenarios.Endpoints;

/// <summary>A territory with one billed month, and one of each thing in it that an address may name.</summary>
internal sealed record Place(
    TerritoryRecord Territory, BuildingId Building, AccountId Account, RunId Run, LineKey Line, Guid Person, long WithdrawnQuality,
    ImportId Import, Guid Upload, Guid Thrown, MeterId Meter, MeterId OwnMeter, long Job, long Merge, Guid Key,
    long Holder, long Draft, long Reading, long OwnReading)
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
        var known = (await registry.ReadBuildings([building], stop))[0];
        var account = known.Accounts.First(a => known.Premises.Any(p => p.Id == a.Premises && p.Meters.Count > 0));
        var line = (await billing.ListCharges(account.Id, stop))[0];
        var quality = await Quality(services, territory, building, stop);
        var login = "clerk-of-" + code;
        var hired = await services.GetRequiredService<StaffDirectory>()
            .Create(login, login, null, [(Roles.Operator, territory.Id.Value)], "test");
        if (!hired.Succeeded)
            throw new InvalidOperationException(hired.ToString());
        var person = (await services.GetRequiredService<StaffDirectory>().List(stop)).First(p => p.Login == login);
        return new(
            territory, building, account.Id, run.Value.Id, line.Key, person.Id, quality, await TakeIn(services, territory, stop),
            await Bring(services, territory, 1, stop), await Bring(services, territory, 2, stop),
            known.Premises.First(p => p.Id == account.Premises).Meters[0].Id, known.Meters[0].Id,
            await Ask(services, territory, stop), await MergeTwins(services, territory, stop), await MakeKey(services, territory, stop),
            (await services.GetRequiredService<IRegistryDesk>().FindAccount(account.Id, [territory.Id], stop))!.Holders[0].Id.Value,
            await BeginDraft(services, territory, stop),
            (await services.GetRequiredService<IReadingCorrections>().History(
                known.Premises.First(p => p.Id == account.Premises).Meters[0].Id, 1, stop))[0].Reading.Id,
            await ReadOwn(services, building, known.Meters[0], stop));
    }

    /// <summary>A reading of the building's own meter, which is otherwise known by months.</summary>
    private static async Task<long> ReadOwn(IServiceProvider services, BuildingId building, MeterRecord meter, CancellationToken stop)
    {
        await services.GetRequiredService<IMetering>().Record(
            [
                new(
                    meter.Id, building, new(2026, 10, 25), new(2026, 10, 25), ReadingSource.Controller, ReadingMark.None,
                    [.. meter.Zones.Select(z => new RegisterIndex(z, Fixed.Of(1)))]),
            ], [], "test", "test", stop);
        return (await services.GetRequiredService<IReadingCorrections>().History(meter.Id, 1, stop))[0].Reading.Id;
    }

    private static async Task<long> BeginDraft(IServiceProvider services, TerritoryRecord territory, CancellationToken stop) =>
        (await services.GetRequiredService<IParameterDrafts>().Begin(
            territory, new(ParameterTable.Tariff, "cold_water", Fixed.Of(60), new(2030, 1, 1), null, "test"), "test", stop)).Value.Id;

    private static async Task<Guid> MakeKey(IServiceProvider services, TerritoryRecord territory, CancellationToken stop)
    {
        var wish = new KeyWish("key of " + territory.Code, Scopes.All, territory.Id.Value, 30, 100);
        return (await services.GetRequiredService<KeyBook>().Make(wish, "test", stop)).Value.Key.Id;
    }

    private static async Task<long> MergeTwins(IServiceProvider services, TerritoryRecord territory, CancellationToken stop)
    {
        var twins = await services.GetRequiredService<IRegistryIntake>().AddHouses(
            territory.Id, [new("ул. Двойная, 1", "twin-1", 1980, 5, null), new("улица Двойная, д. 1", "twin-2", 1980, 5, null)], stop);
        return (await services.GetRequiredService<IDoubles>().Merge(territory.Id, twins[0], twins[1], "test", stop)).Value.Id;
    }

    /// <summary>A job that waits and is never set going.</summary>
    private static async Task<long> Ask(IServiceProvider services, TerritoryRecord territory, CancellationToken stop) =>
        (await services.GetRequiredService<JobBook>().Add(
            new(ImportCheck.Kind, $"file:of {territory.Code}", "a.csv", territory.Id.Value, $"{Guid.Empty}", "test"), null, stop)).Id;

    private static async Task<ImportId> TakeIn(IServiceProvider services, TerritoryRecord territory, CancellationToken stop)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "account;count\n0;1\n", stop);
        var taken = await services.GetRequiredService<IImports>().Take(
            new(territory, "residents", file, "residents.csv", "test"), null, stop);
        File.Delete(file);
        return taken.Value.Id;
    }

    /// <summary>A file whose columns nobody has named: it can be looked at and not taken in.</summary>
    private static async Task<Guid> Bring(IServiceProvider services, TerritoryRecord territory, int number, CancellationToken stop)
    {
        using var content = new MemoryStream("a;b\n1;2\n"u8.ToArray());
        var id = Guid.Parse($"{territory.Id.Value:00000000}-0000-7000-8000-{number:000000000000}");
        var upload = new ImportUpload(id, territory.Id.Value, "residents", "a.csv", "test",
            new Dictionary<string, string>());
        return (await services.GetRequiredService<ImportUploads>().Receive(upload, content, stop)).Id;
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
