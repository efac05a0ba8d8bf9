using System.CommandLine;
using NodaTime;
using Ochag.Server.Hosting;
using Ochag.Server.Settings;
using Ochag.Server.Upgrades;
using Ochag.Storage;

namespace Ochag.Server.Cli;

/// <summary>"migrate": the database is brought up to this program, after a backup; "--check" only looks.</summary>
internal static class MigrateCommand
{
    public static Command Build()
    {
        var check = new Option<bool>("--check") { Description = "Only say what waits; exit 0 when nothing does. Nothing is changed." };
        var place = new Option<string?>("--backup")
        {
            Description = "Where the backup goes: a new file, or a folder. Without it: backups/ below DataPath.",
            HelpName = "FILE|FOLDER",
        };
        var migrate = new Command("migrate", "Back the database up and bring it up to this program. Stop the server first.")
        {
            check, place,
        };
        migrate.SetAction((parsed, stop) =>
        {
            var settings = CommonOptions.Settings(parsed);
            return parsed.GetValue(check)
                ? Check(settings, stop)
                : Run(settings, parsed.GetValue(place), WayBack(parsed.GetValue(CommonOptions.Database), settings), stop);
        });
        return migrate;
    }

    private static async Task<int> Check(OchagSettings settings, CancellationToken stop)
    {
        await using var services = WithServices.OpenAsIs(settings, DatabaseAddress.Unpooled(settings.Store));
        var state = await Upgrade.Look(settings, services.Get<OchagDb>(), stop);
        if (state.Refusal is { } newer)
            return Refused.Tell(newer);
        Say.Line($"Database  {DatabaseAddress.Describe(settings.Store)}");
        if (state.Value.IsNew)
        {
            Say.Line("Schema    none yet: 'ochag serve' or 'ochag migrate' makes the tables");
            return Commands.Failed;
        }

        Say.Line($"Schema    {state.Value.Applied[^1]}");
        foreach (var waiting in state.Value.Pending)
            Say.Line($"Waits     {waiting}");
        Say.Line(state.Value.IsCurrent
            ? "Up to date"
            : $"{state.Value.Pending.Count} wait, nothing was changed. Stop the server, then: ochag migrate");
        return state.Value.IsCurrent ? Commands.Done : Commands.Failed;
    }

    private static async Task<int> Run(OchagSettings settings, string? place, string wayBack, CancellationToken stop)
    {
        var folder = Path.Combine(Path.GetFullPath(settings[SettingCatalogue.DataPath]), "backups") + Path.DirectorySeparatorChar;
        var done = await Upgrade.Run(settings, place is { Length: > 0 } ? place : folder, SystemClock.Instance, new Steps(), stop);
        if (done.Refusal is { } refusal)
            return Refused.Tell(refusal);
        Say.Line($"Database  {DatabaseAddress.Describe(settings.Store)}");
        foreach (var applied in done.Value.Applied)
            Say.Line($"Applied   {applied}");
        if (done.Value.Backup is { } backup)
        {
            Say.Line($"Backup    {backup}, {done.Value.Manifest!.Bytes:N0} bytes, schema {done.Value.Manifest.Schema}");
            Say.Line($"Took      {Seconds(done.Value.BackingUp)} s to back up, {Seconds(done.Value.Migrating)} s to migrate");
            Say.Line($"Proved    {done.Value.Manifest.Numbers.Accounts:N0} accounts, {done.Value.Manifest.Numbers.Lines:N0} lines and their money as before");
            Say.Line($"Way back  stop the server, put the program that ran before in its place, then:");
            Say.Line($"          {string.Format(System.Globalization.CultureInfo.InvariantCulture, wayBack, backup)}");
        }

        await MonthsAhead.Make(settings, SystemClock.Instance, stop);
        Say.Line("Up to date");
        return Commands.Done;
    }

    /// <summary>The command that brings the backup ({0}) back into the very database that was migrated; no password is told.</summary>
    private static string WayBack(string? given, OchagSettings settings) => given is null
        ? "ochag restore '{0}' --replace"
        : $"ochag restore '{{0}}' --replace --database '{DatabaseAddress.Masked(settings[SettingCatalogue.Database]).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)}'";

    private static string Seconds(Duration time) => time.TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Each step is told before it begins: who watches knows what goes on.</summary>
    private sealed class Steps : IProgress<string>
    {
        public void Report(string value) =>
            System.Console.Error.WriteLine(value == "backup" ? "Backs the database up..." : "Migrates...");
    }
}
