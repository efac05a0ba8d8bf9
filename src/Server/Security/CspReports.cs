using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Ochag.Server.Telemetry;

namespace Ochag.Server.Security;

/// <summary>
/// Browsers report here what the Content-Security-Policy stopped. A report means that a page of ours breaks its own
/// rules or that somebody tries to put a script into it: both are wanted in the log and as a count.
/// </summary>
internal sealed class CspReports(ILogger<CspReports> log)
{
    public const string Path = "/csp-reports";
    private const int Kept = 50;
    private const int MostBytes = 16 * 1024;

    private static readonly Counter<long> Counter = Meters.Ochag.CreateCounter<long>(
        "ochag.csp.reports", description: "What browsers stopped by the Content-Security-Policy.");

    private readonly ConcurrentQueue<string> _last = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>The last of them: directive and what was stopped, without addresses of pages.</summary>
    public IReadOnlyCollection<string> Last => [.. _last];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(Path, Take).AllowAnonymous().WithMetadata(new NoForgeryCheck()).RequireRateLimiting(Limits.Reports);

    private static async Task<IResult> Take(HttpContext http, CspReports reports)
    {
        if (http.Request.ContentLength is null or > MostBytes)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        try
        {
            using var json = await JsonDocument.ParseAsync(
                http.Request.Body, new JsonDocumentOptions { MaxDepth = 8 }, http.RequestAborted);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
                root = root[0].TryGetProperty("body", out var body) ? body : root[0];
            else if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("csp-report", out var report))
                root = report;
            reports.Note(Text(root, "effective-directive", "effectiveDirective"), Text(root, "blocked-uri", "blockedURL"));
            return Results.NoContent();
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
    }

    private static string Text(JsonElement report, params ReadOnlySpan<string> names)
    {
        if (report.ValueKind != JsonValueKind.Object)
            return "?";
        foreach (var name in names)
        {
            if (!report.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
                continue;
            var text = value.GetString()!;
            // An address is cut to its host: the rest may hold somebody's data.
            text = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Host : text;
            return new string([.. text.Where(c => !char.IsControl(c)).Take(80)]);
        }

        return "?";
    }

    private void Note(string directive, string blocked)
    {
        Interlocked.Increment(ref _count);
        Counter.Add(1);
        _last.Enqueue($"{directive}: {blocked}");
        while (_last.Count > Kept)
            _last.TryDequeue(out _);
        log.LogWarning("The browser stopped {Blocked} by {Directive}", blocked, directive);
    }
}
