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
        var (tape, first) = (writer.Tape, true);
        foreach (var served in People.Served(account, Service.Gas, month.Month))
        {
            foreach (var days in served.CutBy(premises.Gas.Select(g => Span.Of(month.Month, g.From, g.To))))
            {
                if (SupplyOn(premises, month, days.From) is not { } supply)
                    continue;
                foreach (var price in month.Over(LineWriter.TariffTable(account), "gas.distribution", days))
                {
                    tape.During(price.Days.From + 1, price.Days.To).In((int)Symbol.YearVolume, supply.DistributionYearVolume)
                        .In((int)Symbol.Months, 12).Divide();
                    tape.Share(price.Days, month.Days);
                    tape.Quantity().From((int)FactKind.Parameter, price.Parameter).In((int)Symbol.Tariff, price.Value).Multiply();
                    if (!first)
                        tape.Add();
                    first = false;
                }
            }
        }

        if (!first)
        {
            writer.Close(account, Service.Gas, new(ComponentKind.Distribution), Bases.Of(Basis.Norm), Unit.CubicMetre,
                Formula.GasDistribution);
        }
    }

    private static GasSupply? SupplyOn(PremisesRecord premises, MonthRules month, int day)
    {
        var date = month.Month.FirstDay.PlusDays(day);
        return premises.Gas.FirstOrDefault(g => new DayInterval(g.From, g.To).Contains(date));
    }
}
