using Ochag.Bench.Grounds;

namespace Ochag.Bench.BillRun;

/// <summary>
/// The posted rows of a run written once more, as fast as the database takes them: into tables of the same columns, keys
/// and indexes, in the same order of work and with the same batches, from bytes or values that lie ready.
/// </summary>
internal abstract class RawLoad
{
    // As many accounts as a run commits at once.
    protected const int AccountsInBatch = 1_000;

    /// <summary>What it took; reading the rows and emptying the tables beforehand is not counted.</summary>
    public abstract Task<Spent> Load(CancellationToken stop);

    public static RawLoad Of(Ground ground, int? server) => ground is SqliteGround
        ? new SqliteRawLoad(ground.Address["sqlite:".Length..])
        : new PostgresRawLoad(ground.Address["postgres:".Length..], server);

    /// <summary>The first and the last account of each batch.</summary>
    protected static IEnumerable<(long From, long To)> Batches(IEnumerable<long> accounts) =>
        accounts.Chunk(AccountsInBatch).Select(c => (c[0], c[^1]));
}
