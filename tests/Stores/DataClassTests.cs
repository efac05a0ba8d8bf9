using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NodaTime;
using Ochag.Server.Privacy;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>The table of what is kept of people, beside the model of the database.</summary>
public sealed class DataClassTests
{
    [Fact]
    public void Every_text_of_the_database_stands_in_the_table_of_personal_data_or_is_said_to_be_open()
    {
        using var db = Database.Open(new(Store.Sqlite, "Data Source=:memory:"));
        var told = DataClasses.All.Select(c => (c.Table, c.Column)).ToList();
        ColumnsOf(db, isText => isText).Except(told).ShouldBeEmpty("give each a line in src/Server/Privacy/personal-data.csv");
        told.Except(ColumnsOf(db, _ => true)).ShouldBeEmpty("columns that are no more");
        told.Count.ShouldBe(told.Distinct().Count(), "twice in the table");
    }

    [Fact]
    public void What_is_kept_of_people_says_whose_it_is_why_how_long_and_by_which_law()
    {
        foreach (var column in DataClasses.OfPeople)
            new[] { column.Of, column.Purpose, column.Term, column.Law }.ShouldNotContain("", $"{column.Table}.{column.Column}");
        foreach (var column in DataClasses.All.Where(c => c.Class == DataClass.Open))
            (column.Of + column.Purpose + column.Term + column.Law).ShouldBe("", $"{column.Table}.{column.Column}");
        DataClasses.All.Where(c => c.Free && c.Class == DataClass.Open).ShouldBeEmpty("what people write in their own words is never open");
    }

    [Fact]
    public void What_a_fact_rests_on_is_a_free_text_in_every_table()
    {
        using var db = Database.Open(new(Store.Sqlite, "Data Source=:memory:"));
        var evidence = ColumnsOf(db, isText => isText).Where(c => c.Column == "recorded_evidence").ToList();
        evidence.Count.ShouldBeGreaterThan(10);
        evidence.ShouldAllBe(e => DataClasses.All.Any(c => c.Free && c.Table == e.Table && c.Column == e.Column));
    }

    /// <summary>Columns as the database names them; texts are strings and bytes.</summary>
    internal static IEnumerable<(string Table, string Column)> ColumnsOf(OchagDb db, Predicate<bool> isText) =>
        from entity in db.Model.GetEntityTypes()
        let table = entity.GetTableName()
        where table is not null
        from property in entity.GetProperties().Concat(entity.GetComplexProperties().SelectMany(c => c.ComplexType.GetProperties()))
        let type = Stored(property)
        where isText(type == typeof(string) || type == typeof(byte[]))
        select (table, property.GetColumnName());

    /// <summary>An enum that is kept by name is the program's own word; a day is a day, though SQLite writes it out.</summary>
    private static Type Stored(IReadOnlyProperty property) =>
        property.ClrType == typeof(LocalDate) || property.ClrType == typeof(LocalDate?) ? typeof(LocalDate)
            : property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
}
