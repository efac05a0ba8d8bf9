using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Ochag.Storage;

/// <summary>
/// A row that stays as it was written: facts, readings, posted lines. It is never deleted, and nothing of it changes but
/// the end of our knowing it. The context refuses anything else, whoever asks.
/// </summary>
public interface IKept;

internal static class Kept
{
    private const string End = nameof(Fact.SupersededAt);

    /// <exception cref="InvalidOperationException">A kept row was about to be deleted or overwritten.</exception>
    public static void Check(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries<IKept>())
        {
            if (entry.State == EntityState.Deleted)
                throw new InvalidOperationException($"{entry.Metadata.ShortName()} is kept: it is superseded, never deleted.");
            if (entry.State == EntityState.Modified && Overwritten(entry) is { } name)
                throw new InvalidOperationException($"{entry.Metadata.ShortName()} is kept: {name} is superseded, never overwritten.");
        }
    }

    private static string? Overwritten(EntityEntry entry) =>
        entry.Properties.FirstOrDefault(p => p.IsModified && (p.Metadata.Name != End || p.OriginalValue is not null))?.Metadata.Name
        ?? entry.ComplexProperties.FirstOrDefault(p => p.IsModified)?.Metadata.Name;
}
