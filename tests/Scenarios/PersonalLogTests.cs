using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Endpoints;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Settings;
using Ochag.Server.Staff;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>A resident's name and telephone beside the pages: in logs, in addresses, on pages of errors.</summary>
public sealed class PersonalLogTests : IAsyncLifetime
{
    private const string Name = "Перепёлкина Аграфена Мокеевна";
    private const string Phone = "+79249990901";
    private static readonly string[] Traces = ["Перепёлкин", "%D0%9F%D0%B5%D1%80%D0%B5%D0%BF", "9249990901"];

    private readonly ServerFixture _server = new();
    private readonly Ear _ear = new();
    private Place _place = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_log_no_address_and_no_page_of_an_error_tells_who_a_resident_is()
    {
        var account = $"/console/accounts/{_place.Account.Value}";
        using var engineer = await Visitor.SignIn(_server, "engineer");
        (await engineer.Get(account)).Page.ShouldContain(Name, customMessage: "the canary sings where it may");
        await engineer.Get("/console/search");
        (await engineer.Post("/console/search/hits", ("q", Name))).Page.ShouldContain(Name);
        await engineer.Post("/console/search", ("q", "Перепелкина Агрофена"));
        await engineer.Post("/console/search", ("q", Phone));
        engineer.Asked.Count(a => a.Contains("/console/search", StringComparison.Ordinal)).ShouldBeGreaterThan(2);
        foreach (var (path, fields) in new (string, (string, string)[])[]
        {
            (account + "/residents/in", [("count", Name), ("from", Phone)]),
            (account + "/reading", [("day", Name)]),
            ("/console/exports", [("territory", Name), ("kind", Phone)]),
            ("/console/runs", [("territory", Name), ("month", Phone)]),
        })
        {
            await engineer.Get(path);
            ((int)(await engineer.Post(path, fields)).Status).ShouldBeInRange(400, 499, path);
        }

        (await engineer.Upload(
            "/console/imports", "holders.csv", "account;name;phone\n1;Перепёлкина Аграфена Мокеевна;+79249990901\n"u8.ToArray(),
            ("territory", "home"), ("kind", "holders"))).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/console/accounts/999999", "/console/nothing", account + "/holders/1" })
            Hides((await engineer.Get(path)).Page, path);

        Hides(string.Join('\n', engineer.Asked), "addresses");
        _ear.Heard.ShouldNotBeEmpty();
        Hides(string.Join('\n', _ear.Heard), "logs");
    }

    public async ValueTask InitializeAsync()
    {
        _server.Settings[SettingCatalogue.SecondFactor.Name] = "optional";
        _server.Settings[SettingCatalogue.LogLevel.Name] = "Information";
        _server.More = services => services.AddSingleton<ILoggerProvider>(_ear);
        await _server.InitializeAsync();
        await using var scope = _server.Services.CreateAsyncScope();
        _place = await Place.Make(scope.ServiceProvider, "home", Stop);
        var made = await scope.ServiceProvider.GetRequiredService<StaffDirectory>().Create(
            "engineer", "Инженер", CityFixture.Password, [(Roles.Engineer, _place.Territory.Id.Value)], "test");
        made.Succeeded.ShouldBeTrue();
        var number = (await scope.ServiceProvider.GetRequiredService<IRegistryDesk>()
            .FindAccount(_place.Account, [_place.Territory.Id], Stop))!.Number;
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"account;name;share;phone\n{number};{Name};1/2;{Phone}\n1;{Name};1;{Phone}\n", Stop);
        await scope.ServiceProvider.GetRequiredService<IImports>().Take(
            new(_place.Territory, "holders", file, "holders.csv", "test"), null, Stop);
        File.Delete(file);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Hides(string text, string where)
    {
        foreach (var trace in Traces)
            text.ShouldNotContain(trace, customMessage: where);
    }

    /// <summary>Hears what the program logs, as its own settings let it through.</summary>
    private sealed class Ear : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Heard { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Heard.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
