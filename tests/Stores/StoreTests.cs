using Ochag.Stores.Fixtures;

namespace Ochag.Stores;

/// <summary>
/// Written once, run on both databases: a behaviour is an abstract class, its two sealed subclasses choose the
/// database. Where a database is missing the tests are shown as skipped with the reason.
/// </summary>
public abstract class StoreTests
{
    protected StoreTests(Database database)
    {
        if (database.Absent is { } reason)
        {
            if (Environment.GetEnvironmentVariable("OCHAG_TEST_POSTGRES") == "required")
                Assert.Fail($"OCHAG_TEST_POSTGRES=required, but {reason}");
            Assert.Skip(reason);
        }

        Database = database;
    }

    protected Database Database { get; }

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;
}
