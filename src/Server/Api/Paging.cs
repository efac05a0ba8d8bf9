using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Api;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed record PageOf<T>(
    [property: Description("What is on this page, in the order of ids.")] IReadOnlyList<T> Items,
    [property: Description("Send it back as `after` for the next page; null: this page is the last.")] string? Next);

/// <summary>What a caller says of the page that he wants.</summary>
internal sealed record Paging(
    [property: FromQuery(Name = "limit"), Description("Most items on the page, 1 to 500; 100 without it.")] int? Limit,
    [property: FromQuery(Name = "after"), Description("`next` of the page before. Not to be made or taken apart.")] string? After)
{
    private const int Most = 500;
    private const int Usual = 100;

    /// <summary>
    /// Where the page begins and how long it may be. A cursor is the last id of the page before with the name of its list:
    /// what is added meanwhile comes later and moves nothing. Refused with <c>api.limit-wrong</c> or <c>api.cursor-wrong</c>.
    /// </summary>
    public Outcome<(long After, int Limit)> Read(string list)
    {
        if (Limit is < 1 or > Most)
            return new Refusal("api.limit-wrong", ("most", $"{Most}"));
        if (After is null)
            return (0, Limit ?? Usual);
        return Open(list, After) is { } last ? (last, Limit ?? Usual) : new Refusal("api.cursor-wrong");
    }

    public static PageOf<TShown> Answer<T, TShown>(string list, Slice<T> slice, Func<T, TShown> show, Func<T, long> id) =>
        new([.. slice.Items.Select(show)], slice.GoesOn ? Close(list, id(slice.Items[^1])) : null);

    private static string Close(string list, long last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{list}:{last}")));

    private static long? Open(string list, string cursor)
    {
        if (cursor.Length > 100 || !Base64Url.IsValid(cursor))
            return null;
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return text.StartsWith(list + ":", StringComparison.Ordinal)
            && long.TryParse(text[(list.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && Close(list, last) == cursor ? last : null;
    }
}
