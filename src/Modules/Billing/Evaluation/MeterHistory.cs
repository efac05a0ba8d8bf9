using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// The months that an average may rest on: whole months by meter, and months by average once a reading has settled them;
/// a stretch with a month by norm in it does not enter, nor does the month that closes it (rules.md 18.4).
/// </summary>
internal sealed class MeterHistory
{
    private readonly List<Dictionary<Zone, Exact>> _months = [];
    private readonly List<Dictionary<Zone, Exact>> _unsettled = [];
    private bool _normSinceReading;
    private bool _average;

    public MeterHistory(IReadOnlyList<MonthlyVolume> before)
    {
        foreach (var month in before.OrderBy(m => m.Month))
            _months.Add(month.Values.ToDictionary(v => v.Zone, v => v.Volume.ToExact()));
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Dictionary<Zone, Exact>> Months => _months;

    /// <summary>A month went by norm because no reading came.</summary>
    public void Norm() => _normSinceReading = true;

    /// <summary>The month goes by an average that a later reading will settle.</summary>
    public void Average() => _average = true;

    /// <summary>Takes in a walked month.</summary>
    public void Close(BillingPeriod month, List<Piece> pieces)
    {
        var settled = pieces.Exists(p => p.Basis == Basis.Meter);
        if (settled)
        {
            if (!_normSinceReading)
                _months.AddRange(_unsettled);
            _unsettled.Clear();
        }

        var whole = pieces.TrueForAll(p => p.Basis == Basis.Meter);
        if (whole && !_normSinceReading)
            _months.Add(Sum(pieces));
        if (settled)
            _normSinceReading = false;
        if (_average && pieces is [var average] && average.Days.Days == month.Days)
            _unsettled.Add(Sum(pieces));
        _average = false;
    }

    private static Dictionary<Zone, Exact> Sum(List<Piece> pieces)
    {
        var sum = new Dictionary<Zone, Exact>();
        foreach (var volume in pieces.SelectMany(p => p.Volumes))
            sum[volume.Zone] = sum.GetValueOrDefault(volume.Zone) + volume.Volume.Value;
        return sum;
    }
}
