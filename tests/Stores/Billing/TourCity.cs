using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Server.Demo.Tour;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>A territory with nothing but the tour in it, all its months billed: made once for a database and last month.</summary>
internal sealed class TourCity
{
    private static readonly ConditionalWeakTable<Database, Dictionary<BillingPeriod, TourCity>> Made = [];

    private readonly Database _database;
    private readonly TerritoryRecord _territory;

    private TourCity(Database database, TerritoryRecord territory) => (_database, _territory) = (database, territory);

    public TourMonths Months => TourMonths.Of(_territory);

    public static async Task<TourCity> Make(Database database, BillingPeriod last, CancellationToken stop)
    {
        var made = Made.GetOrCreateValue(database);
        if (made.TryGetValue(last, out var city))
            return city;
        await using var scope = database.Services.CreateAsyncScope();
        var get = scope.ServiceProvider;
        var billing = get.GetRequiredService<IBilling>();
        var territory = (await get.GetRequiredService<IRegistryIntake>().AddTerritory(
            new(
                $"tour-{last}", $"Город {last}", "Asia/Chita", "ru-354", Currency.Rub, last.PlusMonths(1 - DemoCompany.Months),
                "Теплосеть"),
            stop)).Value;
        await billing.RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "invented", stop);
        await ActivatorUtilities.CreateInstance<TourFiller>(get).Fill(territory, stop);
        foreach (var month in TourMonths.From(territory.BilledSince, last))
        {
            var run = await billing.Run(territory, month, "test", null, stop);
            if (run.Refusal is { } refusal)
            {
                var open = (await billing.ListRuns([territory.Id], stop))[0];
                var refused = await billing.ListRefused(open.Id, 5, stop);
                throw new InvalidOperationException($"{refusal} {string.Join("; ", refused.Select(r => r.Reason))}");
            }
        }

        return made[last] = new(database, territory);
    }

    public async Task<IReadOnlyList<PostedLine>> Lines(string key, string flat) =>
        await Ask(async get => await get.GetRequiredService<IBilling>().ListCharges(await Account(get, key, flat), Stop));

    public async Task<AccountBalance> Balance(string key, string flat) => await Ask(async get =>
        await get.GetRequiredService<IBilling>().Balance(await Account(get, key, flat), Currency.Rub, Stop));

    /// <summary>The last month's totals of an account.</summary>
    public async Task<IReadOnlyList<AccountServiceSum>> Sums(string key, string flat) => await Ask(async get =>
        await get.GetRequiredService<IBilling>().SumByAccount([await Account(get, key, flat)], Currency.Rub, Months.Last, Stop));

    /// <summary>The last month as its run, its services and its accounts' lines tell it.</summary>
    public Task<(Money Run, long ByService, long Lines)> Totals() => Ask(async get =>
    {
        var billing = get.GetRequiredService<IBilling>();
        var run = (await billing.ListRuns([_territory.Id], Stop)).Single(r => r.Period == Months.Last);
        var services = await billing.SumByService(_territory, Months.Last, Stop);
        var counted = (await billing.CountPosted(Stop)).Single(m => m.Territory == _territory.Id && m.Period == Months.Last);
        counted.Total.ShouldBe(run.Total);
        var registry = get.GetRequiredService<IRegistry>();
        var lines = 0L;
        var buildings = await registry.ReadBuildings(await registry.ListBuildings(_territory.Id, Stop), Stop);
        foreach (var account in buildings.SelectMany(b => b.Accounts))
        {
            lines += (await billing.ListCharges(account.Id, Stop)).Where(l => l.Period == Months.Last)
                .Sum(l => l.Amount.Minor + (account.HolderKind == HolderKind.Company ? l.Vat.Minor : 0));
        }

        return (run.Total, services.Sum(s => s.Sum.Minor), lines);
    });

    public async Task<IReadOnlyList<HolderShare>> Holders(string key, string flat) => await Ask(async get =>
    {
        var card = await get.GetRequiredService<IRegistryDesk>().FindAccount(await Account(get, key, flat), [_territory.Id], Stop);
        return card!.Holders.Select(h => new HolderShare(h.Id, h.Numerator, h.Denominator)).ToList();
    });

    public Task<int> CountAccounts() => Ask(get => get.GetRequiredService<IRegistryDesk>().CountAccounts(_territory.Id, Stop));

    public Task<bool> FillAgain() => Ask(async get =>
    {
        await ActivatorUtilities.CreateInstance<TourFiller>(get).Fill(_territory, Stop);
        return true;
    });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<T> Ask<T>(Func<IServiceProvider, Task<T>> question)
    {
        await using var scope = _database.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider);
    }

    private async Task<AccountId> Account(IServiceProvider get, string key, string flat)
    {
        var desk = get.GetRequiredService<IRegistryDesk>();
        var stop = TourStops.All.First(s => s.Key == key);
        var house = (await desk.FindByExternalIds([stop.ExternalId], [_territory.Id], Stop)).Single();
        var card = await desk.FindBuilding(house.Building, [_territory.Id], Stop);
        return card!.Premises.First(p => p.Number == flat).Account!.Value;
    }
}
