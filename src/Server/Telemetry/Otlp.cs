using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Ochag.Server.Settings;

namespace Ochag.Server.Telemetry;

/// <summary>Traces and metrics by OTLP when the one setting names a place; otherwise nothing is even listened to.</summary>
internal sealed class Otlp(OchagSettings settings) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings[SettingCatalogue.OtlpEndpoint] is not { Length: > 0 } endpoint)
            return Task.CompletedTask;
        var place = new Uri(endpoint);
        var who = ResourceBuilder.CreateDefault().AddService("ochag", serviceVersion: ProductVersion.Short);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(who)
            .AddSource("Microsoft.AspNetCore", "Npgsql", Meters.Name)
            .AddOtlpExporter(o => o.Endpoint = place).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(who)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting",
                "System.Runtime", "Npgsql", Meters.Name)
            .AddOtlpExporter(o => o.Endpoint = place).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(2000);
        _metrics?.ForceFlush(2000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
