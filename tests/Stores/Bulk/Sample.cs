using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Storage;

namespace Ochag.Stores.Bulk;

/// <summary>One property of every kind that the product's tables hold, so that the bulk writer is tried on all of them.</summary>
internal sealed class Sample
{
    public SampleId Id { get; init; }
    public required OwnerId Owner { get; init; }
    public OwnerId? SecondOwner { get; init; }
    public required Guid Token { get; init; }
    public required LocalDate Day { get; init; }
    public LocalDate? LastDay { get; init; }
    public required Instant At { get; init; }
    public Instant? Ended { get; init; }
    public required BillingPeriod Month { get; init; }
    public BillingPeriod? NextMonth { get; init; }
    public required Fixed Volume { get; init; }
    public Fixed? Area { get; init; }
    public required Money Total { get; init; }
    public required SampleKind Kind { get; init; }
    public SampleKind? Named { get; init; }
    public required bool Doubtful { get; init; }
    public required int Count { get; init; }
    public int? Floor { get; init; }
    public required short Digits { get; init; }
    public required string Text { get; init; }
    public string? Note { get; init; }
    public required byte[] Packed { get; init; }
    public byte[]? Working { get; init; }
    public required double Longitude { get; init; }
}

internal enum SampleKind
{
    Cold = 1,
    Hot = 2,
}

internal readonly record struct SampleId(long Value) : ITypedId<SampleId, long>
{
    public static SampleId From(long value) => new(value);
}

internal readonly record struct OwnerId(Guid Value) : ITypedId<OwnerId, Guid>
{
    public static OwnerId From(Guid value) => new(value);
}

/// <summary>A row of a hot table: its month and its load are parts of its key.</summary>
internal sealed class MonthRow
{
    public required BillingPeriod PostedIn { get; init; }
    public required long Load { get; init; }
    public required long Number { get; init; }
}

/// <summary>What a sample's typed id names; neither entity mentions the other.</summary>
internal sealed class Owner
{
    public required OwnerId Id { get; init; }
    public required string Name { get; init; }
}

internal sealed class SampleModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<Owner>(e =>
        {
            e.ToTable("owners");
            e.HasKey(o => o.Id);
        });
        model.Entity<MonthRow>(e =>
        {
            e.ToTable("month_rows");
            e.HasKey(r => new { r.PostedIn, r.Number, r.Load });
            e.InMonthTables(r => r.PostedIn, r => r.Load);
        });
        model.Entity<Sample>(e =>
        {
            e.ToTable("samples");
            e.HasKey(s => s.Id);
            e.Property(s => s.Id).ValueGeneratedOnAdd();
            e.Property(s => s.Named).HasConversion<string>();
            e.ComplexProperty(s => s.Total);
        });
    }
}
