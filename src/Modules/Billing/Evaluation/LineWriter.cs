using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>A price, and for heat of hot water the q that turns m3 into Gcal, on some days.</summary>
internal readonly record struct Price(Span Days, Level Tariff, Level? Heat);

/// <summary>Puts charges on the tape and closes them as lines: one rounding each, VAT after it (rules.md section 14).</summary>
/// <param name="hotWaterSystem">The building's key of q.</param>
internal sealed class LineWriter(MonthRules month, Currency currency, string hotWaterSystem, List<ChargeLine> lines)
{
    public Tape Tape { get; } = new();

    /// <summary>All lines written so far.</summary>
    public List<ChargeLine> Lines => lines;

    /// <summary>
    /// The sum over days of volume times tariff: for heat of hot water the volume is turned into Gcal by q; with
    /// <paramref name="factor"/> the raising factor is put on the segments that bear it.
    /// </summary>
    /// <returns>The bases of the segments; none when there was no segment.</returns>
    public Bases PutCharge(
        AccountRecord account, IEnumerable<Segment> segments, VolumeComponent component, bool quantity = true, bool factor = false,
            PriceRanges? ranges = null)
    {
        var bases = default(Bases);
        foreach (var segment in segments.OrderBy(s => s.Days.From))
        {
            foreach (var price in Prices(account, component, segment.Days))
            {
                segment.Put(Tape, price.Days);
                PutPrice(price, quantity, ranges);
                if (factor && segment.Factor)
                    Tape.In((int)Symbol.RaisingFactor, month.Get(ParameterTable.RaisingFactor, "kp", price.Days.From)).Multiply();
                if (bases != default)
                    Tape.Add();
                bases = bases.With(segment.Basis);
            }
        }

        return bases;
    }

    /// <summary>The same for volumes that are no segments: <paramref name="put"/> puts the volume of some days.</summary>
    /// <param name="some">A sum lies on the tape already, to be added to.</param>
    /// <returns>Whether a sum lies on the tape now.</returns>
    public bool PutPriced(AccountRecord account, VolumeComponent component, Span days, bool some, Action<Span> put)
    {
        foreach (var price in Prices(account, component, days))
        {
            if (price.Days.Days != month.Days)
                Tape.During(price.Days.From + 1, price.Days.To);
            put(price.Days);
            PutPrice(price, quantity: true);
            if (some)
                Tape.Add();
            some = true;
        }

        return some;
    }

    /// <summary>Turns the volume on top into Gcal where the price is of heat, counts it and prices it.</summary>
    public void PutPrice(Price price, bool quantity, PriceRanges? ranges = null)
    {
        if (price.Heat is { } heat)
            Tape.From((int)FactKind.Parameter, heat.Parameter).In((int)Symbol.HeatPerCubicMetre, heat.Value).Multiply();
        if (quantity)
            Tape.Quantity();
        if (ranges is null)
            Tape.From((int)FactKind.Parameter, price.Tariff.Parameter).In((int)Symbol.Tariff, price.Tariff.Value).Multiply();
        else
            ranges.PutPrice(Tape, price.Tariff);
    }

    /// <summary>The prices of a component by day.</summary>
    public IEnumerable<Price> Prices(AccountRecord account, VolumeComponent component, Span days)
    {
        foreach (var tariff in month.Over(TariffTable(account), component.Tariff, days))
        {
            if (!component.IsHeat)
            {
                yield return new(tariff.Days, tariff, null);
                continue;
            }

            foreach (var heat in month.Over(ParameterTable.HeatPerCubicMetre, hotWaterSystem, tariff.Days))
                yield return new(heat.Days, tariff, heat);
        }
    }

    /// <summary>The quantity of segments: m3 or kWh, or Gcal for heat of hot water.</summary>
    public Exact QuantityOf(AccountRecord account, IEnumerable<Segment> segments, VolumeComponent component)
    {
        var sum = Exact.Zero;
        foreach (var segment in segments)
        {
            foreach (var price in Prices(account, component, segment.Days))
                sum += segment.Volume.Value * Exact.Fraction(price.Days.Days, segment.PieceDays) * (price.Heat?.Value ?? Exact.One);
        }

        return sum;
    }

    /// <summary>Rounds what is on the tape, adds VAT and makes the line; a line of nothing is left out unless it is a main one.</summary>
    /// <param name="vatRate">Percent; null: the rate of the month.</param>
    public ChargeLine Close(
        AccountRecord account, Service service, Component component, Bases bases, Unit unit, Formula formula, bool rounded = false,
            Exact? vatRate = null)
    {
        if (!rounded)
            Tape.Round();
        var amount = Money.Round(Tape.Top, currency);
        var quantity = Tape.QuantitySum;
        var rate = vatRate ?? month.VatRate(service);
        var onTop = account.HolderKind == HolderKind.Company;
        var vat = onTop ? Money.Round(amount.ToExact() * rate / Exact.Of(100), currency) : Evaluator.VatInside(amount, rate);
        var line = new ChargeLine(
            account.Id, service, component, bases, quantity, unit, amount, rate, vat, onTop, Tape.Finish((int)formula));
        if (component.IsMain || !amount.IsZero)
            lines.Add(line);
        return line;
    }

    public static ParameterTable TariffTable(AccountRecord account) =>
        account.HolderKind == HolderKind.Person ? ParameterTable.Tariff : ParameterTable.NetTariff;
}
