using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ochag.Storage.Bulk;

/// <summary>Plans, compiled once for each entity of a model.</summary>
internal sealed class BulkPlans
{
    private readonly ConcurrentDictionary<(IEntityType Entity, bool KeepKeys), object> _plans = new();

    public BulkPlan<TRow> For<TRow>(OchagDb db, BulkOptions options)
        where TRow : class
    {
        var entity = db.Model.FindEntityType(typeof(TRow))
            ?? throw new InvalidOperationException($"{typeof(TRow)} is not an entity of the model.");
        return (BulkPlan<TRow>)_plans.GetOrAdd((entity, options.KeepKeys), key => BulkPlan<TRow>.Of(key.Entity, key.KeepKeys));
    }

    /// <summary>A name for SQL; both databases quote alike.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
