using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Ochag.Server.Console.Parts;

/// <summary>One column of a chart: its label, a short form of it for the axis, its value.</summary>
public sealed record ChartPoint(string Label, string Short, decimal Value);

/// <summary>Where the columns, the grid and the labels of a chart stand; whole pixels, so that lines are sharp.</summary>
internal sealed record BarDrawing(
    string Class, int W, int H, int Left, int Zero, IReadOnlyList<BarDrawing.Tick> Ticks, IReadOnlyList<BarDrawing.Bar> Bars)
{
    private const int Top = 12;
    private const int Bottom = 24;

    /// <summary>Three sizes for three rooms: type keeps about the same size on a phone, in half a page, in a whole one.</summary>
    public static readonly IReadOnlyList<Width> Widths =
        [new("wide", 880, 260, 48), new("middle", 520, 240, 48), new("narrow", 320, 220, 48)];

    internal sealed record Width(string Class, int W, int H, int LabelRoom);

    internal sealed record Tick(int Y, string Label);

    internal sealed record Bar(int X, int Y, int W, int H, int Middle, string? Label);

    public static BarDrawing Of(IReadOnlyList<ChartPoint> points, Width width)
    {
        var most = Math.Max(0, points.Count == 0 ? 0 : points.Max(p => p.Value));
        var least = Math.Min(0, points.Count == 0 ? 0 : points.Min(p => p.Value));
        var step = Step(most - least);
        var top = Math.Ceiling(most / step) * step;
        var bottom = Math.Floor(least / step) * step;
        if (top == bottom)
            top = step;

        int Y(decimal value) => Top + (int)decimal.Round(
            (top - value) / (top - bottom) * (width.H - Top - Bottom), MidpointRounding.AwayFromZero);

        var ticks = new List<Tick>();
        for (var value = bottom; value <= top; value += step)
            ticks.Add(new Tick(Y(value), Formats.Quantity(value)));

        // Room for the longest figure of the axis, at about seven pixels a sign.
        var left = 16 + (7 * ticks.Max(t => t.Label.Length));
        var pitch = (width.W - left) / (decimal)Math.Max(1, points.Count);
        var every = Math.Max(1, (int)Math.Ceiling(width.LabelRoom / pitch));
        var bars = points.Select((point, i) =>
        {
            var x = left + (int)((i + 0.15m) * pitch);
            var w = Math.Max(2, (int)(pitch * 0.7m));
            var y = Y(Math.Max(0, point.Value));
            return new Bar(x, y, w, Y(Math.Min(0, point.Value)) - y, x + (w / 2), i % every == 0 ? point.Short : null);
        });
        return new BarDrawing(width.Class, width.W, width.H, left, Y(0), ticks, [.. bars]);
    }

    /// <summary>1, 2 or 5 times a power of ten: four lines or so.</summary>
    private static decimal Step(decimal span)
    {
        if (span <= 0)
            return 1;
        var unit = 1m;
        while (unit * 10 <= span)
            unit *= 10;
        while (unit > span)
            unit /= 10;
        return (span / unit) switch
        {
            <= 2 => unit / 2,
            <= 5 => unit,
            _ => unit * 2,
        };
    }
}

/// <summary>
/// The one piece of markup made by hand: Razor keeps the word "text" for itself and cannot write SVG's element. The
/// content is encoded here.
/// </summary>
internal static class SvgText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(int x, int y, string anchor, string content) => string.Create(
        CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{Encoder.Encode(content)}</text>");
}
