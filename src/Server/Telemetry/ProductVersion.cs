using System.Reflection;

namespace Ochag.Server.Telemetry;

/// <summary>The version with the commit it was built from: "0.1.0+abc123".</summary>
internal static class ProductVersion
{
    public static readonly string Full =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static readonly string Short = Full.Split('+')[0];
}
