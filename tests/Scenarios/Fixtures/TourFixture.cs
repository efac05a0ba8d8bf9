using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Server.Demo.Tour;
using Ochag.Server.Settings;
using Ochag.Server.Staff;

namespace Ochag.Scenarios.Fixtures;

/// <summary>
/// A server whose one territory has the demo's tour and nothing else, billed through the month before its clock, and a
/// second territory without it, which is all that the stranger sees.
/// </summary>
public sealed class TourFixture : IAsyncLifetime
{
    public const string Guide = "guide";
    public const string Stranger = "stranger";

    /// <summary>Sees the tour's territory, but no names.</summary>
    public const string Auditor = "auditor";

    private static readonly BillingPeriod Last = new(2026, 10);

    public ServerFixture Server { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Server.Settings[SettingCatalogue.SecondFactor.Name] = "optional";
        await Server.InitializeAsync();
        await using var scope = Server.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var stop = CancellationToken.None;
        var intake = services.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(Draft("tour", "Чита"), stop)).Value;
        var elsewhere = (await intake.AddTerritory(Draft("elsewhere", "Другой"), stop)).Value;
        var billing = services.GetRequiredService<IBilling>();
        await billing.RecordParameters(territory.Id, TerritoryParameters.Make(), "scenario", "scenario", stop);
        await ActivatorUtilities.CreateInstance<TourFiller>(services).Fill(territory, stop);
        foreach (var month in TourMonths.From(territory.BilledSince, Last))
        {
            if ((await billing.Run(territory, month, "scenario", null, stop)).Refusal is { } refusal)
                throw new InvalidOperationException(refusal.ToString());
        }

        var staff = services.GetRequiredService<StaffDirectory>();
        foreach (var (login, role, place) in new[]
            { (Guide, Roles.Engineer, territory), (Stranger, Roles.Engineer, elsewhere), (Auditor, Roles.Auditor, territory) })
        {
            var made = await staff.Create(
                login, "Сотрудник " + login, CityFixture.Password, [(role, place.Id.Value)], "scenario");
            if (!made.Succeeded)
                throw new InvalidOperationException(made.ToString());
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static TerritoryDraft Draft(string code, string name) =>
        new(code, name, "Asia/Chita", "ru-354", Currency.Rub, Last.PlusMonths(1 - DemoCompany.Months), "АО «Очаг»");
}
