using Microsoft.Extensions.DependencyInjection;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering;

/// <summary>The only wiring of the module.</summary>
public static class MeteringModule
{
    public static IServiceCollection AddMetering(this IServiceCollection services) => services
        .AddSingleton<IModelPart, MeteringModel>()
        .AddScoped<Readings.Acts>()
        .AddScoped<IMetering, Readings.Metering>()
        .AddSingleton(Readings.ThresholdFile.Read())
        .AddScoped<Tuning.ThresholdReader>()
        .AddScoped<Tuning.EffectOfThreshold>()
        .AddScoped<IThresholds, Tuning.OwnThresholds>()
        .AddScoped<Readings.MeteringReader>()
        .AddScoped<Life.MeterDesk>()
        .AddScoped<IMeterLife, Life.MeterLives>()
        .AddScoped<IReadingEntry, Readings.EnterReadings>()
        .AddScoped<IDoubtDecisions, Readings.DecideDoubts>()
        .AddScoped<IReadingCorrections, Corrections.ReadingCorrections>()
        .AddScoped<IMeterActs, Readings.MeterActs>()
        .AddScoped<IIntervals, Intervals.Intervals>()
        .AddScoped<IImportKind, Imports.ReadingsImport>()
        .AddScoped<IImportKind, Imports.IntervalsImport>();
}
