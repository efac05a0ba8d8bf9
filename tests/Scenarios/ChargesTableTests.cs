using System.Globalization;
using System.Text.RegularExpressions;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The table of an account's charges by months adds up, across and down.</summary>
public sealed partial class ChargesTableTests(CityFixture city)
{
    [Fact]
    public async Task Every_month_has_its_total_and_the_months_shown_have_theirs()
    {
        using var visitor = await Visitor.SignIn(city, "engineer");
        var account = (await city.Find("комсомольская 12 7", city.North)).Accounts[0];
        var page = (await visitor.Get($"/console/accounts/{account.Id.Value}")).Page;
        var table = page[page.IndexOf("<caption class=\"visually-hidden\">Начисления по месяцам", StringComparison.Ordinal)..];
        var rows = Row().Matches(table[..table.IndexOf("</table>", StringComparison.Ordinal)])
            .Select(r => Money().Matches(r.Value).Select(m => Number(m.Groups["sum"].Value)).ToList())
            .Where(sums => sums.Count > 0).ToList();

        var (months, shown) = (rows[..^1], rows[^1]);
        months.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var sums in months)
            (sums.Count, sums[^1]).ShouldBe((shown.Count, sums.SkipLast(1).Sum()));
        for (var i = 0; i < shown.Count; i++)
            shown[i].ShouldBe(months.Sum(m => m[i]));
    }

    private static decimal Number(string text) => decimal.Parse(
        text.Replace('\u2212', '-').Replace("\u00A0", "", StringComparison.Ordinal).Replace(',', '.'), CultureInfo.InvariantCulture);

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@">(?<sum>\u2212?[0-9\u00A0]+,[0-9]{2})\u00A0₽", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Money();
}
