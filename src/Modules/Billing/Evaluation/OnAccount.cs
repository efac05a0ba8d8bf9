using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// A meter's last accepted index and what was billed on account since, until the next reading settles it (18.3, 18.6).
/// </summary>
internal sealed class OnAccount(Tape tape)
{
    private readonly Dictionary<Zone, Exact> _index = [];
    private readonly Dictionary<Zone, Exact> _averages = [];
    private readonly Dictionary<Zone, Exact> _norms = [];

    /// <summary>Everything billed on account, of all zones.</summary>
    public Exact Billed => Sum(_averages) + Sum(_norms);

    /// <summary>A new baseline: nothing before it is settled any more.</summary>
    public void Start(IEnumerable<RegisterIndex> indexes)
    {
        Settle();
        _index.Clear();
        foreach (var value in indexes)
            _index[value.Zone] = value.Index.ToExact();
    }

    public void Average(Zone zone, Exact volume) => _averages[zone] = _averages.GetValueOrDefault(zone) + volume;

    public void Norm(Zone zone, Exact volume) => _norms[zone] = _norms.GetValueOrDefault(zone) + volume;

    public void Settle()
    {
        _averages.Clear();
        _norms.Clear();
    }

    /// <summary>
    /// The volume of a new index: the difference, turned over the dial, less what is on account. A credit is at most
    /// the averages: months by norm are not given back unless <paramref name="reverseNorm"/> (INT-8).
    /// </summary>
    public Fragment Accept(MeterRecord meter, FactKind kind, long fact, RegisterIndex value, bool reverseNorm)
    {
        var now = value.Index.ToExact();
        var before = _index.GetValueOrDefault(value.Zone);
        tape.From((int)kind, fact).In((int)Symbol.IndexNow, value.Index).In((int)Symbol.IndexBefore, before).Subtract();
        if (now < before)
            tape.In((int)Symbol.Dial, meter.DialSize).Add();
        if (meter.Multiplier != Fixed.Of(1))
            tape.In((int)Symbol.Multiplier, meter.Multiplier).Multiply();

        var averages = _averages.GetValueOrDefault(value.Zone);
        var billed = averages + _norms.GetValueOrDefault(value.Zone);
        if (!billed.IsZero)
        {
            tape.In((int)Symbol.AlreadyBilled, billed).Subtract();
            if (tape.Top.Sign < 0 && -tape.Top > averages && !reverseNorm)
                tape.In((int)Symbol.CreditLimit, -averages).Max();
        }

        _index[value.Zone] = now;
        return tape.Cut();
    }

    private static Exact Sum(Dictionary<Zone, Exact> volumes) => volumes.Values.Aggregate(Exact.Zero, (sum, v) => sum + v);
}
