using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Registry;

/// <summary>The first houses of a real register, filled with invented people and billed, where the register is at hand.</summary>
public abstract class RealRegisterTests(Database database) : StoreTests(database)
{
    private const int Houses = 200;
    private static readonly BillingPeriod October = new(2026, 10);

    [Fact]
    public async Task The_first_houses_with_flats_come_in_and_come_out_billed()
    {
        var file = Path.Combine(Database.Repository(), "..", "shared", "data", "houses", "ekaterinburg_20160926.csv.gz");
        Assert.SkipUnless(File.Exists(file), "The housing register lies beside the repository where there is one; here there is none.");
        await using var scope = Database.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var intake = services.GetRequiredService<IRegistryIntake>();
        var billing = services.GetRequiredService<IBilling>();
        var territory = (await intake.AddTerritory(
            new("ekb", "Екатеринбург", "Asia/Yekaterinburg", "ru-354", Currency.Rub, October, "—"), Stop)).Value;
        await billing.RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "sample", Stop);

        var report = (await services.GetRequiredService<IImports>()
            .Take(new(territory, "houses", file, "ekaterinburg.csv.gz", "test", LimitRows: 400), null, Stop)).Value.Counts;
        (report.Taken + report.Doubtful + report.Refused).ShouldBe(400);
        var filled = await Generation(services).FillHouses(territory, new(1, October, Houses), null, Stop);
        filled.Houses.ShouldBe(Houses);
        var run = await billing.Run(territory, October, "test", null, Stop);

        run.Refusal.ShouldBeNull();
        run.Value.Accounts.ShouldBe((int)filled.Accounts);
        run.Value.Lines.ShouldBeGreaterThan(5 * filled.Accounts);
        (await billing.SumByService(territory, October, Stop)).Sum(s => s.Sum.Minor).ShouldBe(run.Value.Total.Minor);
    }

    private static Generation Generation(IServiceProvider services) => new(
        services.GetRequiredService<OchagDb>(),
        services.GetRequiredService<IRegistryIntake>(),
        services.GetRequiredService<IMetering>(),
        services.GetRequiredService<IBillingIntake>());
}

public sealed class RealRegisterTests_on_Sqlite(SqliteDatabase database) : RealRegisterTests(database), IClassFixture<SqliteDatabase>;

public sealed class RealRegisterTests_on_Postgres(PostgresDatabase database)
    : RealRegisterTests(database), IClassFixture<PostgresDatabase>;
