using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Workings;
using Shouldly;

namespace Ochag.Specs.Server;

/// <summary>Whatever a line, a working or a rule can name has words: a new value of these lists gets its own in three languages.</summary>
public sealed class WordsTests
{
    public static TheoryData<string> Languages => Reader.Languages;

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_term_of_a_line_has_words(string language) => Reader.In(language, () =>
        Keys().Where(key => Reader.Sentences[key].ResourceNotFound).ShouldBeEmpty());

    [Theory]
    [MemberData(nameof(Languages))]
    public void Components_bases_and_units_are_told_by_their_words(string language) => Reader.In(language, () =>
    {
        var told = Enum.GetValues<ComponentKind>().Select(k => Words.Component(Reader.Sentences, new(k)))
            .Concat(Enum.GetValues<Basis>().Select(b => Words.Bases(Reader.Sentences, Bases.Of(b))))
            .Concat(Enum.GetValues<Unit>().Select(u => Words.Unit(Reader.Sentences, u))).ToList();
        told.ShouldAllBe(t => t.Length > 0 && !t.Contains('.', StringComparison.Ordinal));
        told.Distinct().Count().ShouldBe(told.Count, "two terms with one name cannot be told apart");
    });

    [Fact]
    public void Every_symbol_has_a_letter_of_its_own()
    {
        var letters = Enum.GetValues<Symbol>().Select(Infix.Letter).ToList();
        letters.Where(l => l.StartsWith('x')).ShouldBeEmpty();
        letters.GroupBy(l => l).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
    }

    private static IEnumerable<string> Keys() =>
    [
        .. Enum.GetValues<ComponentKind>().Select(k => $"component.{k}"),
        .. Enum.GetValues<Basis>().SelectMany(b => new[] { $"basis.{b}", $"basis.{b}.why" }),
        .. Enum.GetValues<Formula>().Select(f => $"formula.{(int)f}"),
        .. Enum.GetValues<Symbol>().Select(s => $"symbol.{(int)s}"),
        .. Enum.GetValues<FactKind>().Select(k => $"factKind.{k}"),
        .. Enum.GetValues<ParameterTable>().Select(t => $"rules.table.{t}"),
    ];
}
