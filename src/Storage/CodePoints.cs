using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ochag.Storage;

/// <summary>Columns that are searched by the beginning of a text.</summary>
public static class CodePoints
{
    private const string Annotation = "Ochag:CodePoints";

    /// <summary>
    /// The column compares by code points on both databases: a range from a text to the last text that begins like it
    /// goes by the index, whatever language the database was made for.
    /// </summary>
    public static PropertyBuilder<string> ByCodePoints(this PropertyBuilder<string> property) =>
        property.HasAnnotation(Annotation, true);

    /// <summary>SQLite compares so by itself; PostgreSQL is told.</summary>
    internal static void Apply(ModelBuilder model, bool isPostgres)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            if (property.FindAnnotation(Annotation) is not null && isPostgres)
                property.SetCollation("C");
        }
    }
}
