using NodaTime;
using Ochag.Foundation;
using Ochag.Server.Console;
using Ochag.Server.Console.Parts;
using Shouldly;

namespace Ochag.Specs.Server;

public sealed class FormatsTests
{
    [Theory]
    [InlineData("ru", 470656, "4 706,56 ₽")]
    [InlineData("uk", -5, "−0,05 ₽")]
    [InlineData("en", 123456789, "1,234,567.89 ₽")]
    public void Money_is_written_as_people_read_it(string language, long minor, string text) =>
        Reader.In(language, () => Formats.Of(new Money(minor, Currency.Rub))).ShouldBe(text.Replace(' ', '\u00A0'));

    [Theory]
    [InlineData("ru", "21 ноября 2026, 18:40")]
    [InlineData("uk", "21 листопада 2026, 18:40")]
    [InlineData("en", "21 November 2026, 18:40")]
    public void A_moment_is_told_in_its_zone(string language, string text) =>
        Reader.In(language, () => Formats.Of(Instant.FromUtc(2026, 11, 21, 9, 40), DateTimeZoneProviders.Tzdb["Asia/Chita"]))
            .Replace('\u00A0', ' ').ShouldBe(text);

    [Fact]
    public void A_chart_s_columns_stay_on_the_sheet()
    {
        ChartPoint[] points = [new("a", "a", 2807.44m), new("b", "b", 0), new("c", "c", -400m)];
        foreach (var width in BarDrawing.Widths)
        {
            var drawing = BarDrawing.Of(points, width);
            drawing.Bars.ShouldAllBe(b => b.X >= drawing.Left && b.X + b.W <= drawing.W && b.Y >= 0 && b.Y + b.H <= drawing.H);
            drawing.Bars[1].H.ShouldBe(0);
        }
    }
}
