using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>A fact is superseded, never overwritten or deleted.</summary>
public abstract class KeptRowsTests(Database database) : StoreTests(database)
{
    private static readonly Instant Later = Instant.FromUtc(2026, 12, 1, 0, 0);

    [Fact]
    public async Task A_superseded_fact_stays_and_what_is_known_is_the_other_one()
    {
        var id = await Passport("superseded");
        await using (var db = Database.Open())
        {
            var fact = await db.Set<BuildingPassportFact>().SingleAsync(f => f.Id == id, Stop);
            fact.Supersede(Later);
            db.Add(Fact(id + 1, fact.BuildingId, Fixed.Of(130)));
            await db.SaveChangesAsync(Stop);
        }

        await using var after = Database.Open();
        var facts = after.Set<BuildingPassportFact>().AsNoTracking().Where(f => f.Id == id || f.Id == id + 1);
        (await facts.CountAsync(Stop)).ShouldBe(2);
        (await facts.Known().SingleAsync(Stop)).CommonArea.ShouldBe(Fixed.Of(130));
    }

    [Fact]
    public async Task A_fact_cannot_be_deleted_overwritten_or_superseded_twice()
    {
        var id = await Passport("kept");
        await using (var db = Database.Open())
        {
            db.Remove(await db.Set<BuildingPassportFact>().SingleAsync(f => f.Id == id, Stop));
            (await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync(Stop))).Message.ShouldContain("never deleted");
        }

        await using (var db = Database.Open())
        {
            var fact = await db.Set<BuildingPassportFact>().SingleAsync(f => f.Id == id, Stop);
            db.Entry(fact).Property(f => f.CommonArea).CurrentValue = Fixed.Of(1);
            (await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync(Stop))).Message.ShouldContain("CommonArea");
        }

        await using (var db = Database.Open())
        {
            var fact = await db.Set<BuildingPassportFact>().SingleAsync(f => f.Id == id, Stop);
            fact.Supersede(Later);
            await db.SaveChangesAsync(Stop);
            Should.Throw<InvalidOperationException>(() => fact.Supersede(Later));
        }
    }

    private async Task<long> Passport(string code)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(
            new(code, code, "Asia/Chita", "ru-354", Currency.Rub, new(2026, 10), "—"), Stop)).Value;
        var building = (await intake.AddHouses(territory.Id, [new(code, null)], Stop))[0];
        await using var db = Database.Open();
        var id = await db.ReserveIds<BuildingPassportFact>(2, Stop);
        db.Add(Fact(id, building, Fixed.Of(120)));
        await db.SaveChangesAsync(Stop);
        return id;
    }

    private static BuildingPassportFact Fact(long id, BuildingId building, Fixed area) => new()
    {
        Id = id,
        BuildingId = building,
        CommonArea = area,
        HotWaterSystem = "closed",
        ElectricitySources = 1,
        HeatMeterPossible = false,
        EffectiveFrom = new(2026, 1, 1),
        Recorded = new(Instant.FromUtc(2026, 11, 1, 0, 0), "test", "passport"),
    };
}

public sealed class KeptRowsTests_on_Sqlite(SqliteDatabase database) : KeptRowsTests(database), IClassFixture<SqliteDatabase>;

public sealed class KeptRowsTests_on_Postgres(PostgresDatabase database) : KeptRowsTests(database), IClassFixture<PostgresDatabase>;
