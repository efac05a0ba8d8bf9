using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Temporary absence (p.86-97; rules.md section 4 and 18.17): more than five full days, days of departure and return
/// not counted, only on days by norm without a possible meter, by the share of the absent among the persons of the day.
/// </summary>
internal sealed class AbsenceRule(MonthRules month, LineWriter writer, string hotWaterSystem)
{
    public void Write(AccountRecord account, Service service, IReadOnlyList<Segment> segments, IReadOnlyList<Absence> absences)
    {
        var days = absences.Where(Counts).ToList();
        if (days.Count == 0)
            return;
        foreach (var component in VolumeLines.ComponentsOf(service).Where(c => c.Zone is null or Zone.Single))
        {
            var first = true;
            foreach (var part in segments.Where(s => s is { Basis: Basis.Norm, Factor: false }).SelectMany(s => Parts(account, s, days)))
            {
                foreach (var price in month.Over(LineWriter.TariffTable(account), component.Tariff, part.Days))
                {
                    Put(part with { Days = price.Days }, component);
                    writer.Tape.Quantity().From((int)FactKind.Parameter, price.Parameter).In((int)Symbol.Tariff, price.Value).Multiply();
                    if (!first)
                        writer.Tape.Add();
                    first = false;
                }
            }

            if (!first)
            {
                writer.Close(
                    account, service, new(ComponentKind.Absence, service == Service.HotWater ? component.Kind : null),
                        Bases.Of(Basis.Norm), component.Unit, Formula.Absence);
            }
        }
    }

    private readonly record struct AbsentDays(Span Days, Segment Segment, int Absent, int Persons);

    private void Put(AbsentDays part, VolumeComponent component)
    {
        part.Segment.Put(writer.Tape, part.Days);
        writer.Tape.In((int)Symbol.Absent, part.Absent).Multiply().In((int)Symbol.Residents, part.Persons).Divide().Negate();
        if (component.IsHeat)
            writer.Tape.In((int)Symbol.HeatPerCubicMetre,
                month.Get(ParameterTable.HeatPerCubicMetre, hotWaterSystem, part.Days.From)).Multiply();
    }

    private IEnumerable<AbsentDays> Parts(AccountRecord account, Segment segment, List<Absence> absences)
    {
        foreach (var people in People.Count(account, month, segment.Days))
        {
            foreach (var days in people.Days.CutBy(absences.Select(FullDays)))
            {
                var absent = Math.Min(
                    people.Persons, absences.Where(a => FullDays(a).Contains(days.From)).Sum(a => a.Persons));
                if (absent > 0)
                    yield return new(days, segment, absent, people.Persons);
            }
        }
    }

    /// <summary>The full days of the absence that fall into the month.</summary>
    private Span FullDays(Absence absence) =>
        Span.Of(month.Month, absence.From.PlusDays(1), absence.To.PlusDays(-1));

    /// <summary>Long enough over the month end, proved, and applied for in time (p.91).</summary>
    private bool Counts(Absence absence) =>
        absence.Proof
        && Period.DaysBetween(absence.From, absence.To) - 1 > month.Setting(Settings.AbsenceDays)
        && Period.DaysBetween(absence.To, absence.Applied) <= month.Setting(Settings.AbsenceApplicationDays);
}
