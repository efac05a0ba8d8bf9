using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Billing;
using Ochag.Metering;
using Ochag.Registry;
using Ochag.Server.Hosting;
using Ochag.Storage;
using Ochag.Storage.Postgres;
using Ochag.Storage.Sqlite;

namespace Ochag.Stores.Fixtures;

/// <summary>A migrated database of its own for a test class; the behaviour under test does not know which kind it is.</summary>
public abstract class Database : IAsyncLifetime
{
    private StoreLocation? _location;
    private ServiceProvider? _services;

    /// <summary>Why this leg cannot run here; null when it can.</summary>
    public virtual string? Absent => null;

    public StoreLocation Location => _location ?? throw new InvalidOperationException(Absent ?? "The fixture was not started.");

    /// <summary>Storage and all modules, wired as the host wires them.</summary>
    public IServiceProvider Services => _services ??= Product(Location).BuildServiceProvider();

    public static IServiceCollection Product(StoreLocation location) =>
        new ServiceCollection().AddStorage(location).AddRegistry().AddMetering().AddBilling(Path.Combine(Repository(), "rulepacks"))
            .AddServerTables()
            .AddSingleton<IClock>(new StillClock(Instant.FromUtc(2027, 8, 1, 6, 0)));

    public OchagDb Open() => Open(Location);

    public static OchagDb Open(StoreLocation location) => Open(location, Parts(location));

    public static OchagDb Open(StoreLocation location, IReadOnlyList<IModelPart> parts) => location.Store == Store.Sqlite
        ? new SqliteDb(Options<SqliteDb>(location, parts))
        : new PostgresDb(Options<PostgresDb>(location, parts));

    /// <summary>A new database without any table, removed with the fixture.</summary>
    public abstract Task<StoreLocation> CreateBlank();

    public async ValueTask InitializeAsync()
    {
        if (Absent is null)
            _location = await CreateMigrated();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await Remove();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<StoreLocation> CreateMigrated();
    protected abstract Task Remove();

    protected static async Task Migrate(StoreLocation location)
    {
        await using var db = Open(location);
        var applied = await Schema.Migrate(db, CancellationToken.None);
        if (applied.IsRefused)
            throw new InvalidOperationException(applied.Refusal!.ToString());
    }

    private static List<IModelPart> Parts(StoreLocation location)
    {
        using var provider = Product(location).BuildServiceProvider();
        return [.. provider.GetServices<IModelPart>()];
    }

    internal static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ochag.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the working copy.");
    }

    private sealed class StillClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }

    private static DbContextOptions<TDb> Options<TDb>(StoreLocation location, IReadOnlyList<IModelPart> parts)
        where TDb : OchagDb
    {
        var options = new DbContextOptionsBuilder<TDb>();
        options.UseStore(location, parts);
        return options.Options;
    }
}
