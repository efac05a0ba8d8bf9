using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Documents.Tables;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Runs;
using Ochag.Server.Exports;

namespace Ochag.Server.Cli;

/// <summary>"bill sheet": the closing sheet of a month, shown or written as a table.</summary>
internal static class SheetCommand
{
    private const int HousesShown = 50;
    private const int AtOnce = 1_000;

    public static Command Build()
    {
        var territory = SharedOptions.Territory();
        var month = SharedOptions.Month();
        var by = new Option<SheetBy>("--by") { Description = "What it is laid out by.", DefaultValueFactory = _ => SheetBy.Service };
        var csv = SharedOptions.FileOption("--csv", "Write all of it there as CSV instead of showing it.");
        var command = new Command("sheet", "The closing sheet of a posted month: by service, tariff or building.")
        {
            territory, month, by, csv,
        };
        command.SetAction(async (parsed, stop) =>
        {
            // What a script reads does not depend on the language of the machine.
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await BillCommand.Find(services, parsed.GetRequiredValue(territory), parsed.GetRequiredValue(month), stop);
            if (found.Refusal is { } unknown)
                return Refused.Tell(unknown);
            var (of, run) = found.Value;
            if (!run.State.Counts())
                return Refused.Tell(new("billing.closing-not-posted", ("month", $"{run.Period}")));
            var rows = new SheetRows(services.Get<IStringLocalizer<Texts>>());
            if (parsed.GetValue(by) == SheetBy.Building)
                return await Tell(Houses(services, rows, of, run, stop), parsed.GetValue(csv), HousesShown, run, stop);
            using var progress = new ProgressLine();
            var sheet = await services.Get<IClosing>().Sheet(run.Id, long.MaxValue, progress.Of<long>(n => $"{n:N0} lines"), stop);
            progress.End();
            if (sheet.Refusal is { } refusal)
                return Refused.Tell(refusal);
            var table = parsed.GetValue(by) == SheetBy.Tariff ? rows.ByTariff(sheet.Value) : rows.ByService(sheet.Value);
            return await Tell(table.ToAsyncEnumerable(), parsed.GetValue(csv), int.MaxValue, run, stop);
        });
        return command;
    }

    private static async IAsyncEnumerable<TableCell[]> Houses(
        WithServices services, SheetRows rows, TerritoryRecord territory, RunRecord run,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        Service[] of = [.. (await services.Get<IBilling>().SumByService(territory, run.Period, stop)).Select(s => s.Service)];
        yield return rows.BuildingHead(of);
        for (var skip = 0; ; skip += AtOnce)
        {
            var some = await services.Get<IClosing>().Buildings(run, null, skip, AtOnce, stop);
            var addresses = await services.Get<IRegistryDesk>().AddressesOf([.. some.Select(b => b.Building)], [territory.Id], stop);
            foreach (var building in some)
                yield return SheetRows.Building(building, addresses.GetValueOrDefault(building.Building, ""), of);
            if (some.Count < AtOnce)
                yield break;
        }
    }

    private static async Task<int> Tell(
        IAsyncEnumerable<TableCell[]> table, string? file, int most, RunRecord run, CancellationToken stop)
    {
        if (file is not null)
            return await Write(table, file, stop);
        var shown = new List<TableCell[]>();
        var rest = 0;
        await foreach (var row in table.WithCancellation(stop))
        {
            if (shown.Count <= most)
                shown.Add(row);
            else
                rest++;
        }

        var widths = Enumerable.Range(0, shown[0].Length).Select(c => shown.Max(r => r[c].Text.Length)).ToArray();
        foreach (var row in shown)
            Say.Line(string.Join("  ", row.Select((cell, c) => Aligned(cell, widths[c]))));
        if (rest > 0)
            Say.Line($"{rest:N0} more; --csv FILE has them all.");
        Say.Line($"{run.Lines:N0} lines, {run.Total}");
        return Commands.Done;
    }

    private static string Aligned(TableCell cell, int width) =>
        cell.IsNumber ? cell.Text.PadLeft(width) : cell.Text.PadRight(width);

    private static async Task<int> Write(IAsyncEnumerable<TableCell[]> table, string file, CancellationToken stop)
    {
        // Whole or not at all: what was there before stays until the new one is there.
        var beside = file + ".part";
        var rows = -1;
        try
        {
            await using (var text = new StreamWriter(beside, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
            {
                await foreach (var row in table.WithCancellation(stop))
                {
                    await text.WriteAsync(DelimitedText.Row(row) + "\r\n");
                    rows++;
                }
            }

            File.Move(beside, file, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }

        Say.Line($"{rows:N0} rows in {file}");
        return Commands.Done;
    }
}
