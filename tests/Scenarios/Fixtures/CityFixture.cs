using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Server.Settings;
using Ochag.Server.Staff;

[assembly: AssemblyFixture(typeof(Ochag.Scenarios.Fixtures.CityFixture))]

namespace Ochag.Scenarios.Fixtures;

/// <summary>
/// One server for the scenarios that look at a city, with its data made once through the modules' contracts: three small
/// territories, two posted months, and people of every role. The third territory is foreign to the engineer.
/// </summary>
public sealed class CityFixture : IAsyncLifetime
{
    public const string Password = "oak-lantern-7-harbour-violet";

    /// <summary>Another engineer, and an operator who has the right to the marks of households.</summary>
    public const string Second = "engineer-two";

    public const string Carer = "carer";

    public static readonly BillingPeriod First = new(2026, 8);
    public static readonly BillingPeriod Next = new(2026, 10);

    private readonly Dictionary<string, TerritoryRecord> _territories = new(StringComparer.Ordinal);

    public ServerFixture Server { get; } = new();

    public TerritoryRecord North => _territories["north"];

    public TerritoryRecord South => _territories["south"];

    /// <summary>The engineer, the operator and the auditor of the north and the south have no role here.</summary>
    public TerritoryRecord Foreign => _territories["foreign"];

    public async ValueTask InitializeAsync()
    {
        // Everybody's first sign-in would otherwise set up a telephone.
        Server.Settings[SettingCatalogue.SecondFactor.Name] = "optional";
        await Server.InitializeAsync();
        await using var scope = Server.Services.CreateAsyncScope();
        foreach (var (code, name, houses) in new[] { ("north", "Северск", 2), ("south", "Южный", 2), ("foreign", "Чужой", 1) })
            _territories[code] = await Make(scope.ServiceProvider, code, name, houses);

        // Where meters come and go: no other test reads there, and classes work side by side.
        await Fill(scope.ServiceProvider, North, "Северск", [13]);
        await Hire(scope.ServiceProvider);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>What the desk knows, asked as somebody who sees everything.</summary>
    public async Task<DeskFindings> Find(string text, TerritoryRecord territory)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IRegistryDesk>()
            .Search(text, [territory.Id], DeskLimits.Hits, CancellationToken.None);
    }

    private static async Task<TerritoryRecord> Make(IServiceProvider services, string code, string name, int houses)
    {
        var stop = CancellationToken.None;
        var intake = services.GetRequiredService<IRegistryIntake>();
        var billing = services.GetRequiredService<IBilling>();
        var territory = (await intake.AddTerritory(
            new(code, name, "Asia/Chita", "ru-354", Currency.Rub, First, "АО «Очаг»"), stop)).Value;
        await billing.RecordParameters(territory.Id, TerritoryParameters.Make(), "scenario", "scenario", stop);
        await Fill(services, territory, name, Enumerable.Range(11, houses));
        for (var month = First; month < Next; month = month.PlusMonths(1))
        {
            var run = await billing.Run(territory, month, "scenario", null, stop);
            if (run.IsRefused)
                throw new InvalidOperationException(run.Refusal!.ToString());
        }

        return territory;
    }

    private static async Task Fill(IServiceProvider services, TerritoryRecord territory, string city, IEnumerable<int> houses)
    {
        await services.GetRequiredService<IRegistryIntake>().AddHouses(
            territory.Id,
            [.. houses.Select(number => new HouseDraft(
                $"г. {city}, ул. Комсомольская, д. {number}", $"scenario:{territory.Code}:{number - 10}", 1975, 5, Flats: 12))],
            CancellationToken.None);
        await ActivatorUtilities.CreateInstance<Generation>(services)
            .FillHouses(territory, new(7, Next), null, CancellationToken.None);
    }

    private async Task Hire(IServiceProvider services)
    {
        var staff = services.GetRequiredService<StaffDirectory>();
        long[] both = [North.Id.Value, South.Id.Value];
        foreach (var role in new[] { Roles.Engineer, Roles.Operator, Roles.Auditor })
            await Add(role, [.. both.Select(t => (role, (long?)t))]);
        await Add(Roles.Administrator, [(Roles.Administrator, null)]);
        await Add(Second, [.. both.Select(t => (Roles.Engineer, (long?)t))]);
        await Add(Carer, [.. both.SelectMany(t => new[] { (Roles.Operator, (long?)t), (Roles.Marks, t) })]);

        async Task Add(string login, IReadOnlyList<(string, long?)> roles)
        {
            var made = await staff.Create(login, "Сотрудник " + login, Password, roles, "scenario");
            if (!made.Succeeded)
                throw new InvalidOperationException(made.ToString());
        }
    }
}
