using System.Globalization;
using System.Text.RegularExpressions;
using Ochag.Specs.Architecture;
using Shouldly;

namespace Ochag.Specs.Tidy;

public sealed partial class WritingTests
{
    // Written in halves, or this file would be found first.
    private static readonly string[] Markers = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X", "NotImplemented" + "Exception"];

    private static readonly string[] Headings = ["Owns", "Does not own", "Asks", "Announces", "Invariants"];

    private static readonly string[] StandardTerms =
        ["account", "premises", "service point", "tariff", "norm", "reading", "appeal", "outage"];

    [Fact]
    public void No_marker_of_unfinished_work_is_left_in_the_code() =>
        Repository.Files.Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".ts" or ".css" or ".csproj" or ".props")
            .SelectMany(f => Repository.Lines(f).Select((line, i) => (Place: $"{f}:{i + 1}", line)))
            .Where(l => Markers.Any(m => Regex.IsMatch(l.line, $@"\b{m}\b", RegexOptions.None, TimeSpan.FromSeconds(1))))
            .Select(l => $"{l.Place}: {l.line.Trim()}")
            .ShouldBeEmpty();

    [Fact]
    public void Every_module_has_a_chapter_that_says_what_it_is() =>
        Product.Modules.SelectMany(m =>
        {
            var file = $"src/Modules/{m}/README.md";
            return Repository.Files.Contains(file)
                ? Headings.Where(h => !Repository.Lines(file).Contains("## " + h)).Select(h => $"{file} lacks \"## {h}\"")
                : [$"{file} is missing"];
        }).ShouldBeEmpty();

    [Fact]
    public void Decisions_are_numbered_without_a_gap()
    {
        var numbers = Repository.Files
            .Where(f => f.StartsWith("docs/adr/", StringComparison.Ordinal) && f.EndsWith(".md", StringComparison.Ordinal))
            .Select(f => int.Parse(Path.GetFileName(f)[..4], CultureInfo.InvariantCulture)).ToList();
        numbers.ShouldNotBeEmpty();
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
    }

    [Fact]
    public void No_link_between_documents_is_dead()
    {
        var documents = Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)).ToList();
        documents.ShouldNotBeEmpty();
        documents.SelectMany(f => Link().Matches(Repository.Text(f)).Select(m => (File: f, To: m.Groups["to"].Value)))
            .Where(l => !l.To.Contains("://", StringComparison.Ordinal) && !l.To.StartsWith('#')
                && !l.To.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(l => !Exists(l.File, l.To.Split('#')[0]))
            .Select(l => $"{l.File} -> {l.To}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_glossary_has_every_term_in_three_languages_and_once()
    {
        var rows = Repository.Lines("docs/glossary.md").Where(l => l.StartsWith('|')).Select(Cells)
            .Where(c => !c.All(x => x.All(ch => ch is '-' or ':'))).ToList();
        rows.Where(r => r.Length < 3 || r.Take(3).Any(c => c.Length == 0)).Select(r => string.Join(" | ", r)).ShouldBeEmpty();

        var terms = rows.Select(r => r[0].ToLowerInvariant()).Where(t => t is not "en" and not "english").ToList();
        terms.GroupBy(t => t).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
        StandardTerms.Except(terms).ShouldBeEmpty();

        static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(c => c.Trim().Trim('*', '`'))];
    }

    private static bool Exists(string from, string link)
    {
        var path = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(from) ?? "", Uri.UnescapeDataString(link)));
        return File.Exists(path) || Directory.Exists(path);
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
