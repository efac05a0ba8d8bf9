using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Privacy;

namespace Ochag.Server.Cli;

/// <summary>"export": what is kept of a person, for the person.</summary>
internal static class ExportCommand
{
    public static Command Build() => new("export", "Take out what is kept.") { Person() };

    private static Command Person()
    {
        var (account, holder) = (PersonOptions.Account(), PersonOptions.Holder());
        var file = SharedOptions.File("FILE", "Where to write: .json for machines, .html for people.");
        file.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => FormatOf(t.Value) is null))
                result.AddError("FILE ends in .json or .html.");
        });
        var command = new Command("person", "All that is kept of one holder, as the law lets him ask.") { account, holder, file };
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await PersonOptions.Find(services, parsed.GetRequiredValue(account), parsed.GetValue(holder), stop);
            if (found.Refusal is { } refusal)
                return Refused.Tell(refusal);
            var path = parsed.GetRequiredValue(file);
            // Opened first: who cannot write there must not be told in the journal to have taken it.
            await using var stream = new FileStream(path, Private());
            foreach (var of in found.Value.Accounts)
            {
                await services.Get<AuditBook>().Write(
                    AuditActions.PersonExported, $"{of.Number} holder {found.Value.First.Id.Value}", of.Territory.Value,
                    PersonOptions.By);
            }

            var dossier = await services.Get<DossierMaker>().Make(found.Value, null, stop);
            await stream.WriteAsync(DossierFile.Write(dossier, FormatOf(path)!, services.Get<IStringLocalizer<Texts>>()), stop);
            Say.Line($"{dossier.Accounts.Count} accounts, {dossier.Person.Count} entries; {dossier.Namesakes} namesakes left out.");
            return Commands.Done;
        });
        return command;
    }

    /// <summary>Nobody else on the machine reads it.</summary>
    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string? FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSON" => DossierFile.Json,
        ".HTML" => DossierFile.Html,
        _ => null,
    };
}

/// <summary>How a person is named at the command line: by an account, and by a number where several hold it.</summary>
internal static class PersonOptions
{
    public const string By = "command line";

    public static Option<string> Account() => new("--account")
    {
        Description = "Number of an account that the person holds or held.", HelpName = "NUMBER", Required = true,
    };

    public static Option<int?> Holder() =>
        SharedOptions.Count("--holder", "Which of them, where several hold or held the account.", "ID");

    public static async Task<Outcome<PersonRecord>> Find(
        WithServices services, string account, int? holder, CancellationToken stop)
    {
        var persons = services.Get<IPersons>();
        TerritoryId[] everywhere = [.. (await services.Get<IRegistry>().ListTerritories(stop)).Select(t => t.Id)];
        var holders = await persons.HoldersOf(account, everywhere, stop);
        var wanted = holder is { } id ? holders.Where(h => h.Id.Value == id).ToList() : [.. holders];
        return wanted switch
        {
            [] => new Refusal("persons.none", ("account", account)),
            [var one] => await persons.Find(one.Id, everywhere, stop),
            _ => new Refusal(
                "persons.several", ("account", account),
                ("holders", string.Join("; ", wanted.Select(h => $"{h.Id.Value}: {Console.Desk.Masks.Name(h.Name)}")))),
        };
    }
}
