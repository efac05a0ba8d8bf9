using System.Globalization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Gas of a premises by its contract: the planned volume of a month that nobody read, and the carriage by the yearly
/// volume (Code of gas distribution systems, section IX chapter 4; rules.md 13, 18.23, 18.24).
/// </summary>
internal static class GasPlan
{
    private static readonly VolumeComponent Carriage =
        new(ComponentKind.Distribution, "gas.distribution", Unit.CubicMetre, Formula.GasDistribution);

    /// <summary>The planned volume of some days of the month; null: the premises has no plan.</summary>
    public static Piece? Of(PremisesRecord premises, MonthRules month, Span days, Tape tape)
    {
        if (premises.Gas.Count == 0 || SupplyOn(premises, month, days.From) is not { } supply)
            return null;
        var key = string.Create(CultureInfo.InvariantCulture, $"{supply.Group}:{month.Month.Month:00}");
        if (month.Find(ParameterTable.GasProfile, key, days.From) is not { } share)
            return null;
        tape.In((int)Symbol.YearVolume, supply.YearVolume).In((int)Symbol.ProfileShare, share).Multiply();
        tape.Share(days, month.Days);
        return new(days, Basis.Planned, false, [new(Zone.Single, tape.Cut())]);
    }

    /// <summary>A twelfth of the yearly volume for the days on which the service is connected.</summary>
    public static void WriteDistribution(AccountRecord account, PremisesRecord premises, MonthRules month, LineWriter writer)
    {
        if (premises.Gas.Count == 0)
            return;
        var (tape, some) = (writer.Tape, false);
        foreach (var served in People.Served(account, Service.Gas, month.Month))
        {
            foreach (var days in served.CutBy(premises.Gas.Select(g => Span.Of(month.Month, g.From, g.To))))
            {
                if (SupplyOn(premises, month, days.From) is not { } supply)
                    continue;
                some = writer.PutPriced(account, Carriage, days, some, part =>
                {
                    tape.During(part.From + 1, part.To).In((int)Symbol.YearVolume, supply.DistributionYearVolume)
                        .In((int)Symbol.Months, 12).Divide();
                    tape.Share(part, month.Days);
                });
            }
        }

        if (some)
            writer.Close(account, Service.Gas, new(Carriage.Kind), Bases.Of(Basis.Norm), Carriage.Unit, Carriage.Formula);
    }

    private static GasSupply? SupplyOn(PremisesRecord premises, MonthRules month, int day)
    {
        var date = month.Month.FirstDay.PlusDays(day);
        return premises.Gas.FirstOrDefault(g => new DayInterval(g.From, g.To).Contains(date));
    }
}
