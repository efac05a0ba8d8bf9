using System.CommandLine;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Imports;
using Ochag.Server.Refusals;

namespace Ochag.Server.Cli;

/// <summary>"import": registers of other systems.</summary>
internal static class ImportCommand
{
    private const int RemarksShown = 10;
    private const int ListShown = 50;

    public static Command Build() => new("import", "Take in registers of other systems.")
    {
        OfKind("houses", "Houses: a table of ours, or the public register of Reforma ZhKH as it is."),
        OfKind("premises", "Flats and rooms of houses, with their areas."),
        OfKind("accounts", "Accounts of premises, from a day to a day."),
        OfKind("holders", "Who holds an account, alone or by shares."),
        OfKind("residents", "How many live on an account, by days."),
        OfKind("connections", "Which services an account takes."),
        OfKind("meters", "Meters of premises and of whole houses."),
        OfKind("readings", "Readings of meters."),
        OfKind("intervals", "Uses by the hour, a day of a meter in a row."),
        OfKind("tariffs", "Tariffs, norms and the other numbers that a territory decides."),
        OfKind("balances", "What accounts owed when their books were opened here."),
        OfKind("contracts", "Loads of companies' contracts."),
        Template(), List(), Undo(),
    };

    private static Command OfKind(string kind, string description)
    {
        var file = SharedOptions.File("FILE", "CSV (plain or gzip) or a workbook (xlsx).");
        var territory = SharedOptions.Territory();
        var limit = SharedOptions.Count("--limit", "Take only the first rows.", "ROWS");
        var preview = new Option<bool>("--preview") { Description = "Decide every row and change nothing." };
        var map = new Option<string[]>("--map")
        {
            Description = "Which column of the file is which of ours; may be given several times.",
            HelpName = "COLUMN=THEIRS",
        };
        map.Validators.Add(result =>
        {
            foreach (var wrong in result.Tokens.Where(t => !t.Value.Contains('=', StringComparison.Ordinal)))
                result.AddError($"'{wrong.Value}' is not COLUMN=THEIRS.");
        });
        var rejects = SharedOptions.FileOption("--rejects", "Write refused rows to a table that can be mended and loaded again.");
        var command = new Command(kind, description) { file, territory, preview, map, limit, rejects };
        command.Validators.Add(result =>
        {
            if (result.GetValue(rejects) is { Length: > 0 } path && result.GetValue(file) is { Length: > 0 } register
                && Path.GetFullPath(path) == Path.GetFullPath(register))
                result.AddError("--rejects cannot be the register itself: it would be written over.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await services.Get<IRegistry>().FindTerritory(parsed.GetRequiredValue(territory), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            var path = parsed.GetRequiredValue(file);
            var request = new ImportRequest(
                found.Value, kind, path, Path.GetFileName(path), "command line",
                (parsed.GetValue(map) ?? []).Select(m => m.Split('=', 2)).ToDictionary(m => m[0], m => m[1], StringComparer.Ordinal),
                parsed.GetValue(limit));
            // Opened first: a name that cannot be written to must not be learnt of when the rows are in.
            await using var rejected = parsed.GetValue(rejects) is { } name ? File.Create(name) : null;
            using var progress = new ProgressLine();
            var told = progress.Of<ImportProgress>(p => $"{p.Permille / 10}% {p.Counts.Rows:N0} rows");
            return parsed.GetValue(preview)
                ? await Preview(services.Get<IImports>(), request, progress, told, stop)
                : await Take(services.Get<IImports>(), request, rejected, progress, told, stop);
        });
        return command;
    }

    private static async Task<int> Preview(
        IImports imports, ImportRequest request, ProgressLine progress, IProgress<ImportProgress> told, CancellationToken stop)
    {
        var preview = await imports.Preview(request, told, stop);
        progress.End();
        if (preview.Refusal is { } refusal)
            return Refused.Tell(refusal);
        Say.Line($"File      {preview.Value.Layout}, head on line {preview.Value.HeadLine}");
        foreach (var column in preview.Value.Columns)
            Say.Line($"  {column.Foreign,-30} {column.Column ?? "(not taken)",-20} {string.Join(" | ", column.Examples)}");
        Tell(preview.Value.Counts);
        foreach (var (code, count) in preview.Value.Reasons.OrderByDescending(r => r.Value))
            Say.Line($"  {code,-36} {count,9:N0}");
        Tell(preview.Value.Remarks.Take(RemarksShown));
        return preview.Value.Counts.Refused == 0 ? Commands.Done : Commands.Failed;
    }

    private static async Task<int> Take(
        IImports imports, ImportRequest request, Stream? rejected, ProgressLine progress, IProgress<ImportProgress> told,
        CancellationToken stop)
    {
        var taken = await imports.Take(request, told, stop);
        progress.End();
        if (taken.Refusal is { } refusal)
            return Refused.Tell(refusal);
        Say.Line($"Import    {taken.Value.Id.Value} ({taken.Value.Layout})");
        Tell(taken.Value.Counts);
        Tell(await imports.ListRemarks(taken.Value.Id, RowFate.Refused, 0, RemarksShown, CancellationToken.None));
        if (rejected is not null)
            await RejectsFile.Write(imports, taken.Value.Id, rejected, r => RefusalSentences.AtCommandLine(r), CancellationToken.None);
        switch (taken.Value.State)
        {
            case ImportState.Cancelled:
                Say.Fault("Stopped. What was taken stays; the same file again goes on, 'ochag import undo' takes it back.");
                return Commands.Failed;
            case ImportState.Broken:
                Say.Fault($"The file breaks off: {RefusalSentences.AtCommandLine(RefusalSentences.Parse(taken.Value.Fault ?? ""))}. What came before is taken; mend the file and load it again.");
                return Commands.Failed;
            default:
                if (taken.Value.Counts.Refused == 0)
                    return Commands.Done;
                Say.Fault($"{taken.Value.Counts.Refused:N0} rows were refused, the others are taken. Mend them and load the file again.");
                return Commands.Failed;
        }
    }

    private static void Tell(ImportCounts counts)
    {
        Say.Line($"Rows      {counts.Rows,9:N0}");
        Say.Line($"Taken     {counts.Taken,9:N0}");
        Say.Line($"Doubtful  {counts.Doubtful,9:N0}  (taken, with a mark)");
        Say.Line($"Unchanged {counts.Unchanged,9:N0}  (known before)");
        Say.Line($"Refused   {counts.Refused,9:N0}");
    }

    private static void Tell(IEnumerable<ImportRemark> remarks)
    {
        foreach (var remark in remarks)
            Say.Line($"  line {remark.Line}: {RefusalSentences.AtCommandLine(remark.Reason)}");
    }

    private static Command Template()
    {
        var kind = new Argument<string>("KIND") { Description = "houses, premises, accounts ..." };
        var file = new Argument<string>("FILE") { Description = "Where to write: .csv or .xlsx." };
        var command = new Command("template", "Write an empty table with the columns of a kind and an example.") { kind, file };
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = WithServices.OpenAsIs(CommonOptions.Settings(parsed));
            var found = services.Get<IImports>().Kinds.FirstOrDefault(k => k.Name == parsed.GetRequiredValue(kind));
            if (found is null)
            {
                return Refused.Tell(new(
                    "imports.kind-unknown", ("kind", parsed.GetRequiredValue(kind)),
                    ("known", string.Join(", ", services.Get<IImports>().Kinds.Select(k => k.Name)))));
            }

            await using var stream = File.Create(parsed.GetRequiredValue(file));
            ImportTemplate.Write(found, stream, parsed.GetRequiredValue(file).EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase));
            return Commands.Done;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "What was taken in, newest first.");
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var territories = await services.Get<IRegistry>().ListTerritories(stop);
            foreach (var import in await services.Get<IImports>().List([.. territories.Select(t => t.Id)], ListShown, stop))
            {
                var territory = territories.First(t => t.Id == import.Territory);
                Say.Line(
                    $"{import.Id.Value,5}  {territory.Code,-12} {import.Kind,-12} {import.State,-10} {import.Counts.Rows,9:N0} rows  {import.File}");
            }

            return Commands.Done;
        });
        return command;
    }

    private static Command Undo()
    {
        var id = new Argument<long>("IMPORT") { Description = "Its number, as 'import list' shows it." };
        var command = new Command("undo", "Take an import back, while nothing was billed on it.") { id };
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var undone = await services.Get<IImports>().Undo(new(parsed.GetRequiredValue(id)), "command line", stop);
            if (undone.Refusal is { } refusal)
                return Refused.Tell(refusal);
            Say.Line($"Import {undone.Value.Id.Value} ({undone.Value.File}) is taken back.");
            return Commands.Done;
        });
        return command;
    }
}
