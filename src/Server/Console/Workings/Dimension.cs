using Ochag.Billing.Contracts;
using Ochag.Foundation.Workings;

namespace Ochag.Server.Console.Workings;

/// <summary>What a number of a working measures; its unit on the screen follows from it and the line's service.</summary>
internal enum Dimension
{
    Plain,
    Volume,

    /// <summary>Hot water's heat: the volume after q.</summary>
    Heat,
    Money,
    Price,
    Norm,
    HeatPerVolume,
    Area,
    Persons,
    Days,
    Months,
    Hours,

    /// <summary>Hours times the degrees, or steps of degrees, beyond what is allowed.</summary>
    DegreeHours,

    /// <summary>A part of a whole, told in percent.</summary>
    Share,

    /// <summary>Volume for an hour.</summary>
    Load,
}

internal static class Dimensions
{
    public static Dimension Of(WorkingNode node)
    {
        if (node.Symbol is { } symbol && (node.IsNumber || symbol is not Symbol.Volume))
            return Of(symbol);
        return node.Kind switch
        {
            StepKind.Multiply or StepKind.Divide => OfProduct(node),
            StepKind.Negate or StepKind.Round => Of(node.Left!),
            _ => Of(node.Left!) is var left && left != Dimension.Plain ? left : Of(node.Right!),
        };
    }

    private static Dimension OfProduct(WorkingNode node)
    {
        var (left, right) = (Of(node.Left!), Of(node.Right!));
        if (node.Kind == StepKind.Divide)
            return IsMeanPrice(node) ? Dimension.Price : left == right && left != Dimension.Money ? Dimension.Plain : left;
        if ((left, right) is (Dimension.Price, Dimension.HeatPerVolume))
            return Dimension.Price;
        foreach (var (strong, result) in Products)
        {
            if (left == strong || right == strong)
                return result;
        }

        return left == Dimension.Plain ? right : left;
    }

    /// <summary>What the ranges come to, for one of the volume.</summary>
    private static bool IsMeanPrice(WorkingNode node) =>
        node.Right!.Symbol == Symbol.Volume && node.Left!.Inside.Any(n => n.Symbol == Symbol.RangeVolume)
        && (node.Left.Kind == StepKind.Add || node.Left.Left?.Symbol == Symbol.RangeVolume);

    /// <summary>The first that a product holds says what the product is.</summary>
    private static readonly (Dimension Strong, Dimension Result)[] Products =
    [
        (Dimension.Price, Dimension.Money), (Dimension.Money, Dimension.Money), (Dimension.HeatPerVolume, Dimension.Heat),
        (Dimension.Heat, Dimension.Heat), (Dimension.Norm, Dimension.Volume), (Dimension.Volume, Dimension.Volume),
        (Dimension.Load, Dimension.Volume),
        (Dimension.Area, Dimension.Area), (Dimension.Persons, Dimension.Persons),
    ];

    private static Dimension Of(Symbol symbol) => symbol switch
    {
        Symbol.Residents or Symbol.Absent or Symbol.AllResidents => Dimension.Persons,
        Symbol.Norm => Dimension.Norm,
        Symbol.Tariff => Dimension.Price,
        Symbol.HeatPerCubicMetre => Dimension.HeatPerVolume,
        Symbol.Area or Symbol.AreaOfAllRooms or Symbol.CommonArea or Symbol.OwnSourceArea
            or Symbol.MeteredArea => Dimension.Area,
        Symbol.RaisingFactor or Symbol.Multiplier or Symbol.YearShare or Symbol.DegreeDays or Symbol.InterferenceFactor
            or Symbol.Percent => Dimension.Plain,
        Symbol.Beneficiaries => Dimension.Persons,
        Symbol.Days or Symbol.DaysInAll => Dimension.Days,
        Symbol.Months => Dimension.Months,
        Symbol.Hours or Symbol.HoursInAll or Symbol.HoursPerDay => Dimension.Hours,
        Symbol.DegreeHours => Dimension.DegreeHours,
        Symbol.HourlyRate or Symbol.ProfileShare => Dimension.Share,
        Symbol.Load => Dimension.Load,
        Symbol.Fee or Symbol.FeeLeft or Symbol.ActualSum or Symbol.Charged or Symbol.Reduction or Symbol.Charge => Dimension.Money,
        _ => Dimension.Volume,
    };
}
