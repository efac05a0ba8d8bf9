using System.CommandLine;
using NodaTime;
using Ochag.Server.Backups;
using Ochag.Server.Settings;

namespace Ochag.Server.Cli;

/// <summary>"backup": the database at one moment in a file, while the server goes on.</summary>
internal static class BackupCommand
{
    public static Command Build()
    {
        var place = SharedOptions.File("FILE|FOLDER", "A new file, or a folder in which the moment gives the name.", orFolder: true);
        var backup = new Command("backup", "Copy the database into a file with a manifest; the server may run meanwhile.") { place };
        backup.SetAction(async (parsed, stop) =>
        {
            var made = await Backup.Make(CommonOptions.Settings(parsed), parsed.GetRequiredValue(place), SystemClock.Instance, stop);
            if (made.Refusal is { } refusal)
                return Refused.Tell(refusal);
            Say.Line($"Backup    {made.Value.File}");
            Tell(made.Value.Manifest);
            return Commands.Done;
        });
        return backup;
    }

    public static void Tell(BackupManifest manifest)
    {
        var numbers = manifest.Numbers;
        Say.Line($"Bytes     {manifest.Bytes,20:N0}");
        Say.Line($"SHA-256   {manifest.Sha256}");
        Say.Line($"Schema    {manifest.Schema}");
        Say.Line($"Accounts  {numbers.Accounts,20:N0}  in {numbers.Territories.Count} territories");
        Say.Line($"Lines     {numbers.Lines,20:N0}  in {numbers.Months.Count} posted months");
        foreach (var money in numbers.Months.GroupBy(m => m.Currency, StringComparer.Ordinal))
            Say.Line($"Money     {money.Sum(m => m.Minor) / 100m,20:N2}  {money.Key}");
    }
}

/// <summary>"restore": a backup put back and compared with its manifest.</summary>
internal static class RestoreCommand
{
    public static Command Build()
    {
        var file = SharedOptions.File("FILE", "The backup; its manifest, FILE.json, lies beside it.");
        var replace = new Option<bool>("--replace") { Description = "The database may hold data: they give way to the backup." };
        var restore = new Command("restore", "Put a backup back into an empty database and prove that it is whole. Stop the server first.")
        {
            file, replace,
        };
        restore.SetAction(async (parsed, stop) =>
        {
            var settings = CommonOptions.Settings(parsed);
            var restored = await Backup.Restore(
                settings, parsed.GetRequiredValue(file), parsed.GetValue(replace), SystemClock.Instance, stop);
            if (restored.Refusal is { } refusal)
                return Refused.Tell(refusal);
            Say.Line($"Restored  {DatabaseAddress.Describe(settings.Store)}");
            BackupCommand.Tell(restored.Value.Manifest);
            Say.Line($"Proved    the file's hash, and accounts, lines, money and the rows of {restored.Value.Manifest.Numbers.Rows.Count} tables as in the manifest of {restored.Value.Manifest.MadeAt}");
            if (restored.Value.Former is { } former)
                Say.Line($"Before    what stood there is kept as {former}");
            return Commands.Done;
        });
        return restore;
    }
}
