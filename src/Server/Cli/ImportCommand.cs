using System.CommandLine;
using Ochag.Documents.Tables;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cli;

/// <summary>"import": registers of other systems.</summary>
internal static class ImportCommand
{
    private const int RefusalsShown = 10;

    public static Command Build()
    {
        var file = SharedOptions.File("FILE", "The register, CSV, plain or gzip.");
        var territory = SharedOptions.Territory();
        var limit = SharedOptions.Count("--limit", "Take only the first rows.", "ROWS");
        var rejects = SharedOptions.FileOption("--rejects", "Write refused rows with their reasons to a file.");
        var houses = new Command("houses", "A housing register of the Reforma ZhKH layout.") { file, territory, limit, rejects };
        houses.Validators.Add(result =>
        {
            if (result.GetValue(rejects) is { Length: > 0 } path && result.GetValue(file) is { Length: > 0 } register
                && Path.GetFullPath(path) == Path.GetFullPath(register))
                result.AddError("--rejects cannot be the register itself: it would be written over.");
        });
        houses.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await services.Get<IRegistry>().FindTerritory(parsed.GetRequiredValue(territory), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            // Opened first: a name that cannot be written to must not be learnt of when the houses are in.
            await using var rejected = parsed.GetValue(rejects) is { } path ? new StreamWriter(path) : null;
            var report = await services.Get<IRegistryIntake>().ImportHouses(
                found.Value.Id, parsed.GetRequiredValue(file), parsed.GetValue(limit), stop);
            if (report.Refusal is { } refusal)
                return Refused.Tell(refusal);
            Tell(report.Value);
            foreach (var row in rejected is null ? [] : report.Value.Refusals)
                await rejected!.WriteLineAsync(DelimitedText.Row($"{row.Line}", row.Code, row.Text).AsMemory(), stop);

            if (report.Value.Refused == 0)
                return Commands.Done;
            Say.Fault($"{report.Value.Refused:N0} rows were refused, the others are taken. Mend them and load the file again.");
            return Commands.Failed;
        });
        return new Command("import", "Take in registers of other systems.") { houses };
    }

    private static void Tell(ImportReport report)
    {
        Say.Line($"Rows      {report.Rows,9:N0}");
        Say.Line($"Taken     {report.Taken,9:N0}");
        Say.Line($"Doubtful  {report.Doubtful,9:N0}  (taken, with a mark)");
        foreach (var (doubt, count) in report.Doubts.OrderByDescending(d => d.Value))
            Say.Line($"  {doubt,-24} {count,9:N0}");
        Say.Line($"Unchanged {report.Unchanged,9:N0}  (known before)");
        Say.Line($"Refused   {report.Refused,9:N0}");
        foreach (var refusal in report.Refusals.Take(RefusalsShown))
            Say.Line($"  line {refusal.Line}: {refusal.Code} {refusal.Text}");
        if (report.Refused > RefusalsShown)
            Say.Line("  ... --rejects FILE writes them all.");
    }
}
