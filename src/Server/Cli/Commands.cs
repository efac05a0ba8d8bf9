using System.CommandLine;
using Ochag.Server.Settings;

namespace Ochag.Server.Cli;

/// <summary>
/// The command line: one file for a command, listed here. Exit codes: 0 done, 1 refused or failed, 2 the command line
/// itself is wrong.
/// </summary>
internal static class Commands
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    /// <summary>Every command of the program. A new one is a static Build() in its own file and a line here.</summary>
    private static Command[] All() =>
    [
        DemoCommand.Build(), ServeCommand.Build(), ConfigCommand.Build(), TerritoryCommand.Build(),
        ImportCommand.Build(), ExportCommand.Build(), EraseCommand.Build(), GenerateCommand.Build(),
        BillCommand.Build(), CasesCommand.Build(), BackupCommand.Build(), RestoreCommand.Build(),
        MigrateCommand.Build(), HealthCommand.Build(),
    ];

    public static RootCommand Root()
    {
        var root = new RootCommand("Ochag: the customer platform of a company that supplies heat, water, power or gas.")
        {
            CommonOptions.Set, CommonOptions.Database,
        };
        foreach (var command in All())
            root.Add(command);
        return root;
    }

    public static async Task<int> Run(string[] args)
    {
        if (args.Length == 0)
        {
            await Root().Parse(["--help"]).InvokeAsync();
            return Misused;
        }

        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Say.Fault(error.Message);
            Say.Fault("'ochag --help' and 'ochag COMMAND --help' say what there is.");
            return Misused;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // A little longer than the server takes to finish what it has begun.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(12),
            };
            return await parsed.InvokeAsync(configuration);
        }
        catch (SettingsException e)
        {
            foreach (var fault in e.Faults)
                Say.Fault(fault);
            return e.IsMisuse ? Misused : Failed;
        }
        catch (OperationCanceledException)
        {
            Say.Fault("Stopped.");
            return Failed;
        }
        catch (Exception e) when (FaultTexts.Sentence(e, Database(parsed)) is { } sentence)
        {
            // A faulty disk, database or port is told in a sentence; anything else is our bug and shows its stack.
            Say.Fault(sentence);
            return Failed;
        }
    }

    /// <summary>What the faults call the database; the settings were read once already, so they are whole.</summary>
    private static string Database(ParseResult parsed) => DatabaseAddress.Describe(CommonOptions.Settings(parsed).Store);
}
