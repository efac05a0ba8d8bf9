using System.Globalization;
using System.Text.Json;
using Shouldly;

namespace Ochag.Specs.Tidy;

/// <summary>What the README says of the rules is counted, not remembered.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_table_of_rules_counts_the_golden_cases_that_there_are()
    {
        var kinds = Files().SelectMany(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement.EnumerateArray())
            .CountBy(c => c.GetProperty("kind").GetString()!).ToDictionary(StringComparer.Ordinal);
        var rows = Section().Where(l => l.StartsWith('|')).Skip(2)
            .Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        rows.Count.ShouldBeGreaterThan(10);
        foreach (var row in rows)
            int.Parse(row[3], CultureInfo.InvariantCulture).ShouldBe(row[2].Split(", ").Sum(kind => kinds[kind]), row[0]);
    }

    [Fact]
    public void The_worked_buildings_are_as_many_as_it_says()
    {
        var (given, own) = (Count(""), Count("own"));
        string.Join(' ', Section()).ShouldContain($"so {given} whole buildings reckoned by an independent program and [{own} of our own]");

        static int Count(string folder) =>
            Directory.GetFiles(Path.Combine(Repository.Root, "tests", "worked-bills", folder), "*.json").Length;
    }

    private static IEnumerable<string> Section() => File.ReadLines(Path.Combine(Repository.Root, "README.md"))
        .SkipWhile(l => l != "## Which rules are in").Skip(1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal));

    private static IEnumerable<string> Files() =>
    [
        Path.Combine(Repository.Root, "tests", "golden-cases.json"),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "rulepacks"), "golden-cases.json", SearchOption.AllDirectories),
    ];
}
