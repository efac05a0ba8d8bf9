using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Storage.Books;
using Ochag.Storage.Bulk;
using Ochag.Storage.Postgres;
using Ochag.Storage.Sqlite;

namespace Ochag.Storage;

/// <summary>The two databases that Ochag runs on.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}

/// <summary>Where the data lie: the kind of database and its connection string.</summary>
public sealed record StoreLocation(Store Store, string ConnectionString);

public static class StorageModule
{
    /// <summary>Registers the context for the given place; the modules add their parts beside it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StoreLocation location)
    {
        services.AddSingleton(location);
        services.AddSingleton<IModelPart, StorageModel>().AddScoped<FactDesk>();
        return location.Store switch
        {
            Store.Sqlite => services.AddDbContext<OchagDb, SqliteDb>(Configure).AddSingleton<IBulkWriter, SqliteBulkWriter>(),
            Store.Postgres => services.AddDbContext<OchagDb, PostgresDb>(Configure).AddSingleton<IBulkWriter, PostgresBulkWriter>(),
            _ => throw new ArgumentOutOfRangeException(nameof(location)),
        };

        void Configure(IServiceProvider provider, DbContextOptionsBuilder options) =>
            options.UseStore(location, [.. provider.GetServices<IModelPart>()]);
    }

    /// <summary>The provider, its settings and the parts of the model: the same for host, tools and tests.</summary>
    public static DbContextOptionsBuilder UseStore(
        this DbContextOptionsBuilder options, StoreLocation location, IReadOnlyList<IModelPart> parts)
    {
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ModelParts(parts));
        return location.Store == Store.Sqlite
            ? options.UseSqlite(location.ConnectionString).AddInterceptors(new SqlitePragmas())
            : options.UseNpgsql(location.ConnectionString).ReplaceService<IMigrationsSqlGenerator, PartitionedTables>()
                // Ours, around all of them: who migrates holds the database alone (SoleUse), which is what EF warns about.
                .ConfigureWarnings(w => w.Ignore(RelationalEventId.MigrationsUserTransactionWarning));
    }
}
