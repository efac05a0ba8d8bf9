using System.Globalization;
using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Server.Console.Readings;
using Ochag.Server.Demo;
using Ochag.Server.Demo.Tour;

namespace Ochag.Server.Console.Desk;

/// <summary>Names of the domain's terms in the reader's language.</summary>
internal static class Words
{
    public static string Component(IStringLocalizer<Texts> texts, Component component) => component.Part is { } part
        ? $"{texts["component." + component.Kind]} ({texts["component." + part]})"
        : texts["component." + component.Kind];

    public static string Bases(IStringLocalizer<Texts> texts, Bases bases) =>
        string.Join(", ", bases.Each().Select(b => texts["basis." + b].Value));

    public static string Unit(IStringLocalizer<Texts> texts, Unit unit) => texts[unit switch
    {
        Ochag.Billing.Contracts.Unit.CubicMetre => "unit.m3",
        Ochag.Billing.Contracts.Unit.Gigacalorie => "unit.gcal",
        Ochag.Billing.Contracts.Unit.KilowattHour => "unit.kwh",
        Ochag.Billing.Contracts.Unit.Hour => "unit.hours",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "A unit without a name."),
    }];

    /// <summary>A raising factor or a true-up is money without a volume of its own.</summary>
    public static bool HasQuantity(PostedLine line) => line.Component.IsMain || line.Quantity != Fixed.Zero;

    /// <summary>What made the demo's facts is said in the reader's language; a document's name stays as it was written.</summary>
    public static string Evidence(IStringLocalizer<Texts> texts, string evidence) =>
        evidence.StartsWith("generated, seed ", StringComparison.Ordinal)
            ? texts["evidence.generated", evidence["generated, seed ".Length..]]
            : evidence == "invented decision of the demo region" ? texts["evidence.demoDecision"]
            : evidence == TerritoryParameters.Evidence ? texts["evidence.sampleTariffs"]
            : evidence == TourFiller.Evidence ? texts["evidence.tour"]
            : ReadingWords.Evidence(texts, evidence) ?? evidence;

    /// <summary>"на 312,10 ₽ больше, чем за сентябрь 2026"; whole roubles where millions are compared.</summary>
    public static string Compared(IStringLocalizer<Texts> texts, Money difference, BillingPeriod before, bool whole)
    {
        var size = difference.Minor < 0 ? -difference : difference;
        var name = Formats.Of(before);
        return difference.IsZero
            ? texts["account.same", name]
            : texts[difference.Minor > 0 ? "account.more" : "account.less", whole ? Formats.Whole(size) : Formats.Of(size), name];
    }

    public static string Percent(Fixed rate) =>
        rate.ToString().Replace('.', CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator[0]);
}
