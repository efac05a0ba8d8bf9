using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Registry.Contracts;
using Ochag.Server.Api;
using Ochag.Server.Api.Keys;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>A request that changes something happens once, however often and from how many sides it comes.</summary>
public abstract class ApiAnswersTests(Database database) : StoreTests(database)
{
    private static readonly Instant Now = Instant.FromUtc(2027, 8, 1, 6, 0);

    [Fact]
    public async Task Of_many_at_once_one_works_and_the_others_get_its_answer()
    {
        var key = await Key("at once");
        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Ask(key, "t", "body", "effect of at once"))));
        asked.Count(a => a.Worked).ShouldBe(1);
        asked.Select(a => a.Reply!.Body).ShouldAllBe(b => b == "done");
        (await Effects("effect of at once")).ShouldBe(1);
    }

    [Fact]
    public async Task Another_body_is_refused_and_the_answer_is_forgotten_after_a_day()
    {
        var key = await Key("a day");
        (await Ask(key, "t", "body", "effect 1")).Worked.ShouldBeTrue();
        (await Ask(key, "t", "other", "effect 2")).Refusal.ShouldBe("api.idempotency-reused");
        (await Ask(key, "t", "body", "effect 3", Now + Duration.FromHours(24))).Worked.ShouldBeFalse();
        (await Ask(key, "t", "other", "effect 4", Now + Duration.FromHours(24) + Duration.FromSeconds(1))).Worked.ShouldBeTrue();
        (await Effects("effect 2")).ShouldBe(0);
    }

    [Fact]
    public async Task Work_that_broke_has_left_neither_effect_nor_answer()
    {
        var key = await Key("broken");
        await Should.ThrowAsync<InvalidOperationException>(() => Ask(key, "t", "body", "effect of broken", breaks: true));
        (await Effects("effect of broken")).ShouldBe(0);
        (await Ask(key, "t", "body", "effect of broken")).Worked.ShouldBeTrue();
        (await Effects("effect of broken")).ShouldBe(1);
    }

    private sealed record Asked(bool Worked, Reply? Reply, string? Refusal);

    /// <summary>With a connection of its own, as a request has it. The effect is a row.</summary>
    private async Task<Asked> Ask(ApiKey key, string token, string hash, string effect, Instant? at = null, bool breaks = false)
    {
        await using var db = Database.Open();
        var context = new DefaultHttpContext();
        context.Features.Set(key);
        await using var scope = Database.Services.CreateAsyncScope();
        var caller = new Caller(
            scope.ServiceProvider.GetRequiredService<IRegistry>(), new HttpContextAccessor { HttpContext = context });
        var worked = false;
        var kept = await new Answers(db, caller, new Still(at ?? Now)).Keep(token, hash, async () =>
        {
            worked = true;
            db.Add(Row(effect));
            await db.SaveChangesAsync(Stop);
            return breaks ? throw new InvalidOperationException("broken") : new Reply(200, "text/plain", "done");
        }, Stop);
        return new(worked, kept.IsRefused ? null : kept.Value, kept.Refusal?.Code);
    }

    private async Task<ApiKey> Key(string name)
    {
        await using var db = Database.Open();
        var key = Row(name);
        db.Add(key);
        await db.SaveChangesAsync(Stop);
        return key;
    }

    private async Task<int> Effects(string name)
    {
        await using var db = Database.Open();
        return await db.Set<ApiKey>().CountAsync(k => k.Name == name, Stop);
    }

    private static ApiKey Row(string name) => new()
    {
        Id = Guid.CreateVersion7(), Name = name, Hash = name, Hint = "", Scopes = "", PerMinute = 1, CreatedAt = Now, CreatedBy = "",
        ExpiresAt = Now,
    };

    private sealed class Still(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}

public sealed class ApiAnswersTests_on_Sqlite(SqliteDatabase database) : ApiAnswersTests(database), IClassFixture<SqliteDatabase>;

public sealed class ApiAnswersTests_on_Postgres(PostgresDatabase database) : ApiAnswersTests(database), IClassFixture<PostgresDatabase>;
