using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Scenarios.Endpoints;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Jobs;
using Ochag.Server.Settings;
using Ochag.Server.Staff;
using Ochag.Storage;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>A run is watched while it works, and the server goes away under the page.</summary>
public sealed class LostConnectionTests(LostConnectionTests.OwnServer own, ChromiumFixture chromium)
    : BrowserTests(own.Server, chromium), IClassFixture<LostConnectionTests.OwnServer>
{
    [Fact]
    public async Task The_page_of_a_run_says_since_when_the_server_is_gone_and_both_go_on_when_it_is_back()
    {
        var page = await SignIn(await Open("/console/sign-in"));
        await using var held = await own.HoldRun(new(2026, 10));
        await page.GotoAsync($"/console/runs/{own.Run.Value}");
        await page.Locator("#state .state-planned").WaitForAsync();
        await own.Watched();
        (await page.Locator("[data-lost] .note").CountAsync()).ShouldBe(0);

        MayComplainOf = "";
        await own.StopAndLetGo(held);
        await page.Locator("[data-lost] .note").WaitForAsync();
        var said = await page.Locator("[data-lost]").InnerTextAsync();
        said.ShouldContain("Нет связи с сервером с");
        said.ShouldMatch(@"\d{2}:\d{2}:\d{2}");
        (await page.Locator("[data-lost] a").GetAttributeAsync("href")).ShouldBe($"/console/runs/{own.Run.Value}");

        await own.Server.Return();
        await page.Locator("#state .state-suspected").WaitForAsync();
        (await page.Locator("[data-lost] .note").CountAsync()).ShouldBe(0);
    }

    internal static async Task<IPage> SignIn(IPage page)
    {
        await page.FillAsync("#f-login", OwnServer.Login);
        await page.FillAsync("#f-password", CityFixture.Password);
        await page.PressAsync("#f-password", "Enter");
        await page.WaitForURLAsync("**/console");
        return page;
    }

    /// <summary>A server of this scenario alone, which may be stopped, with a run that waits while the database is held.</summary>
    public sealed class OwnServer : IAsyncLifetime
    {
        public const string Login = "watcher";

        private Place _place = null!;
        private Job _job = null!;

        public ServerFixture Server { get; } = new();
        public RunId Run { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Server.Settings[SettingCatalogue.SecondFactor.Name] = "optional";
            await Server.InitializeAsync();
            await using var scope = Server.Services.CreateAsyncScope();
            _place = await Place.Make(scope.ServiceProvider, "lost", CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<StaffDirectory>().Create(
                Login, Login, CityFixture.Password, [(Roles.Engineer, _place.Territory.Id.Value)], "test");
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        /// <summary>Starts the month's run with the database locked by another writer: it works and cannot move on.</summary>
        public async Task<SqliteConnection> HoldRun(BillingPeriod month)
        {
            await using var scope = Server.Services.CreateAsyncScope();
            var run = (await scope.ServiceProvider.GetRequiredService<IBillRuns>().Open(_place.Territory, month, "test", default)).Value;
            Run = run.Id;
            // Written down before the lock: from here on only the run itself waits for the database.
            _job = await Jobs.Put(RunJob.Of(run, _place.Territory, RunWork.Evaluate, "test"), default);
            // Without the pool: given back to it, the lock would go on.
            var place = scope.ServiceProvider.GetRequiredService<OchagDb>().Database.GetConnectionString();
            var held = new SqliteConnection(new SqliteConnectionStringBuilder(place) { Pooling = false }.ConnectionString);
            await held.OpenAsync();
            await using var begin = held.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();
            Jobs.Go(_job);
            return held;
        }

        /// <summary>Done when the run is at work.</summary>
        public async Task Watched()
        {
            await using var scope = Server.Services.CreateAsyncScope();
            var job = await scope.ServiceProvider.GetRequiredService<JobBook>().Find(_job.Id, default);
            if (job is not { IsActive: true })
                throw new InvalidOperationException("The run does not wait.");
        }

        /// <summary>The server is told to stop while the run waits; only then may the run move, and finds itself stopped.</summary>
        public async Task StopAndLetGo(SqliteConnection held)
        {
            var stopped = Server.Stop();
            await held.DisposeAsync();
            await stopped;
        }

        private JobDesk Jobs => Server.Services.GetRequiredService<JobDesk>();
    }
}
