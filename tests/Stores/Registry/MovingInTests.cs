using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Registry;

/// <summary>A company brings its registers as files, is billed on them, and takes back what was wrong.</summary>
public abstract class MovingInTests(Database database) : StoreTests(database)
{
    private static readonly BillingPeriod October = new(2026, 10);

    private static readonly (string Kind, string Text)[] Registers =
    [
        ("houses", """
            код дома;адрес;год постройки;моп;система гвс
            A-1;"г. Чита, ул. Алая, д. 1";1975;310;closed.bare_risers.with_rails
            """ + "\n"),
        ("premises", """
            Адрес;Квартира;Общая площадь;Тип помещения
            Чита г, Алая ул, 1;1;54,3;жилое
            ул Алая д.1;2;41,7;жилое
            A-1;Н-1;1 120,5;нежилое
            """ + "\n"),
        ("accounts", """
            № ЛС;Дом;Улица;Кв;Собственников;Тип абонента
            0100000017;1;ул. Алая;1;2;физлицо
            0100000025;1;ул. Алая;2;1;население
            0100000033;1;Алая;Н-1;;юрлицо
            """ + "\n"),
        ("holders", """
            ЛС;ФИО;доля;телефон
            0100000017;Иванова Мария Петровна;1/2;+7 (924) 000-00-01
            0100000017;Иванов Пётр Ильич;1/2;нет
            0100000025;Ёлкина Анна;;8 924 000 00 02
            """ + "\n"),
        ("residents", """
            лицевой счет;прописано
            0100000017;3
            0100000025;0
            """ + "\n"),
        ("connections", """
            лс;услуга
            0100000017;ХВС
            0100000017;отопление
            0100000025;Холодное водоснабжение
            0100000033;отопление
            """ + "\n"),
        ("meters", """
            лс;адрес;кв;услуга;заводской номер;дата установки;поверка до
            0100000017;;;хвс;СВ-1;15.03.2022;14.03.2028
            ;A-1;2;хвс;СВ-2;2022-03-15;
            """ + "\n"),
        ("readings", """
            № ПУ;дата;показание;источник
            СВ-1;30.09.2026;100;контролёр
            СВ-1;24.10.2026;107,5;потребитель
            СВ-2;30.09.2026;50;контролер
            """ + "\n"),
        ("tariffs", """
            вид;ключ;значение;с
            тариф;cold_water;49,10;01.01.2026
            тариф;heating;2 688,34;01.01.2026
            тариф без НДС;heating;2 203,56;01.01.2026
            норматив;heating;0,0253;01.01.2026
            норматив;cold_water;4,5;01.01.2026
            отопительный период;heating;1;01.10.2026
            """ + "\n"),
        ("balances", """
            лс;услуга;сальдо
            0100000017;хвс;1 234,56
            0100000025;хвс;-10
            """ + "\n"),
        ("contracts", """
            лс;номер договора;услуга;нагрузка
            0100000033;17-Т/2026;отопление;0,034
            """ + "\n"),
    ];

    [Fact]
    public async Task A_company_moves_in_by_eleven_files_and_is_billed_and_the_same_files_again_change_nothing()
    {
        var territory = await Territory("moving");
        foreach (var (kind, text) in Registers)
        {
            var counts = (await Take(territory, kind, text)).Counts;
            counts.Refused.ShouldBe(0, $"{kind}: {string.Join("; ", await Refusals(territory, kind))}");
            counts.Unchanged.ShouldBe(0, kind);
        }

        foreach (var (kind, text) in Registers)
        {
            var counts = (await Take(territory, kind, text)).Counts;
            counts.ShouldBe(new ImportCounts(counts.Rows, 0, 0, counts.Rows, 0), kind);
        }

        await using var scope = Database.Services.CreateAsyncScope();
        var billing = scope.ServiceProvider.GetRequiredService<IBilling>();
        var registry = scope.ServiceProvider.GetRequiredService<IRegistry>();
        var run = await billing.Run(territory, October, "test", null, Stop);
        run.Refusal.ShouldBeNull();
        var account = (await registry.FindAccounts(territory.Id, ["0100000017"], Stop)).Values.Single().Id;
        var lines = await billing.ListCharges(account, Stop);
        // 7.5 m3 by the meter at 49.10; 54.3 m2 by the norm at 2688.34.
        lines.Where(l => l.Service == Service.ColdWater).Sum(l => l.Amount.Minor).ShouldBe(368_25);
        lines.Where(l => l.Service == Service.Heating).Sum(l => l.Amount.Minor).ShouldBe(3_693_21);
        (await billing.Balance(account, Currency.Rub, Stop)).Opening.Minor.ShouldBe(1_234_56);
    }

    [Fact]
    public async Task A_preview_says_what_a_file_would_do_and_does_nothing()
    {
        var territory = await Territory("preview");
        await Take(territory, "houses", Registers[0].Text);
        var before = await Counts();
        const string Titles = "Реестр помещений;;\nот 01.10.2026;;\n";
        var preview = (await Preview(territory, "premises", Titles + Registers[1].Text + "A-1;9;x;жилое\n")).Value;
        preview.HeadLine.ShouldBe(3);
        preview.Columns.Select(c => c.Column).ShouldBe(["house", "premises", "area", "kind"]);
        preview.Columns[2].Examples.ShouldBe(["54,3", "41,7", "1 120,5"]);
        preview.Counts.ShouldBe(new ImportCounts(4, 3, 0, 0, 1));
        preview.Reasons.ShouldBe(new Dictionary<string, long> { ["imports.number-wrong"] = 1 });
        (await Counts()).ShouldBe(before);
    }

    [Fact]
    public async Task A_foreign_column_is_mapped_once_and_known_the_next_time()
    {
        var territory = await Territory("mapping");
        const string Foreign = "Объект;Строение 7\nД-1;\"г. Чита, ул. Белая, д. 3\"\n";
        (await TakeOutcome(territory, "houses", Foreign)).Refusal!.Code.ShouldBe("imports.columns-missing");
        var map = new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = "Объект", ["address"] = "Строение 7" };
        (await TakeOutcome(territory, "houses", Foreign, map)).Value.Counts.Taken.ShouldBe(1);
        (await TakeOutcome(territory, "houses", Foreign)).Value.Counts.Unchanged.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_area_holds_from_its_day_and_taking_it_back_restores_the_old_one()
    {
        var territory = await Territory("area");
        await Take(territory, "houses", "id;address\nB-1;\"ул. Синяя, д. 1\"\n");
        await Take(territory, "premises", "house;premises;area\nB-1;1;50\n");
        var before = await Counts();
        var later = await Take(territory, "premises", "house;premises;area;from\nB-1;1;52;01.12.2026\n");
        (await Areas("B-1", territory)).ShouldBe([("2026-10-01", "2026-11-30", "50"), ("2026-12-01", "", "52")]);
        (await Undo(later.Id)).Value.State.ShouldBe(ImportState.Undone);
        (await Areas("B-1", territory)).ShouldBe([("2026-10-01", "", "50")]);
        (await Counts()).ShouldBe(before);
        (await Undo(later.Id)).Refusal!.Code.ShouldBe("imports.undone-already");
    }

    [Fact]
    public async Task What_others_rest_on_or_was_billed_is_not_taken_back()
    {
        var territory = await Territory("kept");
        var houses = await Take(territory, "houses", "id;address\nC-1;\"ул. Тихая, д. 1\"\n");
        await Take(territory, "premises", "house;premises;area\nC-1;1;50\n");
        (await Undo(houses.Id)).Refusal!.Code.ShouldBe("imports.built-upon");
        await Take(territory, "tariffs", Registers[8].Text);
        var accounts = await Take(territory, "accounts", "account;house;premises\n0200000013;C-1;1\n");
        await using (var scope = Database.Services.CreateAsyncScope())
            (await scope.ServiceProvider.GetRequiredService<IBilling>().Run(territory, October, "test", null, Stop)).Refusal.ShouldBeNull();
        (await Undo(accounts.Id)).Refusal!.Code.ShouldBe("billing.billed-on-import");
        (await Undo(new(999_999))).Refusal!.Code.ShouldBe("imports.unknown");
    }

    [Fact]
    public async Task Every_bad_row_is_refused_with_its_place_and_the_good_ones_are_taken()
    {
        var territory = await Territory("bad");
        await Take(territory, "houses",
            "id;address\nD-1;\"ул. Кривая, д. 1\"\nD-2;\"г. Чита, ул. Общая, д. 5\"\nD-3;\"г. Кяхта, ул. Общая, д. 5\"\n");
        var bad = await Take(territory, "premises",
            "house;premises;area;from\n1;2;3;4\nhouse;premises;area;from\nD-1;1;=1+1;\nD-1;2;50;31.02.2026\n"
            + "ул. Общая, 5;1;50;\nnowhere;1;50;\nD-1;;50;\n"
            + $"D-1;{new string('9', 400)};50;\nD-1;3;\"1,234.50\";\nD-1;3;50;\n-5;'=x;50;\nD-1;4;50\n");
        bad.Counts.ShouldBe(new ImportCounts(12, 0, 1, 0, 11));
        (await Refusals(bad.Id)).Select(r => $"{r.Line} {r.Reason.Code}").ShouldBe(
        [
            "2 imports.head-again", "3 imports.head-again", "4 imports.number-wrong", "5 imports.date-wrong", "6 registry.house-ambiguous",
            "7 registry.house-unknown", "8 imports.field-empty", "9 imports.field-too-long", "11 registry.premises-twice",
            "12 registry.house-unknown", "13 imports.row-broken",
        ]);
    }

    [Fact]
    public async Task A_number_that_the_rules_do_not_know_or_that_cannot_be_is_refused()
    {
        var territory = await Territory("numbers");
        var taken = await Take(territory, "tariffs",
            "table;key;value;from\ntariff;heatnig;2688;2026-10-01\nheating season;season;1;2026-10-01\nvat;vat;400;2026-10-01\n"
            + "tariff;electricity.energy.2;9,15;2026-10-01\ntariff;electricity.energy.1;9,15;2026-10-01\n");
        taken.Counts.ShouldBe(new ImportCounts(5, 1, 0, 0, 4));
        (await Refusals(taken.Id)).Select(r => r.Reason.Code).ShouldBe(
        [
            "billing.parameter-unknown", "billing.parameter-unknown", "billing.rule-pack-value-impossible", "billing.parameter-unknown",
        ]);
    }

    [Fact]
    public async Task A_row_of_another_territory_is_refused()
    {
        var (one, other) = (await Territory("one"), await Territory("other"));
        foreach (var (territory, id) in new[] { (one, "E-1"), (other, "E-2") })
        {
            await Take(territory, "houses", $"id;address\n{id};\"ул. Новая, д. 1\"\n");
            await Take(territory, "premises", $"house;premises;area\n{id};1;50\n");
        }

        await Take(one, "accounts", "account;house;premises\n0300000012;E-1;1\n");
        (string, string)[] registers =
            [("accounts", "account;house;premises\n0300000012;E-2;1\n"), ("residents", "account;count\n0300000012;3\n")];
        foreach (var (kind, text) in registers)
            (await Refusals((await Take(other, kind, text)).Id)).Single().Reason.Code.ShouldBe("registry.account-elsewhere");
    }

    [Fact]
    public async Task Cancelled_in_the_middle_what_was_taken_stays_goes_on_and_can_be_taken_back()
    {
        var territory = await Territory("cancel");
        var before = await Counts();
        var text = "id;address\n" + string.Concat(Enumerable.Range(1, 2500).Select(i => $"F-{i};\"ул. Длинная, д. {i}\"\n"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var cancelled = (await TakeOutcome(territory, "houses", text, progress: new Stopper(stop), cancel: stop.Token)).Value;
        (cancelled.State, cancelled.Counts.Taken).ShouldBe((ImportState.Cancelled, 1000));
        var rest = await Take(territory, "houses", text);
        rest.Counts.ShouldBe(new ImportCounts(2500, 1500, 0, 1000, 0));
        (await Undo(rest.Id)).IsRefused.ShouldBeFalse();
        (await Undo(cancelled.Id)).IsRefused.ShouldBeFalse();
        (await Counts()).ShouldBe(before);
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => stop.Cancel();
    }

    private async Task<TerritoryRecord> Territory(string code)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().AddTerritory(
            new(code, code, "Asia/Chita", "ru-354", Currency.Rub, October, "—"), Stop)).Value;
    }

    private async Task<ImportRecord> Take(TerritoryRecord territory, string kind, string text) =>
        (await TakeOutcome(territory, kind, text)).Value;

    private Task<Outcome<ImportRecord>> TakeOutcome(
        TerritoryRecord territory, string kind, string text, Dictionary<string, string>? map = null,
        IProgress<ImportProgress>? progress = null, CancellationToken? cancel = null) =>
        WithFile(territory, kind, text, map, (imports, request) => imports.Take(request, progress, cancel ?? Stop));

    private Task<Outcome<ImportPreview>> Preview(TerritoryRecord territory, string kind, string text) =>
        WithFile(territory, kind, text, null, (imports, request) => imports.Preview(request, null, Stop));

    private async Task<T> WithFile<T>(
        TerritoryRecord territory, string kind, string text, Dictionary<string, string>? map, Func<IImports, ImportRequest, Task<T>> act)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text, Stop);
            return await act(
                scope.ServiceProvider.GetRequiredService<IImports>(), new(territory, kind, file, $"{kind}.csv", "test", map));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<Outcome<ImportRecord>> Undo(ImportId import)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IImports>().Undo(import, "test", Stop);
    }

    private async Task<IReadOnlyList<ImportRemark>> Refusals(ImportId import)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IImports>().ListRemarks(import, RowFate.Refused, 0, 100, Stop);
    }

    private async Task<IEnumerable<string>> Refusals(TerritoryRecord territory, string kind)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var last = (await scope.ServiceProvider.GetRequiredService<IImports>().List([territory.Id], 100, Stop)).First(i => i.Kind == kind);
        return (await Refusals(last.Id)).Select(r => $"{r.Line} {r.Reason}");
    }

    private async Task<IReadOnlyList<(string, string, string)>> Areas(string house, TerritoryRecord territory)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var found = (await services.GetRequiredService<IRegistryDesk>().FindByExternalIds([house], [territory.Id], Stop)).Single().Building;
        var building = (await services.GetRequiredService<IRegistry>().ReadBuildings([found], Stop)).Single();
        return [.. building.Premises.Single().Passports.Select(p => ($"{p.From:uuuu-MM-dd}", $"{p.To:uuuu-MM-dd}", $"{p.Area}"))];
    }

    /// <summary>Rows of every table but those that tell of the imports themselves, and the counters.</summary>
    private async Task<Dictionary<string, long>> Counts()
    {
        await using var db = Database.Open();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct(StringComparer.Ordinal))
        {
            if (table.StartsWith("registry_import", StringComparison.Ordinal) || table == "storage_sequence")
                continue;
#pragma warning disable EF1002 // the names of tables are those of the model
            counts[table] = (await db.Database.SqlQueryRaw<long>($"SELECT count(*) AS \"Value\" FROM {table}").ToListAsync(Stop)).Single();
#pragma warning restore EF1002
        }

        return counts;
    }
}

public sealed class MovingInTests_on_Sqlite(SqliteDatabase database) : MovingInTests(database), IClassFixture<SqliteDatabase>;

public sealed class MovingInTests_on_Postgres(PostgresDatabase database) : MovingInTests(database), IClassFixture<PostgresDatabase>;
