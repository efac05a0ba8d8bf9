using System.Globalization;
using System.Resources;
using Ochag.Server;
using Shouldly;

namespace Ochag.Specs.Server;

public sealed class TextsTests
{
    [Theory]
    [InlineData("uk")]
    [InlineData("en")]
    public void The_three_languages_hold_the_same_texts_with_the_same_places(string language)
    {
        var russian = Read(CultureInfo.InvariantCulture);
        var other = Read(CultureInfo.GetCultureInfo(language));
        other.Keys.Order(StringComparer.Ordinal).ShouldBe(russian.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in russian)
        {
            text.ShouldNotBeNullOrWhiteSpace();
            text.Contains("{0}", StringComparison.Ordinal).ShouldBe(other[key].Contains("{0}", StringComparison.Ordinal), key);
        }
    }

    private static Dictionary<string, string> Read(CultureInfo culture) =>
        new ResourceManager(typeof(Texts)).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
}
