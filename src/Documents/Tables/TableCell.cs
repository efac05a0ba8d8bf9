using System.Globalization;
using Ochag.Foundation;

namespace Ochag.Documents.Tables;

/// <summary>A cell of a table that is written: a text, or a number of our own making, which alone may begin with a minus.</summary>
public readonly record struct TableCell
{
    private TableCell(string text, bool isNumber)
    {
        Text = text;
        IsNumber = isNumber;
    }

    public string Text { get; }
    public bool IsNumber { get; }

    public static implicit operator TableCell(string text) => new(text, false);

    /// <summary>A decimal that is stored with six places, or a count.</summary>
    public static TableCell Number(Fixed value) => new(value.ToString(), true);

    public static TableCell Number(long count) => new(count.ToString(CultureInfo.InvariantCulture), true);

    /// <summary>A sum of minor units as a number with two digits after the point.</summary>
    public static TableCell Sum(long minor)
    {
        var size = Math.Abs((decimal)minor);
        return new($"{(minor < 0 ? "-" : "")}{(size / 100).ToString("0.00", CultureInfo.InvariantCulture)}", true);
    }
}
