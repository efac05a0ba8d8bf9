using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>Days by intervals come as a register does: once, corrected by a later row, checked against the readings.</summary>
public abstract class IntervalTests(Database database) : StoreTests(database)
{
    private static readonly string Usual = string.Join(' ', Enumerable.Range(0, 24).Select(i => $"1.{i:00}"));

    [Fact]
    public async Task Days_are_taken_once_corrected_by_a_later_row_and_every_bad_row_says_why()
    {
        var (territory, meter) = await Meter("days");
        var bad = await Take(territory, "serial;date;minutes;uses\n"
            + $"E-days;05.10.2026;60;{Usual}\nE-days;06.10.2026;60;{Usual.Replace("1.03", "-", StringComparison.Ordinal)}\n"
            + $"E-days;07.10.2026;45;{Usual}\nE-days;08.10.2026;60;1 2 3\nE-days;31.12.2027;60;{Usual}\nE-x;05.10.2026;60;{Usual}\n"
            + $"E-days;09.10.2026;60;{Usual.Replace("1.03", "x", StringComparison.Ordinal)}\n");
        bad.Counts.ShouldBe(new ImportCounts(7, 1, 1, 0, 5));
        (await Reasons(bad.Id)).ShouldBe(
        [
            "metering.interval-gap", "metering.interval-length", "metering.interval-count", "metering.reading-of-the-future",
            "metering.meter-unknown", "imports.number-wrong",
        ], ignoreOrder: true);
        (await Take(territory, $"serial;date;uses\nE-days;05.10.2026;{Usual}\n")).Counts.Unchanged.ShouldBe(1);

        (await Take(territory, $"serial;date;uses\nE-days;06.10.2026;{Usual}\n")).Counts.Taken.ShouldBe(1, "the gap is mended");
        var days = await Latest(meter);
        days.Select(d => (d.Day, d.Missing)).ShouldBe([(new LocalDate(2026, 10, 6), 0), (new LocalDate(2026, 10, 5), 0)]);
        days[0].Sum.ShouldBe(Fixed.Parse("26.76"));
    }

    [Fact]
    public async Task Whole_days_between_two_readings_must_come_to_them_and_an_import_can_be_taken_back()
    {
        var (territory, meter) = await Meter("sums");
        await Take(territory, "readings", "serial;date;value\nE-sums;30.09.2026;100\nE-sums;02.10.2026;160\n");
        var wrong = await Take(territory, $"serial;date;uses\nE-sums;01.10.2026;{Usual}\nE-sums;02.10.2026;{Usual}\n");
        (await Reasons(wrong.Id)).ShouldBe(["metering.interval-sum"], "53.52 is not 60");
        await using (var scope = Database.Services.CreateAsyncScope())
            (await scope.ServiceProvider.GetRequiredService<IImports>().Undo(wrong.Id, "test", Stop)).Refusal.ShouldBeNull();
        (await Latest(meter)).ShouldBeEmpty();
        var right = Usual.Replace("1.00", "4.24", StringComparison.Ordinal);
        var taken = await Take(territory, $"serial;date;uses\nE-sums;01.10.2026;{right}\nE-sums;02.10.2026;{right}\n");
        (await Reasons(taken.Id)).ShouldBeEmpty();
    }

    private async Task<(TerritoryRecord Territory, MeterId Meter)> Meter(string code)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().AddTerritory(
            new(code, "Город", "Asia/Chita", "ru-354", Currency.Rub, new(2026, 9), "—"), Stop)).Value;
        await Take(territory, "houses", $"id;address\nH-{code};\"ул. {code}, д. 1\"\n");
        await Take(territory, "premises", $"house;premises;area\nH-{code};1;50\n");
        await Take(territory, "meters", $"адрес;кв;услуга;заводской номер;дата установки\nH-{code};1;электроэнергия;E-{code};15.03.2022\n");
        var meters = await scope.ServiceProvider.GetRequiredService<IRegistry>().FindMeters(territory.Id, [$"E-{code}"], Stop);
        return (territory, meters[$"E-{code}"].Single().Id);
    }

    private Task<ImportRecord> Take(TerritoryRecord territory, string text) => Take(territory, "intervals", text);

    private async Task<ImportRecord> Take(TerritoryRecord territory, string kind, string text)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text, Stop);
        await using var scope = Database.Services.CreateAsyncScope();
        var taken = await scope.ServiceProvider.GetRequiredService<IImports>().Take(new(territory, kind, file, kind, "test"), null, Stop);
        File.Delete(file);
        return taken.Value;
    }

    private async Task<IReadOnlyList<string>> Reasons(ImportId import)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var imports = scope.ServiceProvider.GetRequiredService<IImports>();
        return
        [
            .. (await imports.ListRemarks(import, RowFate.Refused, 0, 100, Stop)).Select(r => r.Reason.Code),
            .. (await imports.ListRemarks(import, RowFate.Doubtful, 0, 100, Stop)).Select(r => r.Reason.Code),
        ];
    }

    private async Task<IReadOnlyList<IntervalDay>> Latest(MeterId meter)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IIntervals>().Latest(meter, 31, Stop);
    }
}

public sealed class IntervalTests_on_Sqlite(SqliteDatabase database) : IntervalTests(database), IClassFixture<SqliteDatabase>;

public sealed class IntervalTests_on_Postgres(PostgresDatabase database) : IntervalTests(database), IClassFixture<PostgresDatabase>;
