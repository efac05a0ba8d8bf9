using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Anomalies;
using Ochag.Billing.Closing;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Billing.Imports;
using Ochag.Billing.Runs;
using Ochag.Billing.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing;

/// <summary>The only wiring of the module.</summary>
public static class BillingModule
{
    /// <param name="rulePacks">The folder of the rule packs.</param>
    public static IServiceCollection AddBilling(this IServiceCollection services, string rulePacks) => services
        .AddSingleton<IModelPart, BillingModel>()
        .AddSingleton(new RulePackFolder(rulePacks))
        .AddScoped<FactsReader>()
        .AddScoped<TerritoryRules>()
        .AddScoped<RunMonth>()
        .AddScoped<RunPosting>()
        .AddScoped<IBillRuns, BillRuns>()
        .AddScoped<ClosingCount>()
        .AddScoped<IClosing, ClosingDesk>()
        .AddScoped<IAnomalies, AnomalyDesk>()
        .AddScoped<RunWorker>()
        .AddScoped<DriftCheck>()
        .AddScoped<DriftComparison>()
        .AddScoped<EffectOfReadings>()
        .AddScoped<EffectOfDraft>()
        .AddScoped<IParameterDrafts, ParameterDrafts>()
        .AddScoped<IBillingIntake, BillingIntake>()
        .AddScoped<IAbsences, Absences>()
        .AddScoped<RecordedFacts>()
        .AddScoped<QualityBook>()
        .AddScoped<IBillingFacts>(services => services.GetRequiredService<RecordedFacts>())
        .AddScoped<IBilling, Runs.Billing>()
        .AddScoped<IImportKind, TariffsImport>()
        .AddScoped<IImportKind, BalancesImport>()
        .AddScoped<IImportKind, ContractsImport>()
        .AddScoped<IImportGuard, BilledImports>()
        .AddScoped<IMergeGuard, BilledHouses>();
}
