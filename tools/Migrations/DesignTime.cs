using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing;
using Ochag.Metering;
using Ochag.Registry;
using Ochag.Server.Hosting;
using Ochag.Storage;
using Ochag.Storage.Postgres;
using Ochag.Storage.Sqlite;

namespace Ochag.Migrations;

/// <summary>Gives dotnet-ef the same model as the host: the parts of all modules. No database is opened.</summary>
internal static class DesignTime
{
    public static DbContextOptions<TDb> Options<TDb>(StoreLocation location)
        where TDb : OchagDb
    {
        var parts = new ServiceCollection().AddStorage(location).AddRegistry().AddMetering().AddBilling("rulepacks")
            .AddServerTables()
            .BuildServiceProvider().GetServices<IModelPart>();
        var options = new DbContextOptionsBuilder<TDb>();
        options.UseStore(location, [.. parts]);
        return options.Options;
    }
}

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(DesignTime.Options<SqliteDb>(new(Store.Sqlite, "Data Source=:memory:")));
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(DesignTime.Options<PostgresDb>(new(Store.Postgres, "Host=localhost;Database=none")));
}
