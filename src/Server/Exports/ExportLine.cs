using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Exports;

/// <summary>A table that somebody took away, with how many names it held: what the day's limit is counted by.</summary>
internal sealed class ExportLine
{
    public required long Id { get; init; }
    public required Guid StaffId { get; init; }
    public required Instant At { get; init; }

    /// <summary>One of <see cref="ExportKinds"/>.</summary>
    public required string Kind { get; init; }

    public required long TerritoryId { get; init; }
    public required int Rows { get; init; }

    /// <summary>Rows that went out with a name.</summary>
    public required int Named { get; init; }
}

internal sealed class ExportModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<ExportLine>(e =>
    {
        e.ToTable("server_exports");
        e.HasKey(l => l.Id);
        e.Property(l => l.Id).ValueGeneratedNever();
        e.Property(l => l.Kind).HasMaxLength(40);
        e.HasIndex(l => new { l.StaffId, l.At });
    });
}
