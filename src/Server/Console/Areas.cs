using Ochag.Server.Security;

namespace Ochag.Server.Console;

/// <summary>
/// An area at the left of the frame: its text key ("area.Key"), address, icon, who sees it and the key after "g".
/// </summary>
/// <param name="OfDemo">There only where the demo's tour is.</param>
internal sealed record ConsoleArea(
    string Key, string Path, string Icon, string Policy, string Shortcut, bool Foot = false, bool OfDemo = false);

internal static class Areas
{
    /// <summary>In the order of the frame. A new area is a line here and its routes in <see cref="ConsoleRoutes"/>.</summary>
    public static readonly IReadOnlyList<ConsoleArea> All =
    [
        new("dashboard", "/console", "layout-dashboard", Policies.Staff, "d"),
        new("tour", "/console/tour", "map-2", Policies.Staff, "t", OfDemo: true),
        new("readings", "/console/readings", "gauge", Policies.Operate, "m"),
        new("runs", "/console/runs", "file-invoice", Policies.Staff, "r"),
        new("imports", "/console/imports", "upload", Policies.Bill, "i"),
        new("jobs", "/console/jobs", "hourglass", Policies.Bill, "j"),
        new("rules", "/console/rules", "book-2", Policies.Staff, "l"),
        new("tariffs", "/console/tariffs", "cash", Policies.Bill, "c"),
        new("territories", "/console/territories", "building-community", Policies.Administer, "b"),
        new("exports", "/console/exports", "download", Policies.Export, "x"),
        new("audit", "/console/audit", "list-search", Policies.Audit, "a"),
        new("personal-data", "/console/personal-data", "shield-lock", Policies.Audit, "y"),
        new("people", "/console/people", "users", Policies.Administer, "p"),
        new("keys", "/console/keys", "key", Policies.Administer, "k"),
        new("api", "/console/api", "command", Policies.Staff, "o", Foot: true),
        new("style", "/console/style", "palette", Policies.Staff, "s", Foot: true),
    ];

    /// <summary>The area that an address belongs to: the longest path that begins it.</summary>
    public static ConsoleArea? At(PathString path) => All
        .Where(a => a.Path == "/console" ? path == "/console" : path.StartsWithSegments(a.Path, StringComparison.Ordinal))
        .MaxBy(a => a.Path.Length);
}
