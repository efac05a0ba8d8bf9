using System.Security.Cryptography;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Registry.Imports;

/// <summary>Counts verdicts and keeps the first remarks.</summary>
internal sealed class ImportTally
{
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly List<ImportRemark> _remarks = [];
    private readonly long[] _fates = new long[(int)RowFate.Refused + 1];

    public ImportCounts Counts => new(
        _fates.Sum(), _fates[(int)RowFate.Taken], _fates[(int)RowFate.Doubtful], _fates[(int)RowFate.Unchanged],
        _fates[(int)RowFate.Refused]);

    public IReadOnlyDictionary<string, long> Reasons => _reasons;
    public IReadOnlyList<ImportRemark> Remarks => _remarks;

    public void Count(ReadRow row, RowVerdict verdict, int remarksShown)
    {
        _fates[(int)verdict.Fate]++;
        foreach (var reason in verdict.Reasons)
        {
            _reasons[reason.Code] = _reasons.GetValueOrDefault(reason.Code) + 1;
            if (_remarks.Count < remarksShown)
                _remarks.Add(new(verdict.Line, verdict.Fate, reason, row.Raw.Fields));
        }
    }
}

/// <summary>The columns of a file as a person checks them: what each is taken for, with what stands in it.</summary>
internal static class ImportColumns
{
    public const int ExamplesShown = 3;

    public static IReadOnlyList<MappedColumn> Of(ImportHead head, IReadOnlyList<ReadRow> rows)
    {
        var ours = head.Map.ToDictionary(m => m.Value, m => m.Key, StringComparer.OrdinalIgnoreCase);
        return [.. head.Foreign.Select(f => new MappedColumn(
            f, ours.GetValueOrDefault(f), [.. rows.Select(r => r.Raw[f]).Where(v => v.Length > 0).Take(ExamplesShown)]))];
    }
}

/// <summary>The fingerprint of a file.</summary>
internal static class ImportHash
{
    public static async Task<string> Of(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }
}
