using System.Globalization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;

namespace Ochag.Server.Console.Workings;

/// <summary>A working written as engineers write it, in symbols or in numbers, the same in every language.</summary>
internal static class Infix
{
    public static string Symbols(WorkingNode node) => Write(node, n => Letter(n.Symbol!.Value));

    public static string Values(WorkingNode node) => Write(node, n => Number(n.Value));

    /// <summary>The decimal where it ends within twelve places, else the fraction.</summary>
    public static string Number(Exact value)
    {
        for (var places = 0; places <= 12; places++)
        {
            var text = value.ToDecimal(places);
            if (Exact.Parse(text) == value)
                return text;
        }

        return value.ToString();
    }

    public static string Letter(Symbol symbol) => symbol switch
    {
        Symbol.Residents => "n",
        Symbol.Norm => "N",
        Symbol.Tariff => "T",
        Symbol.HeatPerCubicMetre => "q",
        Symbol.Area => "S",
        Symbol.AreaOfAllRooms => "Sob",
        Symbol.CommonArea => "Soi",
        Symbol.OwnSourceArea => "Sind",
        Symbol.BuildingVolume => "Vd",
        Symbol.IndividualVolume => "ΣV",
        Symbol.RaisingFactor => "Kp",
        Symbol.Days => "d",
        Symbol.DaysInAll => "D",
        Symbol.IndexNow => "I1",
        Symbol.IndexBefore => "I0",
        Symbol.Multiplier => "k",
        Symbol.Dial => "I9",
        Symbol.AlreadyBilled => "Vb",
        Symbol.MonthVolume => "Vm",
        Symbol.Months => "m",
        Symbol.CreditLimit => "Vmin",
        Symbol.YearShare => "K",
        Symbol.RoomVolume => "Vi",
        Symbol.CommonVolume => "Vodn",
        Symbol.Volume => "V",
        Symbol.VolumeTakenOff => "ΔV",
        Symbol.Absent => "na",
        Symbol.HouseVolume => "Vh",
        Symbol.DegreeDays => "Dt",
        Symbol.Hours => "h",
        Symbol.HoursInAll => "H",
        Symbol.Fee => "P",
        Symbol.HourlyRate => "kh",
        Symbol.DegreeHours => "hΔt",
        Symbol.FeeLeft => "Pr",
        Symbol.YearVolume => "Vy",
        Symbol.ProfileShare => "km",
        Symbol.Load => "W",
        Symbol.HoursPerDay => "hd",
        Symbol.InterferenceFactor => "Kn",
        Symbol.RangeVolume => "Vr",
        Symbol.ActualSum => "Pf",
        Symbol.Charged => "Pc",
        Symbol.Beneficiaries => "b",
        Symbol.BeneficiaryVolume => "Vl",
        Symbol.BeneficiaryNorm => "Nl",
        Symbol.Percent => "kl",
        Symbol.Reduction => "ΔP",
        Symbol.Charge => "P0",
        Symbol.MeteredVolume => "ΣVm",
        Symbol.MeteredArea => "ΣSm",
        Symbol.Surplus => "ΔVd",
        Symbol.AllResidents => "Σn",
        _ => string.Create(CultureInfo.InvariantCulture, $"x{(int)symbol}"),
    };

    private static string Write(WorkingNode node, Func<WorkingNode, string> leaf) => node.Kind switch
    {
        StepKind.Number => leaf(node),
        StepKind.Round => $"round({Write(node.Left!, leaf)})",
        StepKind.Negate => $"−{Inner(node.Left!, node, leaf)}",
        StepKind.Min => $"min({Write(node.Left!, leaf)}, {Write(node.Right!, leaf)})",
        StepKind.Max => $"max({Write(node.Left!, leaf)}, {Write(node.Right!, leaf)})",
        _ => $"{Inner(node.Left!, node, leaf)} {Sign(node.Kind)} {InnerRight(node.Right!, node, leaf)}",
    };

    private static string Inner(WorkingNode inner, WorkingNode outer, Func<WorkingNode, string> leaf) =>
        Strength(inner) < Strength(outer) ? $"({Write(inner, leaf)})" : Write(inner, leaf);

    /// <summary>On the right of − and ÷ an equal strength needs brackets too.</summary>
    private static string InnerRight(WorkingNode inner, WorkingNode outer, Func<WorkingNode, string> leaf) =>
        Strength(inner) < Strength(outer)
        || (Strength(inner) == Strength(outer) && !inner.IsNumber && outer.Kind is StepKind.Subtract or StepKind.Divide)
            ? $"({Write(inner, leaf)})"
            : Write(inner, leaf);

    private static int Strength(WorkingNode node) => node.Kind switch
    {
        StepKind.Add or StepKind.Subtract => 1,
        StepKind.Negate => 1,
        StepKind.Multiply or StepKind.Divide => 2,
        _ => 3,
    };

    private static string Sign(StepKind kind) => kind switch
    {
        StepKind.Add => "+",
        StepKind.Subtract => "−",
        StepKind.Multiply => "·",
        _ => "/",
    };
}
