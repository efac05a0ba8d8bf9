using System.Net;
using System.Net.NetworkInformation;

namespace Ochag.Server.Hosting;

/// <summary>Looks for free ports before the server asks for them, so that the answer is a sentence.</summary>
internal static class Ports
{
    /// <summary>True when somebody already listens there; port 0 (any) never is.</summary>
    public static bool IsTaken(string url)
    {
        var port = PortOf(url);
        return port != 0 && Listening().Contains(port);
    }

    /// <summary>The same address with the next port that nobody listens on.</summary>
    public static string NextFree(string url)
    {
        var taken = Listening();
        var port = PortOf(url);
        var free = Enumerable.Range(port, IPEndPoint.MaxPort - port + 1).Concat(Enumerable.Range(0, port).Reverse())
            .First(p => !taken.Contains(p));
        return url.Replace($":{port}", $":{free}", StringComparison.Ordinal);
    }

    private static int PortOf(string url) => BindingAddress.Parse(url).Port;

    private static HashSet<int> Listening() =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(e => IPAddress.IsLoopback(e.Address) || e.Address.Equals(IPAddress.Any) || e.Address.Equals(IPAddress.IPv6Any))
            .Select(e => e.Port)];
}
