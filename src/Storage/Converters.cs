using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using Ochag.Foundation;

namespace Ochag.Storage;

internal sealed class LocalDateConverter() : ValueConverter<LocalDate, DateOnly>(
    day => new DateOnly(day.Year, day.Month, day.Day), day => new LocalDate(day.Year, day.Month, day.Day));

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
