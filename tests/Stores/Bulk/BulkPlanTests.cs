using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Ochag.Storage;
using Ochag.Storage.Bulk;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Bulk;

public sealed class BulkPlanTests
{
    private static readonly MethodInfo Columns =
        typeof(BulkPlanTests).GetMethod(nameof(ColumnsOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    [Theory]
    [InlineData(Store.Sqlite, "Data Source=:memory:")]
    [InlineData(Store.Postgres, "Host=localhost")]
    public void Every_table_of_the_modules_can_be_written_in_bulk_and_no_column_is_forgotten(Store store, string connection)
    {
        using var db = Database.Open(new(store, connection));
        var entities = db.Model.GetEntityTypes().Where(e => e.ClrType.Namespace!.Contains(".Storage", StringComparison.Ordinal)).ToList();
        entities.ShouldNotBeEmpty();
        foreach (var entity in entities)
        {
            var planned = (IEnumerable<string>)Columns.MakeGenericMethod(entity.ClrType).Invoke(null, [entity])!;
            planned.ShouldBe(entity.GetTableMappings().Single().Table.Columns.Select(c => c.Name), ignoreOrder: true, entity.DisplayName());
        }
    }

    private static IEnumerable<string> ColumnsOf<TRow>(IEntityType entity)
        where TRow : class => BulkPlan<TRow>.Of(entity, keepKeys: true).Columns.Select(c => c.Name);
}
