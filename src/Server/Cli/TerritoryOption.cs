using System.CommandLine;
using Ochag.Foundation;

namespace Ochag.Server.Cli;

/// <summary>Options that several commands share.</summary>
internal static class SharedOptions
{
    public static Option<string> Territory() => new("--territory")
    {
        Description = "Short name of the territory.",
        HelpName = "CODE",
        Required = true,
    };

    public static Option<BillingPeriod> Month(string name = "--month", string description = "Month, as 2026-10.") => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM",
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (BillingPeriod.TryParse(text, out var month))
                return month;
            result.AddError($"'{text}' is not a month like 2026-10.");
            return default;
        },
    };

    public static Option<bool> Json() => new("--json") { Description = "Machine-readable output." };
}
