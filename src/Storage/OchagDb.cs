using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using NodaTime;
using Ochag.Foundation;

namespace Ochag.Storage;

/// <summary>The one database: every module brings its <see cref="IModelPart"/>, the conventions are the same for all.</summary>
public abstract class OchagDb(DbContextOptions options) : DbContext(options)
{
    private readonly IReadOnlyList<IModelPart> _parts =
        options.FindExtension<ModelParts>()?.Parts ?? [];

    /// <summary>
    /// Questions for facts (<see cref="FactModel.Known{TFact}(IQueryable{TFact}, Instant?)"/>) are answered by what was known at this
    /// moment; null: by what is known now. Set by who opens a scope to look back, before he asks.
    /// </summary>
    public Instant? AsOf { get; set; }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Kept.Check(ChangeTracker);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Kept.Check(ChangeTracker);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConverter>();
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<BillingPeriod>().HaveConversion<BillingPeriodConverter>();
        configurationBuilder.Properties<Fixed>().HaveConversion<FixedConverter>();
        configurationBuilder.ComplexProperties<Money>();
        configurationBuilder.ComplexProperties<Recorded>();
        foreach (var id in TypedIds.In(_parts))
            configurationBuilder.Properties(id).HaveConversion(TypedIds.ConverterOf(id));
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var part in _parts)
            part.Configure(modelBuilder);
        TypedIds.Reference(modelBuilder);
        CodePoints.Apply(modelBuilder, Database.IsNpgsql());
        Name(modelBuilder);
    }

    /// <summary>snake_case columns, so that both databases and hand-written SQL spell them alike without quotes.</summary>
    private static void Name(ModelBuilder modelBuilder)
    {
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
            foreach (var complex in entity.GetComplexProperties())
            {
                foreach (var property in complex.ComplexType.GetProperties())
                    property.SetColumnName($"{Snake(complex.Name)}_{Snake(property.Name)}");
            }

            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(Short("ix", entity, index.Properties));
            foreach (var key in entity.GetForeignKeys())
                key.SetConstraintName(Short("fk", entity, key.Properties));
            foreach (var key in entity.GetKeys())
                key.SetName("pk_" + entity.GetTableName());
        }

        static string Short(string kind, IMutableEntityType entity, IEnumerable<IMutableProperty> properties)
        {
            var name = $"{kind}_{entity.GetTableName()}_{string.Join('_', properties.Select(p => Snake(p.Name)))}";
            return name.Length <= 60 ? name : name[..60]; // PostgreSQL keeps 63 bytes of a name
        }
    }

    private static string Snake(string name) => string.Concat(name.Select((c, i) =>
        char.IsUpper(c) && i > 0 && !char.IsUpper(name[i - 1])
            ? "_" + char.ToLower(c, CultureInfo.InvariantCulture)
            : char.ToLower(c, CultureInfo.InvariantCulture).ToString()));
}
