using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ochag.Bench.Grounds;

/// <summary>All charge lines as they lie: a hash of the whole in order, and one of each line.</summary>
internal sealed record Lines(string Hash, IReadOnlyList<UInt128> Each)
{
    /// <summary>Lines of <paramref name="whole"/> that are missing here.</summary>
    public int LostOf(Lines whole) => Surplus(whole.Each, Each);

    /// <summary>Lines here that <paramref name="whole"/> has not, or not as often.</summary>
    public int DoubledOver(Lines whole) => Surplus(Each, whole.Each);

    private static int Surplus(IReadOnlyList<UInt128> of, IReadOnlyList<UInt128> over)
    {
        var left = over.CountBy(h => h).ToDictionary();
        return of.CountBy(h => h).Sum(h => Math.Max(0, h.Value - left.GetValueOrDefault(h.Key)));
    }
}

/// <summary>A database to torment: it can be set back to a kept state, read past the program, and checked.</summary>
internal abstract class Ground(string folder) : IAsyncDisposable
{
    // Neither the run's number nor a moment: both may differ between a run that died and one that did not.
    private const string LinesInOrder =
        "SELECT posted_in, account_id, number, period, service, component, bases, quantity, unit, amount_minor, amount_currency, vat_rate, "
        + "vat_minor, working FROM billing_charge_line ORDER BY posted_in, account_id, number, service, component, amount_minor";

    protected string Folder => folder;

    /// <summary>As the option --database of the program takes it.</summary>
    public abstract string Address { get; }

    /// <summary>The process that the server's processes descend from; null: there is no server, or it is not ours.</summary>
    public virtual int? ServerProcess => null;

    /// <summary>True: the server is ours and may be killed too.</summary>
    public virtual bool HasServer => false;

    /// <summary>Remembers what is there now as the beginning of every round.</summary>
    public abstract Task Keep(CancellationToken stop);

    /// <summary>Back to what was kept.</summary>
    public abstract Task Begin(CancellationToken stop);

    /// <summary>What the database itself finds wrong with its files; null: nothing.</summary>
    public abstract Task<string?> Check(CancellationToken stop);

    public virtual void KillServer() => throw new NotSupportedException("There is no server.");
    public virtual void StartServer() => throw new NotSupportedException("There is no server.");

    public async Task<Lines> ReadLines(CancellationToken stop)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var each = new List<UInt128>();
        await foreach (var row in Query(LinesInOrder, stop))
        {
            var line = SHA256.HashData(row);
            whole.AppendData(line);
            each.Add(BitConverter.ToUInt128(line));
        }

        return new(Convert.ToHexStringLower(whole.GetHashAndReset()), each);
    }

    /// <summary>Runs whose own count differs from their lines, or that are not posted.</summary>
    public Task<long> WrongRuns(CancellationToken stop) => Number(
        "SELECT COUNT(*) FROM billing_run r WHERE r.state <> 2 "
        + "OR r.lines <> (SELECT COUNT(*) FROM billing_charge_line l WHERE l.run_id = r.id) "
        + "OR r.total_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM billing_charge_line l WHERE l.run_id = r.id)", stop);

    public async Task<List<string>> Codes(CancellationToken stop)
    {
        var codes = new List<string>();
        await foreach (var row in Query("SELECT code FROM registry_territory", stop))
            codes.Add(Encoding.UTF8.GetString(row).Trim('\0'));
        return codes;
    }

    /// <summary>A hash over the rows of every table, whatever tables there are; the order in which rows lie does not count.</summary>
    public async Task<string> Contents(CancellationToken stop)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var tables = new List<string>();
        await foreach (var row in Query(Tables, stop))
            tables.Add(Encoding.UTF8.GetString(row).Trim('\0'));
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            whole.AppendData(Encoding.UTF8.GetBytes(table));
            var rows = new List<UInt128>();
            await foreach (var row in Query($"SELECT * FROM \"{table}\"", stop))
                rows.Add(BitConverter.ToUInt128(SHA256.HashData(row)));
            foreach (var row in rows.Order())
                whole.AppendData(BitConverter.GetBytes(row));
        }

        return Convert.ToHexStringLower(whole.GetHashAndReset());
    }

    /// <summary>A file that is there while a transaction is written into the database; null: there is none to look for.</summary>
    public virtual string? Journal => null;

    /// <summary>A query for the names of all tables; parts of a table are in that table.</summary>
    protected abstract string Tables { get; }

    protected abstract Task<DbConnection> Open(CancellationToken stop);

    public abstract ValueTask DisposeAsync();

    protected async Task<long> Number(string sql, CancellationToken stop)
    {
        await using var connection = await Open(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    /// <summary>Each row as bytes: its fields as text, or as they are when they are bytes, each ended by a zero.</summary>
    private async IAsyncEnumerable<byte[]> Query(
        string sql, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await using var connection = await Open(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(stop);
        using var row = new MemoryStream();
        while (await reader.ReadAsync(stop))
        {
            row.SetLength(0);
            for (var i = 0; i < reader.FieldCount; i++)
            {
                row.Write(reader.GetValue(i) is byte[] bytes ? bytes
                    : Encoding.UTF8.GetBytes(Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? ""));
                row.WriteByte(0);
            }

            yield return row.ToArray();
        }
    }
}
