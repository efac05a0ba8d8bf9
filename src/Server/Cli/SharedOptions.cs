using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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
            if (BillingPeriod.TryParse(Text(result), out var month))
                return month;
            result.AddError($"{name} cannot be '{Text(result)}': it is a month from {BillingPeriod.First} to {BillingPeriod.Last}, written as 2026-10.");
            return default;
        },
    };

    /// <summary>How many, from one on; null: not said.</summary>
    public static Option<int?> Count(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
                return count;
            result.AddError($"{name} cannot be '{Text(result)}': it is a whole number from 1 to {int.MaxValue}.");
            return null;
        },
    };

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "The same seed gives the same people.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            if (ulong.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
                return seed;
            result.AddError($"--seed cannot be '{Text(result)}': it is a whole number from 0 to {ulong.MaxValue}.");
            return 0;
        },
    };

    /// <summary>A file that is read or written: an empty name (a variable of a script that is not set) is none.</summary>
    public static Argument<string> File(string name, string description, bool orFolder = false)
    {
        var file = new Argument<string>(name) { Description = description };
        file.Validators.Add(result => RefuseEmpty(result, name));
        file.Validators.Add(result =>
        {
            if (!orFolder && result.Tokens.FirstOrDefault(t => Directory.Exists(t.Value)) is { } folder)
                result.AddError($"{name} cannot be '{folder.Value}', which is a folder: name a file in it.");
        });
        return file;
    }

    public static Option<string?> FileOption(string name, string description)
    {
        var file = new Option<string?>(name) { Description = description, HelpName = "FILE" };
        file.Validators.Add(result => RefuseEmpty(result, name));
        return file;
    }

    public static Option<string?> Urls() => new("--urls") { Description = "Addresses to listen on.", HelpName = "ADDRESSES" };

    public static Option<bool> Json() => new("--json") { Description = "Machine-readable output." };

    private static void RefuseEmpty(SymbolResult result, string name)
    {
        if (result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)))
            result.AddError($"{name} is empty: it names a file.");
    }

    /// <summary>What was written after the option; several times is refused by the command line itself.</summary>
    private static string Text(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
}
