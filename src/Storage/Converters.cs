using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using Ochag.Foundation;

namespace Ochag.Storage;

internal sealed class LocalDateConverter() : ValueConverter<LocalDate, DateOnly>(
    day => new DateOnly(day.Year, day.Month, day.Day), day => new LocalDate(day.Year, day.Month, day.Day));

/// <summary>
/// SQLite keeps days as text, and its reader parses them as any text that could be a moment: that took a twelfth of a bill
/// run. The text is the same, 2026-10-31.
/// </summary>
internal sealed class LocalDateTextConverter() : ValueConverter<LocalDate, string>(day => Write(day), text => Read(text))
{
    private const int Length = 10;

    private static string Write(LocalDate day) => string.Create(Length, day, static (text, d) =>
    {
        Put(text[..4], d.Year);
        text[4] = '-';
        Put(text[5..7], d.Month);
        text[7] = '-';
        Put(text[8..], d.Day);
    });

    private static LocalDate Read(string text) => text.Length == Length
        ? new(Number(text.AsSpan(0, 4)), Number(text.AsSpan(5, 2)), Number(text.AsSpan(8, 2)))
        : throw new FormatException($"The database holds {text} for a day.");

    private static void Put(Span<char> text, int number)
    {
        for (var i = text.Length - 1; i >= 0; i--, number /= 10)
            text[i] = (char)('0' + number % 10);
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = char.IsAsciiDigit(digit) ? number * 10 + digit - '0' : throw new FormatException($"{digits} is no number of a day.");
        return number;
    }
}

internal sealed class InstantConverter() : ValueConverter<Instant, DateTime>(
    instant => instant.ToDateTimeUtc(), time => Instant.FromDateTimeUtc(DateTime.SpecifyKind(time, DateTimeKind.Utc)));

internal sealed class BillingPeriodConverter() : ValueConverter<BillingPeriod, int>(
    period => period.Number, number => BillingPeriod.FromNumber(number));

internal sealed class FixedConverter() : ValueConverter<Fixed, long>(
    value => value.Millionths, millionths => new Fixed(millionths));

internal sealed class TypedIdConverter<TId, TValue>() : ValueConverter<TId, TValue>(id => id.Value, value => From(value))
    where TId : struct, ITypedId<TId, TValue>
    where TValue : struct
{
    // Static abstract calls are not allowed in expression trees.
    private static TId From(TValue value) => TId.From(value);
}
