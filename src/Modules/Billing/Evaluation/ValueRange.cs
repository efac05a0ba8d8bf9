using Ochag.Foundation;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// What a number of the rules can be at all. Wide enough for any law that could be written, narrow enough that a point, a
/// zero or a sign too many is not billed to a city.
/// </summary>
internal sealed record ValueRange(Fixed Least, Fixed Most, bool IsWhole)
{
    public static readonly ValueRange YesOrNo = Whole(0, 1);
    public static readonly ValueRange Days = Whole(1, 366);
    public static readonly ValueRange DayOfMonth = Whole(1, 31);
    public static readonly ValueRange Months = Whole(1, 36);
    public static readonly ValueRange MonthOfYear = Whole(1, 12);

    /// <summary>Periods for which something goes on: none, or for ever, are choices too.</summary>
    public static readonly ValueRange Periods = Whole(0, 9999);

    /// <summary>Hours of a break or a deviation, of a month at most.</summary>
    public static readonly ValueRange Hours = Of("0", "744");

    public static readonly ValueRange Percent = Of("0", "100");
    public static readonly ValueRange Share = Of("0", "1");
    public static readonly ValueRange Volume = Of("0", "100000");

    public static ValueRange Whole(int least, int most) => new(Fixed.Of(least), Fixed.Of(most), IsWhole: true);

    public static ValueRange Of(string least, string most) => new(Fixed.Parse(least), Fixed.Parse(most), IsWhole: false);

    /// <summary>Null: the value can be.</summary>
    public Refusal? Refuse(string key, Fixed value) =>
        value < Least || value > Most
            ? new("billing.rule-pack-value-impossible", ("key", key), ("value", $"{value}"), ("least", $"{Least}"), ("most", $"{Most}"))
            : IsWhole && value != Fixed.Of(value.Millionths / Fixed.Of(1).Millionths)
                ? new("billing.rule-pack-value-not-whole", ("key", key), ("value", $"{value}"))
                : null;
}
