using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;

namespace Ochag.Server.Console.Workings;

/// <summary>Numbers of a line's working with their units, in the reader's language.</summary>
internal sealed class WorkingUnits(IStringLocalizer<Texts> texts, PostedLine line, Currency currency)
{
    private const char NoBreak = '\u00A0';
    private static readonly Exact Hundred = Exact.Of(100);

    /// <summary>The unit of the service's volume; of hot water the water's.</summary>
    public string Volume => texts[line.Service switch
    {
        Service.Heating => "unit.gcal",
        Service.Electricity => "unit.kwh",
        _ => "unit.m3",
    }];

    /// <param name="ofHeat">A price of heat where the line counts water.</param>
    public string Say(Exact value, Dimension dimension, bool ofHeat = false) => dimension switch
    {
        Dimension.Price => $"{Formats.Price(value)}{NoBreak}{Formats.Sign(currency)}/{(ofHeat ? texts["unit.gcal"] : PriceOf())}",
        Dimension.Money => With(Sum(value), Formats.Sign(currency)),
        Dimension.Share => $"{Formats.Of(value * Hundred)}{NoBreak}%",
        _ => With(Formats.Of(value), UnitOf(dimension)),
    };

    /// <summary>Money before its rounding: two digits after the comma, more where it has them.</summary>
    private static string Sum(Exact value) => value * Hundred is var hundredths && Exact.Of(hundredths.Round(0)) == hundredths
        ? Formats.Price(value).Replace('-', '\u2212')
        : Formats.Of(value);

    private static string With(string number, string unit) => unit.Length == 0 ? number : $"{number}{NoBreak}{unit}";

    private string UnitOf(Dimension dimension) => dimension switch
    {
        Dimension.Volume => Volume,
        Dimension.Heat => texts["unit.gcal"],
        Dimension.Norm => $"{Volume}/{texts[IsByArea ? "unit.m2" : "unit.person"]}",
        Dimension.HeatPerVolume => $"{texts["unit.gcal"]}/{texts["unit.m3"]}",
        Dimension.Area => texts["unit.m2"],
        Dimension.Persons => texts["unit.person"],
        Dimension.Days => texts["unit.days"],
        Dimension.Months => texts["unit.months"],
        Dimension.Hours => texts["unit.hours"],
        Dimension.DegreeHours => line.Service == Service.Heating ? $"{texts["unit.celsius"]}·{texts["unit.hours"]}" : texts["unit.hours"],
        Dimension.Load => line.Service == Service.Electricity ? texts["unit.kw"] : $"{Volume}/{texts["unit.hours"]}",
        _ => "",
    };

    /// <summary>What a price of the line is for; a line of hours still prices its service.</summary>
    private string PriceOf() => line.Unit == Unit.Hour ? Volume : Words.Unit(texts, line.Unit);

    private bool IsByArea => line.Service == Service.Heating || line.Component.Kind == ComponentKind.Common;
}
