using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Jobs;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>Long work in a database: asked for once, told, cancelled, tried again, and taken up after a server's end.</summary>
public abstract class JobTests(Database database) : StoreTests(database)
{
    [Fact]
    public async Task A_job_is_done_once_and_its_end_its_log_and_its_result_are_kept()
    {
        await using var shop = new Shop(Database);
        var asked = await shop.Desk.Start(shop.Request("a", "right"), Stop);
        (await shop.Desk.Start(shop.Request("a", "right"), Stop)).Id.ShouldBe(asked.Id, "it is not over yet");
        shop.Kind.Let(JobEnd.Done("/console/there"));
        var done = await shop.Ended(asked.Id);
        (done.State, done.Permille, done.Result, done.Owner).ShouldBe((JobState.Done, 1000, "/console/there", "operator"));
        (await shop.Book(b => b.Lines(asked.Id, Stop))).Select(l => l.Key).ShouldBe(["begun", "run.buildings", "ended.Done"]);
        shop.Kind.Worked.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_refused_or_breaks_says_why_and_can_be_tried_again_as_a_new_job()
    {
        await using var shop = new Shop(Database);
        var first = await shop.Desk.Start(shop.Request("b", "x"), Stop);
        shop.Kind.Let(JobEnd.Refused(new("imports.upload-gone", ("file", "дома.csv"))));
        var refused = await shop.Ended(first.Id);
        (refused.State, refused.Reason, refused.MayRetry).ShouldBe((JobState.Refused, "imports.upload-gone (file: дома.csv)", true));

        var second = await shop.Desk.Start(shop.Request("b", "x"), Stop, first.Id);
        shop.Kind.Break();
        var failed = await shop.Ended(second.Id);
        (failed.State, failed.RetryOf).ShouldBe((JobState.Failed, first.Id));
        failed.Reason.ShouldStartWith(JobWorker.Fault);
        (await shop.Book(b => b.Find(first.Id, Stop)))!.State.ShouldBe(JobState.Refused, "the old one stays as it ended");
    }

    [Fact]
    public async Task Cancelled_while_it_waits_it_never_begins_and_while_it_works_it_is_told()
    {
        await using var shop = new Shop(Database);
        var working = await shop.Desk.Start(shop.Request("c", "1"), Stop);
        var waiting = await shop.Desk.Start(shop.Request("d", "2"), Stop);
        await shop.Kind.Begun;
        await shop.Desk.Cancel(waiting.Id, Stop);
        await shop.Desk.Cancel(working.Id, Stop);
        (await shop.Ended(working.Id)).State.ShouldBe(JobState.Cancelled);
        (await shop.Ended(waiting.Id)).State.ShouldBe(JobState.Cancelled);
        shop.Kind.Worked.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_end_of_a_server_what_waited_goes_on_and_what_was_at_work_is_told_as_interrupted()
    {
        Job working, waiting;
        await using (var shop = new Shop(Database, works: false))
        {
            working = await shop.Desk.Put(shop.Request("e", "1"), Stop);
            waiting = await shop.Desk.Put(shop.Request("f", "2"), Stop);
            // As a killed server leaves it: at work, and nobody works.
            (await shop.Book(b => b.Begin(working.Id, Stop))).ShouldNotBeNull();
        }

        await using var next = new Shop(Database);
        next.Kind.Let(JobEnd.Done(null));
        (await next.Ended(working.Id)).State.ShouldBe(JobState.Interrupted);
        (await next.Ended(waiting.Id)).State.ShouldBe(JobState.Done);
    }

    /// <summary>A desk with its worker and one kind of work, which the test holds in its hand.</summary>
    private sealed class Shop : IAsyncDisposable
    {
        private readonly Database _database;
        private readonly JobWorker _worker;
        private readonly ApplicationLifetime _life = new(NullLogger<ApplicationLifetime>.Instance);

        /// <param name="works">Its worker takes what is asked for; otherwise jobs only wait.</param>
        public Shop(Database database, bool works = true)
        {
            _database = database;
            var scopes = database.Services.GetRequiredService<IServiceScopeFactory>();
            Desk = new(scopes, [Kind]);
            _worker = new(scopes, Desk, [Kind], _life, NullLogger<JobWorker>.Instance);
            if (works)
                _worker.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
            _life.NotifyStarted();
        }

        public Held Kind { get; } = new();
        public JobDesk Desk { get; }

        public JobRequest Request(string subject, string payload) => new(Kind.Name, subject, "дома.csv", 1, payload, "operator");

        public async Task<T> Book<T>(Func<JobBook, Task<T>> ask)
        {
            await using var scope = _database.Services.CreateAsyncScope();
            return await ask(scope.ServiceProvider.GetRequiredService<JobBook>());
        }

        public async Task<Job> Ended(long id)
        {
            while (true)
            {
                Stop.ThrowIfCancellationRequested();
                if (await Book(b => b.Find(id, Stop)) is { IsActive: false } job)
                    return job;
                await Task.Yield();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _worker.StopAsync(CancellationToken.None);
            _worker.Dispose();
        }
    }

    private sealed class Held : IJobKind
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource<JobEnd> _end = New();

        public string Name => "held";
        public int Worked { get; private set; }
        public Task Begun => _begun.Task;

        public void Let(JobEnd end) => _end.TrySetResult(end);

        public void Break() => _end.TrySetException(new InvalidOperationException("invented"));

        public async Task<JobEnd> Work(Job job, JobPulse pulse, CancellationToken stop)
        {
            Worked++;
            _begun.TrySetResult();
            pulse.Reach(400);
            pulse.Say("run.buildings", "4", "10");
            try
            {
                return await _end.Task.WaitAsync(stop);
            }
            finally
            {
                if (!stop.IsCancellationRequested)
                    _end = New();
            }
        }

        private static TaskCompletionSource<JobEnd> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

public sealed class JobTests_on_Sqlite(SqliteDatabase database) : JobTests(database), IClassFixture<SqliteDatabase>;

public sealed class JobTests_on_Postgres(PostgresDatabase database) : JobTests(database), IClassFixture<PostgresDatabase>;
