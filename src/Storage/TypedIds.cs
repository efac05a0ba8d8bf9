using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;

namespace Ochag.Storage;

/// <summary>Typed ids in the model: their converters, and the foreign keys that follow from them.</summary>
public static class TypedIds
{
    /// <summary>Annotation of a property that names another module's entity without a foreign key (the hot tables).</summary>
    public const string NoReference = "Ochag:NoReference";

    internal static IEnumerable<Type> In(IReadOnlyList<IModelPart> parts) => parts
        .Select(p => p.GetType().Assembly)
        .Distinct()
        .SelectMany(a => a.GetTypes())
        .Where(t => Value(t) is not null)
        .Distinct();

    internal static Type ConverterOf(Type id) => typeof(TypedIdConverter<,>).MakeGenericType(id, Value(id)!);

    /// <summary>
    /// A property of type AccountId becomes a reference to the one entity whose whole key is an AccountId: neither a
    /// type nor a table name crosses a module's wall.
    /// </summary>
    internal static void Reference(ModelBuilder modelBuilder)
    {
        var owners = modelBuilder.Model.GetEntityTypes()
            .Select(e => (Entity: e, Key: e.FindPrimaryKey()?.Properties))
            .Where(x => x.Key is [var key] && Value(key.ClrType) is not null)
            .ToDictionary(x => x.Key![0].ClrType, x => x.Entity);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().ToList())
        {
            foreach (var property in entity.GetProperties().ToList())
            {
                var id = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (!owners.TryGetValue(id, out var owner)
                    || (owner == entity && property.IsPrimaryKey())
                    || entity.GetForeignKeys().Any(f => f.Properties.Contains(property))
                    || property.FindAnnotation(NoReference) is not null)
                {
                    continue;
                }

                modelBuilder.Entity(entity.Name).HasOne(owner.Name, null).WithMany()
                    .HasForeignKey(property.Name).OnDelete(DeleteBehavior.Restrict);
            }
        }
    }

    internal static Type? Value(Type type) => !type.IsValueType
        ? null
        : Array.Find(
            type.GetInterfaces(),
            i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<,>))?.GetGenericArguments()[1];
}

/// <summary>How modules declare the key of an entity.</summary>
public static class TypedKey
{
    /// <summary>A typed key that the program gives out itself (<see cref="IdAllocator"/>).</summary>
    public static void Key<TEntity, TId>(
        this Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<TEntity> entity,
        System.Linq.Expressions.Expression<Func<TEntity, object?>> key)
        where TEntity : class
        where TId : struct
    {
        entity.HasKey(key);
        entity.Property<TId>("Id").ValueGeneratedNever();
    }
}
