using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Ochag.Storage;

namespace Ochag.Stores.Schemas;

/// <summary>The schema as the model states it, in the same words as <see cref="ActualSchema"/>.</summary>
internal static class ModelSchema
{
    public static List<string> Columns(OchagDb db) =>
    [
        .. Tables(db).SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name} {(c.IsNullable ? "null" : "not null")}")),
    ];

    public static List<string> References(OchagDb db) =>
    [
        .. Tables(db).SelectMany(t => t.ForeignKeyConstraints.Select(f =>
            $"{t.Name}({string.Join(',', f.Columns.Select(c => c.Name))}) -> {f.PrincipalTable.Name}")),
    ];

    private static IEnumerable<ITable> Tables(OchagDb db) =>
        db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.Where(t => !t.IsExcludedFromMigrations);
}
