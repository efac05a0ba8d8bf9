using Microsoft.EntityFrameworkCore;
using Ochag.Storage;

namespace Ochag.Metering.Storage;

internal sealed class MeteringModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<ReadingRow>(e =>
        {
            e.ToTable("metering_reading", t => t.HasCheckConstraint("ck_metering_reading_index", "\"index\" >= 0"));
            e.HasKey(r => r.Id);
            e.Property(r => r.Id).ValueGeneratedNever();
            e.ComplexProperty(r => r.Recorded, FactModel.Limit);
            e.HasIndex(r => new { r.MeterId, r.Taken });
            e.HasIndex(r => r.BuildingId);

            // The building follows from the meter, whose own reference is checked.
            e.Property(r => r.BuildingId).HasAnnotation(TypedIds.NoReference, true);
        });
        model.Entity<ReadingWithdrawalRow>(e =>
        {
            e.ToTable("metering_reading_withdrawal");
            e.HasKey(w => w.ReadingId);
            e.Property(w => w.ReadingId).ValueGeneratedNever();
            e.ComplexProperty(w => w.Recorded, FactModel.Limit);
            e.HasOne<ReadingRow>().WithMany().HasForeignKey(w => w.ReadingId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<MonthlyVolumeRow>(e =>
        {
            e.ToTable("metering_monthly_volume", t => t.HasCheckConstraint(
                "ck_metering_monthly_volume_of", "(meter_id IS NULL) <> (premises_id IS NULL)"));
            e.HasKey(v => v.Id);
            e.Property(v => v.Id).ValueGeneratedNever();
            e.ComplexProperty(v => v.Recorded, FactModel.Limit);
        });
        model.Fact<IntervalDayFact>("metering_interval_day").HasIndex(d => new { d.MeterId, d.EffectiveFrom });
        var threshold = model.Fact<ThresholdFact>("metering_threshold");
        threshold.Property(t => t.Name).HasMaxLength(ThresholdFact.NameLength);
        threshold.HasIndex(t => new { t.TerritoryId, t.Service });
        Acts(model);
    }

    private static void Acts(ModelBuilder model)
    {
        model.Fact<MeterActFact>("metering_act").HasIndex(a => a.BuildingId);
        model.Entity<MeterActIndex>(e =>
        {
            e.ToTable("metering_act_index");
            e.HasKey(i => new { i.ActId, i.Zone });
            e.HasOne<MeterActFact>().WithMany().HasForeignKey(i => i.ActId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Fact<StartStateFact>("metering_start_state").HasIndex(s => s.BuildingId);
    }
}
