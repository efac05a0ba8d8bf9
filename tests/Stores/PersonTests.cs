using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Privacy;
using Ochag.Stores.Billing;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>What is kept of a person, and his erasing: nothing of him stays anywhere, and every sum does.</summary>
public abstract class PersonTests(Database database) : StoreTests(database)
{
    private const string Name = "Загогулькина Пелагея Фроловна";
    private const string Phone = "+79249990701";
    private const string Email = "pelageya.zagogulkina@example.org";
    private const string TaxNumber = "500100732259";
    private static readonly string[] Traces = ["Загогулькин", "ЗАГОГУЛЬКИН", "загогулькин", "9249990701", "pelageya", TaxNumber];

    [Fact]
    public async Task An_erased_person_is_nowhere_in_the_database_and_all_the_rest_is_as_it_was()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var holder = await Plant(house);
        (await Texts()).ShouldContain(t => t.Contains("Загогулькин", StringComparison.Ordinal));
        var before = await Rest();
        (await house.Ask<IRegistryDesk, DeskFindings>(d => d.Search("загогулькина", [house.Territory.Id], 5, Stop))).Accounts
            .ShouldHaveSingleItem();

        var erased = await Erase(house, holder, despite: true);
        erased.Refusal.ShouldBeNull();
        erased.Value.Pseudonym.ShouldBe("Удалено по обращению № 17/2026");
        (erased.Value.Person.Marks, erased.Value.Person.ImportRows).ShouldBe(
            (0, 2), "another still holds the account: the mark may be his");
        erased.Value.Texts.ShouldBe(1);

        foreach (var trace in Traces)
            (await Texts()).ShouldNotContain(t => t.Contains(trace, StringComparison.Ordinal), trace);
        await Grep();
        (await Rest()).ShouldBe(before);
        foreach (var question in new[] { "загогулькина", "9249990701" })
        {
            (await house.Ask<IRegistryDesk, DeskFindings>(d => d.Search(question, [house.Territory.Id], 5, Stop))).Accounts
                .ShouldBeEmpty(question);
        }

        (await house.Ask<AuditBook, IReadOnlyList<AuditLine>>(
            a => a.Read("", house.Territory.Code, AuditActions.PersonErased, null, null, Stop))).ShouldHaveSingleItem().Object.ShouldBe($"{house.Territory.Code} holder {holder.Value}, appeal 17/2026, despite open account");
        (await Erase(house, holder, despite: true)).Refusal!.Code.ShouldBe("registry.person-erased");
    }

    [Fact]
    public async Task A_person_with_an_open_account_is_kept_and_an_appeal_is_no_name()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var holder = await Plant(house);
        (await Erase(house, holder, despite: false)).Refusal!.ToString()
            .ShouldBe($"registry.person-holds-open-account (account: {house.Territory.Code})");
        (await Erase(house, holder, despite: true, "Загогулькина 17")).Refusal!.Code.ShouldBe("persons.appeal-wrong");
        (await Erase(house, new(999_999), despite: true)).Refusal!.Code.ShouldBe("registry.person-unknown");
        (await Texts()).ShouldContain(Name);
        await Erase(house, holder, despite: true);
    }

    [Fact]
    public async Task Whoever_may_not_look_at_all_of_a_persons_accounts_is_not_told_the_half()
    {
        var (one, other) = (await DeskHouse.Make(Database, Stop), await DeskHouse.Make(Database, Stop));
        var (holder, _) = (await Plant(one), await Plant(other));
        var whole = (await one.Ask<IPersons, Outcome<PersonRecord>>(
            p => p.Find(holder, [one.Territory.Id, other.Territory.Id], Stop))).Value;
        whole.Accounts.Select(a => a.Number).ShouldBe([one.Territory.Code, other.Territory.Code], ignoreOrder: true);
        whole.Entries.Count.ShouldBe(2, "two entries of one name and one telephone are one person");
        (await one.Ask<IPersons, Outcome<PersonRecord>>(p => p.Find(holder, [one.Territory.Id], Stop))).Refusal!.Code
            .ShouldBe("registry.person-elsewhere");
        (await one.Ask<IPersons, Outcome<PersonRecord>>(p => p.Find(holder, [], Stop))).Refusal!.Code.ShouldBe("registry.person-unknown");
        await Erase(one, holder, despite: true);
    }

    [Fact]
    public async Task The_dossier_of_a_person_holds_what_is_kept_and_reads_as_a_page()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var holder = await Plant(house);
        await house.Ask<AuditBook, bool>(async a =>
        {
            await a.Write(AuditActions.AccountRead, house.Territory.Code, house.Territory.Id.Value, "operator-nine");
            return true;
        });
        await using var scope = Database.Services.CreateAsyncScope();
        var person = (await scope.ServiceProvider.GetRequiredService<IPersons>().Find(holder, [house.Territory.Id], Stop)).Value;
        var dossier = await ActivatorUtilities.CreateInstance<DossierMaker>(scope.ServiceProvider).Make(person, null, Stop);
        var account = dossier.Accounts.ShouldHaveSingleItem();
        account.Shares.ShouldHaveSingleItem().Share.ShouldBe("1/2");
        account.Residents.ShouldNotBeEmpty();
        account.Marks!.ShouldHaveSingleItem().Reason.ShouldBe("Dialysis");
        account.Readings.ShouldHaveSingleItem().Index.ShouldBe("130");
        account.Journal.ShouldContain(l => l.Who == "operator-nine" && l.Action == AuditActions.AccountRead);

        var texts = new StringLocalizer<Server.Texts>(Localizers());
        Encoding.UTF8.GetString(DossierFile.Write(dossier, DossierFile.Json, texts)).ShouldContain(Email);
        var page = Encoding.UTF8.GetString(DossierFile.Write(dossier, DossierFile.Html, texts));
        page.ShouldContain(Name);
        page.ShouldContain("Переданные показания");
        (await ActivatorUtilities.CreateInstance<DossierMaker>(scope.ServiceProvider).Make(person, new HashSet<long>(), Stop))
            .Accounts[0].Marks.ShouldBeNull("who has no right to marks sees none here either");
        await Erase(house, holder, despite: true);
    }

    /// <summary>A second holder of the house's account, an evidence, a doubtful and a refused row that name her, a mark.</summary>
    private static async Task<HolderId> Plant(DeskHouse house)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file,
                "account;name;share;phone;email;tax_number;from\n"
                    + $"{house.Territory.Code};{Name};1/2;{Phone};{Email};{TaxNumber};2027-01-01\n"
                    + $"no-such-account;{Name.ToUpperInvariant()};1;{Phone};{Email};{TaxNumber};2027-01-01\n",
                Stop);
            (await house.Ask<IImports, Outcome<ImportRecord>>(
                i => i.Take(new(house.Territory, "holders", file, "holders.csv", "test"), null, Stop))).Value.Counts
                .ShouldSatisfyAllConditions(c => c.Doubtful.ShouldBe(1), c => c.Refused.ShouldBe(1));
        }
        finally
        {
            File.Delete(file);
        }

        var version = (await house.Edit(e => e.ReadMarks(house.Account, Stop))).Version;
        (await house.Edit(e => e.Mark(
            house.Territory, new(house.Account, MarkReason.Dialysis, new(new(2027, 7, 1), null, "справка", version)), "carer", Stop)))
            .ShouldBeEmpty();
        version = (await house.Edit(e => e.ReadResidents(house.Account, Stop))).Version;
        (await house.Edit(e => e.Move(
            house.Territory,
            new(
                house.Account, true, new(1, true),
                new(new(2027, 7, 10), new(2027, 7, 12), "заявление Загогулькина П.Ф. от 1 июля", version)),
            "engineer", Stop))).ShouldBeEmpty();
        return (await house.Ask<IPersons, IReadOnlyList<PersonEntry>>(
            p => p.HoldersOf(house.Territory.Code, [house.Territory.Id], Stop))).Single(h => h.Name == Name).Id;
    }

    private async Task<Outcome<Erasure>> Erase(DeskHouse house, HolderId holder, bool despite, string appeal = "17/2026")
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var everywhere = (await scope.ServiceProvider.GetRequiredService<IRegistry>().ListTerritories(Stop)).Select(t => t.Id).ToList();
        return await ActivatorUtilities.CreateInstance<PersonDesk>(scope.ServiceProvider, (object)Localizers())
            .Erase(new(holder, appeal, despite), everywhere, $"officer of {house.Territory.Code}", Stop);
    }

    private static ResourceManagerStringLocalizerFactory Localizers() =>
        new(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);

    /// <summary>Every text of every table.</summary>
    private async Task<List<string>> Texts() => [.. (await Columns(text: true)).SelectMany(c => c.Value)];

    /// <summary>Everything that is no text, but for what erasing says of itself.</summary>
    private async Task<List<string>> Rest() =>
        [
            .. (await Columns(text: false))
                .Where(c => !c.Key.EndsWith("erased_at", StringComparison.Ordinal)
                    && !c.Key.StartsWith("staff_audit", StringComparison.Ordinal)
                    && !c.Key.StartsWith("storage_sequence", StringComparison.Ordinal))
                .Select(c => $"{c.Key}: {string.Join(' ', c.Value)}"),
        ];

    private async Task<Dictionary<string, List<string>>> Columns(bool text)
    {
        await using var db = Database.Open();
        var columns = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync(Stop);
        foreach (var (table, column) in DataClassTests.ColumnsOf(db, isText => isText == text))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // names of the model
            command.CommandText = $"SELECT \"{column}\" FROM \"{table}\" ORDER BY 1";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(Stop);
            var values = columns[$"{table}.{column}"] = [];
            while (await reader.ReadAsync(Stop))
            {
                values.Add(reader.GetValue(0) is byte[] bytes
                    ? Encoding.UTF8.GetString(bytes)
                    : Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
            }
        }

        return columns;
    }

    /// <summary>The database's own file, free pages and log of changes included.</summary>
    protected virtual Task Grep() => Task.CompletedTask;

    protected static IEnumerable<string> TracesIn(byte[] file) => Traces.Where(t => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(t)) >= 0);
}

public sealed class PersonTests_on_Sqlite(SqliteDatabase database) : PersonTests(database), IClassFixture<SqliteDatabase>
{
    protected override async Task Grep()
    {
        var path = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(Database.Location.ConnectionString).DataSource;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var whole = new MemoryStream();
            await stream.CopyToAsync(whole, Stop);
            TracesIn(whole.ToArray()).ShouldBeEmpty(file);
        }
    }
}

public sealed class PersonTests_on_Postgres(PostgresDatabase database) : PersonTests(database), IClassFixture<PostgresDatabase>;
