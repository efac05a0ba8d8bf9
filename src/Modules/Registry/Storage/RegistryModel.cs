using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Registry.Storage;

internal sealed class RegistryModel : IModelPart
{
    public const int NumberLength = 20;
    public const int NameLength = 300;

    public void Configure(ModelBuilder model)
    {
        Places(model);
        Accounts(model);
        Meters(model);
        Imports(model);
        Merges(model);
    }

    private static void Places(ModelBuilder model)
    {
        model.Entity<Territory>(e =>
        {
            e.ToTable("registry_territory");
            e.Key<Territory, TerritoryId>(t => t.Id);
            e.HasIndex(t => t.Code).IsUnique();
            e.Property(t => t.Code).HasMaxLength(NumberLength);
            e.Property(t => t.Name).HasMaxLength(NameLength);
            e.Property(t => t.TimeZone).HasMaxLength(60);
            e.Property(t => t.RulePack).HasMaxLength(60);
        });
        model.Entity<Supplier>(e =>
        {
            e.ToTable("registry_supplier");
            e.Key<Supplier, SupplierId>(s => s.Id);
            e.Property(s => s.Name).HasMaxLength(NameLength);
            e.Property(s => s.TaxNumber).HasMaxLength(NumberLength);
        });
        var company = model.Fact<CompanyFact>("registry_company");
        company.Property(c => c.Name).HasMaxLength(NameLength).ByCodePoints();
        company.Property(c => c.TaxNumber).HasMaxLength(NumberLength);
        model.Entity<Building>(e =>
        {
            e.ToTable("registry_building");
            e.Key<Building, BuildingId>(b => b.Id);
            e.Property(b => b.Address).HasMaxLength(NameLength);
            e.Property(b => b.AddressKey).HasMaxLength(NameLength);
            e.Property(b => b.ExternalId).HasMaxLength(60);
            e.Property(b => b.Doubt).HasMaxLength(NameLength);
            e.HasIndex(b => new { b.TerritoryId, b.ExternalId }).IsUnique();
            e.HasIndex(b => new { b.TerritoryId, b.AddressKey });
            // A double is nobody's house any more: only imports and mergings still know its names.
            e.HasQueryFilter(b => b.MergedIntoId == null);
        });
        model.Fact<BuildingPassportFact>("registry_building_passport").Property(p => p.HotWaterSystem).HasMaxLength(60);
        model.Fact<CommonNeedsFact>("registry_common_needs");
        model.Entity<Premises>(e =>
        {
            e.ToTable("registry_premises");
            e.Key<Premises, PremisesId>(p => p.Id);
            e.Property(p => p.Number).HasMaxLength(NumberLength);
            e.Property(p => p.SortKey).HasMaxLength(NumberLength);
            e.HasIndex(p => new { p.BuildingId, p.SortKey });
        });
        model.Fact<PremisesPassportFact>("registry_premises_passport")
            .ToTable(t => t.HasCheckConstraint("ck_registry_premises_passport_area", "area >= 0"))
            .ToTable(t => t.HasCheckConstraint("ck_registry_premises_passport_heated", "heated_area >= 0 AND heated_area <= area"));
        model.Fact<NormChoiceFact>("registry_norm_choice").Property(n => n.Key).HasMaxLength(60);
        model.Fact<GasSupplyFact>("registry_gas_supply").Property(g => g.Group).HasMaxLength(NumberLength);
    }

    private static void Accounts(ModelBuilder model)
    {
        model.Entity<Account>(e =>
        {
            e.ToTable("registry_account");
            e.Key<Account, AccountId>(a => a.Id);
            e.Property(a => a.Number).HasMaxLength(NumberLength);
            e.HasIndex(a => a.Number).IsUnique();
        });
        model.Fact<AccountTermFact>("registry_account_term");
        model.Entity<Holder>(e =>
        {
            e.ToTable("registry_holder");
            e.Key<Holder, HolderId>(h => h.Id);
            e.Property(h => h.Name).HasMaxLength(NameLength);
            e.Property(h => h.NameKey).HasMaxLength(NameLength).ByCodePoints();
            e.Property(h => h.Phone).HasMaxLength(NumberLength);
            e.Property(h => h.Email).HasMaxLength(NameLength);
            e.Property(h => h.TaxNumber).HasMaxLength(NumberLength);
            e.HasIndex(h => h.NameKey);
            // The search asks with each question whether somebody was erased since it read the names.
            e.HasIndex(h => h.ErasedAt);
        });
        model.Fact<HolderShareFact>("registry_holder_share")
            .ToTable(t => t.HasCheckConstraint("ck_registry_holder_share_part", "numerator > 0 AND denominator >= numerator"));
        model.Fact<ResidentsFact>("registry_residents")
            .ToTable(t => t.HasCheckConstraint("ck_registry_residents_count", "count >= 0"));
        model.Fact<ConnectionFact>("registry_connection");
        model.Fact<HouseholdMarkFact>("registry_household_mark");
    }

    private static void Meters(ModelBuilder model)
    {
        model.Entity<Meter>(e =>
        {
            e.ToTable("registry_meter", t => t.HasCheckConstraint("ck_registry_meter_dial", "digits BETWEEN 1 AND 18 AND multiplier > 0"));
            e.Key<Meter, MeterId>(m => m.Id);
            e.Property(m => m.Serial).HasMaxLength(60).ByCodePoints();
            e.HasIndex(m => m.Serial);
        });
        model.Fact<InstallationFact>("registry_meter_installation");
        model.Fact<VerificationFact>("registry_meter_verification");
        model.Fact<MeterFailureFact>("registry_meter_failure");
        model.Fact<SealFact>("registry_meter_seal").Property(s => s.Number).HasMaxLength(NumberLength);
    }

    private static void Imports(ModelBuilder model)
    {
        model.Entity<Import>(e =>
        {
            e.ToTable("registry_import");
            e.Key<Import, ImportId>(i => i.Id);
            e.Property(i => i.Kind).HasMaxLength(NumberLength);
            e.Property(i => i.File).HasMaxLength(NameLength);
            e.Property(i => i.Hash).HasMaxLength(64);
            e.Property(i => i.Layout).HasMaxLength(NameLength);
            e.Property(i => i.StartedBy).HasMaxLength(FactModel.TextLength);
            e.Property(i => i.Fault).HasMaxLength(NameLength);
        });
        model.Entity<ImportWrite>(e =>
        {
            e.ToTable("registry_import_write");
            e.HasKey(w => new { w.ImportId, w.Batch, w.Table, w.First, w.Superseded });
            e.Property(w => w.Table).HasMaxLength(60);
        });
        model.Entity<ImportRemarkRow>(e =>
        {
            e.ToTable("registry_import_remark");
            e.HasKey(r => new { r.ImportId, r.Line, r.Code });
            e.Property(r => r.Code).HasMaxLength(60);
        });
        model.Entity<ImportMapping>(e =>
        {
            e.ToTable("registry_import_mapping");
            e.HasKey(m => new { m.Kind, m.Foreign });
            e.Property(m => m.Kind).HasMaxLength(NumberLength);
            e.Property(m => m.Foreign).HasMaxLength(NameLength);
            e.Property(m => m.Column).HasMaxLength(60);
        });
    }

    private static void Merges(ModelBuilder model)
    {
        model.Entity<Merge>(e =>
        {
            e.ToTable("registry_merge");
            e.HasKey(m => m.Id);
            e.Property(m => m.Id).ValueGeneratedNever();
            e.Property(m => m.By).HasMaxLength(FactModel.TextLength);
            e.Property(m => m.UndoneBy).HasMaxLength(FactModel.TextLength);
        });
        model.Entity<MergeMove>(e =>
        {
            e.ToTable("registry_merge_move");
            e.HasKey(m => new { m.MergeId, m.Table, m.First });
            e.HasOne<Merge>().WithMany().HasForeignKey(m => m.MergeId);
            e.Property(m => m.Table).HasMaxLength(60);
        });
        model.Entity<ToldApart>(e =>
        {
            e.ToTable("registry_told_apart");
            e.HasKey(p => new { p.OneId, p.OtherId });
            e.Property(p => p.By).HasMaxLength(FactModel.TextLength);
        });
    }
}
