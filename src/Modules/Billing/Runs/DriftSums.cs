using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ochag.Billing.Contracts;

namespace Ochag.Billing.Runs;

/// <summary>What a comparison comes to: lines that were looked at, and the differences, counted, summed and the first of them.</summary>
internal sealed class DriftSums
{
    /// <summary>Differences that are told one by one; the rest is only counted.</summary>
    private const int Told = 20;

    private readonly List<DriftDifference> _first = [];
    private UInt128 _mark;

    public long Lines { get; set; }
    public long Count { get; private set; }
    public long Minor { get; private set; }

    public IReadOnlyList<DriftDifference> First => _first;

    /// <summary>The same differences have the same one, whatever the order in which they were found.</summary>
    public string Fingerprint => _mark.ToString("x32", CultureInfo.InvariantCulture);

    public void Add(DriftDifference difference)
    {
        Count++;
        Minor = checked(Minor + difference.Difference.Minor);
        _mark += Mark(difference);
        Keep([difference]);
    }

    public void Add(DriftSums other)
    {
        Lines += other.Lines;
        Count += other.Count;
        Minor = checked(Minor + other.Minor);
        _mark += other._mark;
        Keep(other._first);
    }

    private void Keep(IEnumerable<DriftDifference> more)
    {
        var first = _first.Concat(more).OrderBy(d => d.Account.Value).ThenBy(d => d.Service).ThenBy(d => d.Component.Code)
            .Take(Told).ToList();
        _first.Clear();
        _first.AddRange(first);
    }

    private static UInt128 Mark(DriftDifference d) => BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{d.Account.Value}|{(short)d.Service}|{d.Component.Code}|{d.Posted.Minor}|{d.Now.Minor}"))));
}
