using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Ochag.Storage.Sqlite;

public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : OchagDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateTextConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // A generated key behind a converter gets no AUTOINCREMENT by convention, its snapshot does: without this
        // the model would differ from the migrations for ever.
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            if (entity.FindPrimaryKey()?.Properties is [{ ValueGenerated: Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.OnAdd } key]
                && (key.ClrType == typeof(long) || TypedIds.Value(key.ClrType) == typeof(long)))
            {
                modelBuilder.Entity(entity.Name).Property(key.Name).UseAutoincrement();
            }
        }
    }
}
