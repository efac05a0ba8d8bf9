using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Volumes without a meter: persons times the norm (F.4), of gas for heating the area times it (F.9; Decree 549 p.32), a
/// company's by the load of its contract (p.43, 18.10).
/// </summary>
internal sealed class NormVolumes(BuildingFacts facts)
{
    /// <summary>The parts of some days by persons and norm, in the order of their days.</summary>
    public IEnumerable<NormPart> Of(AccountRecord account, PremisesRecord premises, Service service, MonthRules month, Span days)
    {
        if (days.IsEmpty)
            yield break;
        var loads = account.HolderKind == HolderKind.Company && facts.ContractLoads.TryGetValue(account.Id, out var known)
            ? known.Where(l => l.Service == service).ToList()
            : [];
        foreach (var part in days.CutBy(loads.Select(l => Span.Of(month.Month, l.From, l.To))))
        {
            if (loads.Find(l => Span.Of(month.Month, l.From, l.To).Contains(part.From)) is { } load)
            {
                yield return new(part, Basis.CalculatedP43, FactKind.ContractLoad, load.Fact, Symbol.Load, load.PerHour,
                    Symbol.HoursPerDay, load.HoursPerDay, 0);
                continue;
            }

            foreach (var key in KeysOf(premises, service, month, part))
            {
                foreach (var byKey in ByKey(account, premises, month, key.Days, key.Key))
                    yield return byKey;
            }
        }
    }

    /// <summary>The norms that a premises follows on some days: those it chose, else the one named as the service.</summary>
    public static IEnumerable<(Span Days, string Key)> KeysOf(PremisesRecord premises, Service service, MonthRules month, Span days)
    {
        if (premises.Norms.Count == 0)
            return [(days, BuildingVolumes.NormKey(service))];
        var choices = premises.Norms.Where(n => n.Service == service).ToList();
        return days.CutBy(choices.Select(n => Span.Of(month.Month, n.From, n.To))).SelectMany(part =>
        {
            var keys = choices.Where(n => Span.Of(month.Month, n.From, n.To).Contains(part.From)).Select(n => n.Key).ToList();
            return keys.Count == 0 ? [(part, BuildingVolumes.NormKey(service))] : keys.Select(key => (part, key));
        });
    }

    private static IEnumerable<NormPart> ByKey(AccountRecord account, PremisesRecord premises, MonthRules month, Span days, string key)
    {
        var byArea = key.StartsWith(ByAreaPrefix, StringComparison.Ordinal);
        foreach (var people in byArea ? [new(days, 1, 0)] : People.Count(account, month, days))
        {
            foreach (var norm in month.Over(ParameterTable.Norm, key, people.Days))
            {
                var (symbol, factor) = byArea
                    ? (Symbol.Area, Passports.Of(premises, month.Month, norm.Days.From).Area)
                    : (Symbol.Residents, Fixed.Of(people.Persons));
                yield return new(norm.Days, Basis.Norm, FactKind.Residents, people.Fact, symbol, factor.ToExact(),
                    Symbol.Norm, norm.Value, norm.Parameter);
            }
        }
    }

    /// <summary>Norms per m2 and month: gas that heats.</summary>
    private const string ByAreaPrefix = "gas.heating";
}

/// <summary>Days on which the volume without a meter is one product: persons or area by norm, or load by hours.</summary>
internal sealed record NormPart(
    Span Days, Basis Basis, FactKind Kind, long Fact, Symbol First, Exact FirstValue, Symbol Second, Exact SecondValue, long Parameter)
{
    /// <summary>A norm is for the month, a load for each day.</summary>
    private bool IsMonthly => Basis == Basis.Norm;

    public Exact Value(int monthDays) =>
        FirstValue * SecondValue * (IsMonthly ? Exact.Fraction(Days.Days, monthDays) : Exact.Of(Days.Days));

    public void Put(Tape tape, int monthDays)
    {
        tape.From((int)Kind, Fact).In((int)First, FirstValue);
        if (IsMonthly)
            tape.From((int)FactKind.Parameter, Parameter);
        tape.In((int)Second, SecondValue).Multiply();
        if (IsMonthly)
            tape.Share(Days, monthDays);
        else
            tape.In((int)Symbol.Days, Days.Days).Multiply();
    }
}
