using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Storage;

internal sealed class BillingModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        var parameter = model.Fact<ParameterFact>("billing_parameter");
        parameter.Property(p => p.Key).HasMaxLength(60);
        model.Entity<ParameterDraftRow>(e =>
        {
            e.ToTable("billing_parameter_draft");
            e.HasKey(d => new { d.DraftId, d.Version });
            e.Property(d => d.Key).HasMaxLength(60);
            e.Property(d => d.Evidence).HasMaxLength(FactModel.TextLength).ByCodePoints();
            e.Property(d => d.By).HasMaxLength(FactModel.TextLength);
        });
        model.Fact<AbsenceFact>("billing_absence");
        model.Fact<OpeningBalanceFact>("billing_opening_balance");
        model.Fact<BenefitFact>("billing_benefit");
        model.Fact<ContractLoadFact>("billing_contract_load").Property(l => l.Number).HasMaxLength(60);
        model.Fact<HeatingChargedFact>("billing_heating_charged");
        Quality(model);
        Runs(model);
        Anomalies(model);
        Bills(model);
        Closing(model);
    }

    private static void Runs(ModelBuilder model)
    {
        model.Entity<Run>(e =>
        {
            e.ToTable("billing_run");
            e.Key<Run, RunId>(r => r.Id);
            e.Property(r => r.StartedBy).HasMaxLength(FactModel.TextLength);
            e.Property(r => r.RulePack).HasMaxLength(60);
            e.Property(r => r.RulesFingerprint).HasMaxLength(64);

            // One run for a territory's month: a second one is refused by the database too.
            e.HasIndex(r => new { r.TerritoryId, r.Period }).IsUnique();
        });
        model.Entity<RunStepRow>(e =>
        {
            e.ToTable("billing_run_step");
            e.HasKey(s => new { s.RunId, s.Number });
            e.Property(s => s.By).HasMaxLength(FactModel.TextLength);
        });
        model.Entity<DriftRow>(e =>
        {
            e.ToTable("billing_drift");
            e.HasKey(d => d.Id);
            e.Property(d => d.Id).ValueGeneratedNever();
            e.Property(d => d.RulePack).HasMaxLength(60);
            e.Property(d => d.Fingerprint).HasMaxLength(64);
            e.Property(d => d.Ground!).HasMaxLength(FactModel.TextLength).ByCodePoints();
            e.Property(d => d.ReleasedBy).HasMaxLength(FactModel.TextLength);
        });
        model.Entity<RunBuilding>(e =>
        {
            e.ToTable("billing_run_building");
            e.HasKey(b => new { b.RunId, b.BuildingId });
            e.Property(b => b.Refusal).HasMaxLength(FactModel.TextLength);
        });
        model.Entity<RunSum>(e =>
        {
            e.ToTable("billing_run_sum");
            e.HasKey(s => new { s.RunId, s.BuildingId, s.Service });
            e.Property(s => s.BuildingId).HasAnnotation(TypedIds.NoReference, true);
        });
        model.Entity<RunService>(e =>
        {
            e.ToTable("billing_run_service");
            e.HasKey(s => new { s.RunId, s.Service });
        });
    }

    private static void Closing(ModelBuilder model)
    {
        model.Entity<ClosingRow>(e =>
        {
            e.ToTable("billing_closing");
            e.HasKey(r => new { r.RunId, r.Number });
        });
        model.Entity<ClosingServiceRow>(e =>
        {
            e.ToTable("billing_closing_service");
            e.HasKey(r => new { r.RunId, r.Service });
        });
    }

    private static void Anomalies(ModelBuilder model)
    {
        model.Entity<AnomalyDecisionRow>(e =>
        {
            e.ToTable("billing_anomaly_decision");
            e.HasKey(d => d.Id);
            e.Property(d => d.Id).ValueGeneratedNever();
            e.Property(d => d.Note!).HasMaxLength(FactModel.TextLength).ByCodePoints();
            e.Property(d => d.By).HasMaxLength(FactModel.TextLength);
        });
        model.Entity<AnomalyRow>(e =>
        {
            e.ToTable("billing_anomaly");
            e.HasKey(a => new { a.RunId, a.BuildingId, a.Number });
            e.Property(a => a.BuildingId).HasAnnotation(TypedIds.NoReference, true);
            e.Property(a => a.AccountId).HasAnnotation(TypedIds.NoReference, true);
            e.HasOne<AnomalyDecisionRow>().WithMany().HasForeignKey(a => a.DecisionId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Bills(ModelBuilder model)
    {
        model.Entity<BillRow>(e =>
        {
            e.ToTable("billing_bill");
            e.HasKey(b => new { b.PostedIn, b.AccountId, b.RunId });
            e.InMonthTables(b => b.PostedIn, b => b.RunId);
            e.Property(b => b.RunId).HasAnnotation(TypedIds.NoReference, true);
        });
        model.Entity<IssuedBill>(e =>
        {
            e.ToTable("billing_issued_bill");
            e.HasKey(b => new { b.PostedIn, b.AccountId, b.RunId });
            e.InMonthTables(b => b.PostedIn, b => b.RunId);
            e.HasOne<BillRow>().WithOne().HasForeignKey<IssuedBill>(b => new { b.PostedIn, b.AccountId, b.RunId })
                .OnDelete(DeleteBehavior.Restrict);
            e.Property(b => b.RunId).HasAnnotation(TypedIds.NoReference, true);
            e.Property(b => b.AccountId).HasAnnotation(TypedIds.NoReference, true);
            e.HasIndex(b => new { b.PostedIn, b.RunId, b.Number }).IsUnique();
        });
        model.Entity<ChargeLineRow>(e =>
        {
            e.ToTable("billing_charge_line");
            e.HasKey(l => new { l.PostedIn, l.AccountId, l.RunId, l.Number });
            e.InMonthTables(l => l.PostedIn, l => l.RunId);

            // The bill leads to the account: an index of lines by account would cost every load and serve nobody.
            e.HasOne<BillRow>().WithMany().HasForeignKey(l => new { l.PostedIn, l.AccountId, l.RunId }).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Quality(ModelBuilder model)
    {
        var quality = model.Fact<QualityFact>("billing_quality")
            .ToTable(t => t.HasCheckConstraint("ck_billing_quality_hours", "ends > starts"));
        quality.HasIndex(q => q.BuildingId);
        quality.HasIndex(q => q.Form).IsUnique();
        model.Entity<QualityAccount>(e =>
        {
            e.ToTable("billing_quality_account");
            e.HasKey(a => new { a.QualityId, a.AccountId });
            e.HasOne<QualityFact>().WithMany().HasForeignKey(a => a.QualityId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<QualityMeasure>(e =>
        {
            e.ToTable("billing_quality_measure");
            e.HasKey(m => new { m.QualityId, m.From });
            e.HasOne<QualityFact>().WithMany().HasForeignKey(m => m.QualityId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
