using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>Puts charges on the tape and closes them as lines: one rounding each, VAT after it (rules.md section 14).</summary>
internal sealed class LineWriter(MonthRules month, Currency currency, List<ChargeLine> lines)
{
    public Tape Tape { get; } = new();

    /// <summary>
    /// The sum over days of volume times tariff. With <paramref name="heatKey"/> the volume is turned into Gcal by q;
    /// with <paramref name="factor"/> the raising factor is put on the segments that bear it.
    /// </summary>
    /// <returns>The bases of the segments; none when there was no segment.</returns>
    public Bases PutCharge(
        AccountRecord account, IEnumerable<Segment> segments, string tariff, string? heatKey = null, bool quantity = true,
            bool factor = false)
    {
        var bases = default(Bases);
        foreach (var segment in segments.OrderBy(s => s.Days.From))
        {
            foreach (var price in month.Over(TariffTable(account), tariff, segment.Days))
            {
                foreach (var (days, heat) in Heat(heatKey, price.Days))
                {
                    segment.Put(Tape, days);
                    if (heat is { } q)
                        Tape.From((int)FactKind.Parameter, q.Parameter).In((int)Symbol.HeatPerCubicMetre, q.Value).Multiply();
                    if (quantity)
                        Tape.Quantity();
                    Tape.From((int)FactKind.Parameter, price.Parameter).In((int)Symbol.Tariff, price.Value).Multiply();
                    if (factor && segment.Factor)
                        Tape.In((int)Symbol.RaisingFactor, month.Get(ParameterTable.RaisingFactor, "kp", days.From)).Multiply();
                    if (bases != default)
                        Tape.Add();
                    bases = bases.With(segment.Basis);
                }
            }
        }

        return bases;
    }

    /// <summary>The quantity of segments: m3 or kWh, or Gcal where <paramref name="heatKey"/> names q.</summary>
    public Exact QuantityOf(IEnumerable<Segment> segments, string? heatKey)
    {
        var sum = Exact.Zero;
        foreach (var segment in segments)
        {
            foreach (var (days, heat) in Heat(heatKey, segment.Days))
                sum += segment.Volume.Value * Exact.Fraction(days.Days, segment.PieceDays) * (heat?.Value ?? Exact.One);
        }

        return sum;
    }

    /// <summary>Rounds what is on the tape, adds VAT and makes the line.</summary>
    public ChargeLine Close(
        AccountRecord account, Service service, Component component, Bases bases, Unit unit, Formula formula, bool rounded = false)
    {
        if (!rounded)
            Tape.Round();
        var amount = Money.Round(Tape.Top, currency);
        var quantity = Tape.QuantitySum;
        var rate = VatRate(service);
        var vat = account.HolderKind == HolderKind.Person
            ? Evaluator.VatInside(amount, rate)
            : Money.Round(amount.ToExact() * rate / Exact.Of(100), currency);
        var line = new ChargeLine(
            account.Id, service, component, bases, quantity, unit, amount, rate, vat, Tape.Finish((int)formula));
        if (component.IsMain || !amount.IsZero)
            lines.Add(line);
        return line;
    }

    /// <summary>VAT of the date of supply; the supplier's own status goes before the general rate.</summary>
    private Exact VatRate(Service service) =>
        month.Find(ParameterTable.Vat, "supplier." + BuildingVolumes.NormKey(service), 0)
        ?? month.Find(ParameterTable.Vat, "supplier", 0)
        ?? month.Get(ParameterTable.Vat, "vat", 0);

    public static ParameterTable TariffTable(AccountRecord account) =>
        account.HolderKind == HolderKind.Person ? ParameterTable.Tariff : ParameterTable.NetTariff;

    private IEnumerable<(Span Days, Level? Heat)> Heat(string? key, Span days) => key is null
        ? [(days, null)]
        : month.Over(ParameterTable.HeatPerCubicMetre, key, days).Select(l => (l.Days, (Level?)l));
}
