using System.CommandLine;
using Ochag.Registry.Contracts;
using Ochag.Server.Privacy;

namespace Ochag.Server.Cli;

/// <summary>"erase": a person's name and contacts; accounts and sums stay.</summary>
internal static class EraseCommand
{
    public static Command Build() => new("erase", "Erase personal data for good.") { Person() };

    private static Command Person()
    {
        var (account, holder) = (PersonOptions.Account(), PersonOptions.Holder());
        var appeal = new Option<string>("--appeal")
        {
            Description = "Number of the person's appeal; it stands in place of the name.", HelpName = "NUMBER", Required = true,
        };
        var despite = new Option<bool>("--despite-open-account")
        {
            Description = "The data officer has decided that an open account is no reason to keep the person.",
        };
        var preview = new Option<bool>("--preview") { Description = "Say what would be erased and change nothing." };
        var command = new Command("person", "Replace a holder's name, contacts and tax number by a pseudonym. It cannot be undone.")
        {
            account, holder, appeal, despite, preview,
        };
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = await WithServices.Open(CommonOptions.Settings(parsed), stop);
            var found = await PersonOptions.Find(services, parsed.GetRequiredValue(account), parsed.GetValue(holder), stop);
            if (found.Refusal is { } refusal)
                return Refused.Tell(refusal);
            if (parsed.GetValue(preview))
                return Preview(found.Value, services.Get<IPersons>(), parsed.GetValue(despite));
            TerritoryId[] everywhere = [.. (await services.Get<IRegistry>().ListTerritories(stop)).Select(t => t.Id)];
            var wish = new ErasureWish(found.Value.First.Id, parsed.GetRequiredValue(appeal), parsed.GetValue(despite));
            var erased = await services.Get<PersonDesk>().Erase(wish, everywhere, PersonOptions.By, stop);
            if (erased.Refusal is { } no)
                return Refused.Tell(no);
            Tell(erased.Value);
            return Commands.Done;
        });
        return command;
    }

    private static int Preview(PersonRecord person, IPersons persons, bool despite)
    {
        foreach (var account in person.Accounts)
            Say.Line($"Account   {account.Number}  {(account.Open ? "open" : "closed")}, {account.Marks.Count} marks");
        Say.Line($"Entries   {person.Entries.Count}");
        Say.Line($"Namesakes {person.Namesakes}  (nothing says that they are the same; left alone)");
        return persons.Decide(person, despite) is { } refusal ? Refused.Tell(refusal) : Commands.Done;
    }

    private static void Tell(Erasure erasure)
    {
        var person = erasure.Person;
        Say.Line($"Name      {erasure.Pseudonym}");
        Say.Line($"Accounts  {string.Join(", ", person.Accounts.Select(a => a.Number))}");
        Say.Line($"Entries   {person.Entries}");
        Say.Line($"Marks     {person.Marks} removed, {person.MarksLeft} left (others live there)");
        Say.Line($"Imports   {person.ImportRows} kept rows emptied");
        Say.Line($"Texts     {erasure.Texts} rows of free text");
        Say.Line("Backups of before hold the person until their term; what was brought to be imported, for seven days.");
    }
}
