using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ochag.Foundation;

namespace Ochag.Server.Backups;

/// <summary>Accounts of a territory.</summary>
internal sealed record TerritoryNumbers(string Territory, int Accounts);

/// <summary>What is posted in a territory's month; money in minor units.</summary>
internal sealed record MonthNumbers(string Territory, string Month, string Currency, int Accounts, long Lines, long Minor);

/// <summary>What a database holds, counted: two that agree in all of it hold the same money.</summary>
internal sealed record DatabaseNumbers(
    IReadOnlyList<TerritoryNumbers> Territories, IReadOnlyList<MonthNumbers> Months, IReadOnlyDictionary<string, long> Rows)
{
    public static readonly DatabaseNumbers None = new([], [], new Dictionary<string, long>(StringComparer.Ordinal));

    public long Accounts => Territories.Sum(t => (long)t.Accounts);
    public long Lines => Months.Sum(m => m.Lines);

    /// <summary>Each difference in words; empty: the same.</summary>
    public IReadOnlyList<string> Differences(DatabaseNumbers other) =>
    [
        .. Compare(Territories.ToDictionary(t => t.Territory, t => $"{t.Accounts} accounts", StringComparer.Ordinal),
            other.Territories.ToDictionary(t => t.Territory, t => $"{t.Accounts} accounts", StringComparer.Ordinal)),
        .. Compare(Months.ToDictionary(Key, Value, StringComparer.Ordinal), other.Months.ToDictionary(Key, Value, StringComparer.Ordinal)),
        .. Compare(Rows.ToDictionary(r => $"table {r.Key}", r => $"{r.Value} rows", StringComparer.Ordinal),
            other.Rows.ToDictionary(r => $"table {r.Key}", r => $"{r.Value} rows", StringComparer.Ordinal)),
    ];

    private static string Key(MonthNumbers m) => $"{m.Territory}, {m.Month}, {m.Currency}";

    private static string Value(MonthNumbers m) => $"{m.Accounts} accounts, {m.Lines} lines, {m.Minor} minor units";

    private static IEnumerable<string> Compare(Dictionary<string, string> here, Dictionary<string, string> there) =>
        here.Keys.Union(there.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(k => here.GetValueOrDefault(k) != there.GetValueOrDefault(k))
            .Select(k => $"{k}: {here.GetValueOrDefault(k, "nothing")} here, {there.GetValueOrDefault(k, "nothing")} there");
}

/// <summary>What stands beside a backup: whose it is, and how to know it again.</summary>
internal sealed record BackupManifest(
    string Program, string Store, string Schema, string MadeAt, string File, long Bytes, string Sha256, DatabaseNumbers Numbers)
{
    private const long MostBytes = 16 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string PathOf(string backup) => backup + ".json";

    public static async Task<Outcome<BackupManifest>> Read(string backup, CancellationToken stop)
    {
        var path = PathOf(backup);
        foreach (var needed in new[] { backup, path })
        {
            if (!System.IO.File.Exists(needed))
                return new Refusal("backup.file-not-found", ("file", needed));
        }

        try
        {
            if (new FileInfo(path).Length <= MostBytes
                && JsonSerializer.Deserialize<BackupManifest>(await System.IO.File.ReadAllTextAsync(path, stop), Json)
                    is { Store.Length: > 0, Schema.Length: > 0, Sha256.Length: > 0 } read
                && read.Numbers is { Rows: not null, Months: not null, Territories: not null })
            {
                return read;
            }
        }
        catch (JsonException)
        {
            // Said below, as for one that lacks a part.
        }

        return new Refusal("backup.manifest-broken", ("file", path));
    }

    public Task Write(string backup, CancellationToken stop) =>
        BackupFiles.WriteText(PathOf(backup), JsonSerializer.Serialize(this, Json) + "\n", stop);
}

/// <summary>Files that hold everybody's data: read by their owner only, whole or not there.</summary>
internal static class BackupFiles
{
    public static async Task WriteText(string path, string text, CancellationToken stop)
    {
        Prepare(path);
        await File.WriteAllTextAsync(path, text, stop);
    }

    /// <summary>An empty file that only its owner reads, before anything is written into it.</summary>
    public static void Prepare(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }

    public static async Task<string> Hash(string path, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
    }

    /// <summary>What the system still holds back goes to the disk.</summary>
    public static void Settle(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
