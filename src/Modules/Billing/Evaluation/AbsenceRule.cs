using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>Days of a segment on which some of the persons are away.</summary>
internal readonly record struct AbsentDays(Span Days, Segment Segment, int Absent, int Persons);

/// <summary>
/// Temporary absence (p.86-97; rules.md section 4 and 18.17): more than five full days, days of departure and return
/// not counted, only on days by norm where no meter can stand or the one that does is out of order, by the share of the
/// absent among the persons of the day.
/// </summary>
internal sealed class AbsenceRule(BuildingFacts facts, BuildingVolumes volumes, MonthRules month, LineWriter writer)
{
    public void Write(AccountRecord account, Service service)
    {
        var absent = DaysOf(account, service).ToList();
        if (absent.Count == 0)
            return;
        foreach (var component in VolumeLines.ComponentsOf(service, month).Where(c => c.Zone is null or Zone.Single))
        {
            var some = false;
            foreach (var part in absent)
                some = writer.PutPriced(account, component, part.Days, some, days => Put(part, days));
            writer.Close(
                account, service, new(ComponentKind.Absence, VolumeLines.PartOf(component)), Bases.Of(Basis.Norm), component.Unit,
                Formula.Absence);
        }
    }

    /// <summary>The days on which persons are away and their norm is not charged.</summary>
    public IEnumerable<AbsentDays> DaysOf(AccountRecord account, Service service)
    {
        var absences = (facts.Absences.GetValueOrDefault(account.Id) ?? []).Where(Counts).ToList();
        return absences.Count == 0
            ? []
            : volumes.Segments(account, service)
                .Where(s => s is { Basis: Basis.Norm, Ground: NormGround.NoMeter or NormGround.Invalid })
                .SelectMany(s => Parts(account, s, absences));
    }

    private void Put(AbsentDays part, Span days)
    {
        part.Segment.Put(writer.Tape, days);
        writer.Tape.In((int)Symbol.Absent, part.Absent).Multiply().In((int)Symbol.Residents, part.Persons).Divide().Negate();
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
