using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;

namespace Ochag.Specs.Server;

/// <summary>A refusal that the product can give has a sentence in every language, with the same facts.</summary>
public sealed partial class RefusalTextsTests
{
    [Theory]
    [InlineData("src/Server/Texts.resx")]
    [InlineData("src/Server/Texts.uk.resx")]
    [InlineData("src/Server/Texts.en.resx")]
    public void Every_code_that_the_source_gives_has_a_sentence(string texts)
    {
        var sentences = XDocument.Parse(Repository.Text(texts)).Descendants("data").Select(d => d.Attribute("name")!.Value)
            .Where(k => k.StartsWith("refusal.", StringComparison.Ordinal)).Select(k => k["refusal.".Length..]).ToHashSet();
        Codes().Except(sentences).ShouldBeEmpty();
        Codes().Count.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Theory]
    [InlineData("src/Server/Texts.uk.resx")]
    [InlineData("src/Server/Texts.en.resx")]
    public void The_languages_name_the_same_facts(string texts)
    {
        var russian = Facts("src/Server/Texts.resx");
        foreach (var (key, facts) in Facts(texts))
            facts.ShouldBe(russian[key], ignoreOrder: true, key);
    }

    /// <summary>Codes as they are made, and constants that hold one; remarks on rows of a register are not refusals.</summary>
    private static List<string> Codes() =>
    [
        .. Repository.CSharp("src").SelectMany(f => Made().Matches(Repository.Text(f)).Select(m => m.Groups["code"].Value))
            .Distinct(StringComparer.Ordinal),
    ];

    private static Dictionary<string, List<string>> Facts(string texts) => XDocument.Parse(Repository.Text(texts)).Descendants("data")
        .Where(d => d.Attribute("name")!.Value.StartsWith("refusal.", StringComparison.Ordinal))
        .ToDictionary(
            d => d.Attribute("name")!.Value,
            d => Fact().Matches(d.Value).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToList(),
            StringComparer.Ordinal);

    [GeneratedRegex(
        "(?:Refusal\\(|new\\(|const string \\w+ = )\\s*\"(?<code>(?:registry|billing|metering|storage|server|calendar|api|tables)\\.[a-z-]+)\"",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();

    [GeneratedRegex("\\{[a-z ]+\\}", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Fact();
}
