using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;

namespace Ochag.Stores;

/// <summary>A house of one flat with an account of two people and a cold-water meter at 130, as the desk finds it.</summary>
internal sealed record DeskHouse(
    TerritoryRecord Territory, BuildingId Building, PremisesId Premises, AccountId Account, MeterId Meter, Database Database)
{
    public static readonly LocalDate Since = new(2027, 1, 1);
    private static int _made;

    public string Serial => $"{Territory.Code}-1";

    /// <summary>Asked in a scope of its own, as each request is.</summary>
    public async Task<T> Ask<TService, T>(Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<T> Edit<T>(Func<IRegistryEdits, Task<T>> ask) => Ask(ask);

    public Task<T> Live<T>(Func<IMeterLife, Task<T>> ask) => Ask(ask);

    public async Task<MeterLife> Life(MeterId? meter = null) =>
        (await Ask<IMeterBook, MeterLife?>(b => b.Find(meter ?? Meter, CancellationToken.None)))!;

    public static async Task<DeskHouse> Make(Database database, CancellationToken stop)
    {
        await using var scope = database.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var intake = services.GetRequiredService<IRegistryIntake>();
        var code = $"desk-{Interlocked.Increment(ref _made)}";
        var territory = (await intake.AddTerritory(
            new(code, code, "Asia/Chita", "ru-354", Currency.Rub, new(2027, 1), "Теплосеть"), stop)).Value;
        var building = (await intake.AddHouses(territory.Id, [new($"ул. {code}, 1", code)], stop))[0];
        var placed = (await intake.Fill(
            [
                new(
                    building, [new(Since, null, Fixed.Of(100), "closed.bare_risers.with_rails", 1, false)], [],
                    [
                        new(
                            "1", [new(Since, null, PremisesKind.Living, Fixed.Of(50), false, true, false)],
                            [
                                new(
                                    Service.ColdWater, $"{code}-1", 5, Fixed.Of(1), [Zone.Single], Since, null,
                                    [new(Since, new(2027, 6, 30))], []),
                            ],
                            [
                                new(
                                    code, Since, null, HolderKind.Person, 1, [new("Юрганова Анна")], [new(0, Since, null, 2, false)],
                                    [new(Service.ColdWater, Since, null)]),
                            ]),
                    ], []),
            ], "test", "test", stop))[0];
        var meter = placed.Meters[0].Id;
        await services.GetRequiredService<IMetering>().Record(
            [
                new(meter, building, Since, Since, ReadingSource.Act, ReadingMark.Initial, [new(Zone.Single, Fixed.Of(100))]),
                new(meter, building, new(2027, 6, 20), new(2027, 6, 20), ReadingSource.Consumer, ReadingMark.None,
                    [new(Zone.Single, Fixed.Of(130))]),
            ], [], "test", "test", stop);
        return new(territory, building, placed.Accounts[0].Premises, placed.Accounts[0].Id, meter, database);
    }
}
