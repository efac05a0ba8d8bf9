using Ochag.Server.Settings;
using Ochag.Storage;
using Shouldly;

namespace Ochag.Specs.Server;

public sealed class SettingsTests
{
    [Fact]
    public void The_command_line_wins_over_the_environment_and_the_environment_over_defaults()
    {
        var variables = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://localhost:1", ["OCHAG__Urls"] = "http://localhost:2", ["OCHAG__Session__Idle"] = "00:10:00",
        };
        var settings = Load(variables, new Dictionary<string, string> { ["Urls"] = "http://localhost:3" });

        settings[SettingCatalogue.Urls].ShouldBe("http://localhost:3");
        settings.SessionIdle.ShouldBe(TimeSpan.FromMinutes(10));
        var urls = settings.All.Single(e => e.Setting == SettingCatalogue.Urls);
        urls.Source.ShouldBe("command line");
        settings.All.Single(e => e.Setting == SettingCatalogue.SessionIdle).Source.ShouldBe("OCHAG__Session__Idle");
        settings.All.Single(e => e.Setting == SettingCatalogue.PathBase).Source.ShouldBe("default");
    }

    [Fact]
    public void An_unknown_name_stops_the_start_and_names_the_nearest() =>
        Should.Throw<SettingsException>(() => Load(new() { ["OCHAG__Sesion__Idle"] = "1" }, []))
            .Faults.ShouldHaveSingleItem().ShouldContain("'Session:Idle'");

    [Theory]
    [InlineData("Session:Idle", "soon")]
    [InlineData("Session:Idle", "-00:01:00")]
    [InlineData("PathBase", "ochag")]
    [InlineData("PathBase", "/ochag/")]
    [InlineData("KnownProxies", "10.0.0.0/8, proxy")]
    [InlineData("PathBase", "/ochag?a")]
    [InlineData("Urls", "localhost:5080")]
    [InlineData("Urls", ";")]
    [InlineData("Urls", "http://localhost:99999")]
    [InlineData("Urls", "http://localhost:0")]
    [InlineData("Urls", "http://localhost:5080/ochag")]
    [InlineData("Urls", "https://localhost:5080")]
    [InlineData("Urls", "http://ochag.example:5080")]
    [InlineData("Urls", "http://*:5080;http://*:5080")]
    [InlineData("Otlp:Endpoint", "nowhere")]
    [InlineData("Database", "postgres:Host=db;Port=99999;Password=secret")]
    [InlineData("Logging:Level", "Loud")]
    [InlineData("Database", "mysql:x")]
    [InlineData("Database", "postgres:Password=secret")]
    public void A_wrong_value_is_refused_by_name(string name, string value)
    {
        var fault = Should.Throw<SettingsException>(() => Load([], new Dictionary<string, string> { [name] = value }))
            .Faults.ShouldHaveSingleItem();
        fault.ShouldStartWith(name);
        fault.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://*:80;http://[::1]:5080")]
    [InlineData("http://+:8080")]
    [InlineData("http://127.0.0.1:0")]
    public void An_address_that_can_be_listened_on_is_taken(string urls) =>
        Load([], new Dictionary<string, string> { ["Urls"] = urls })[SettingCatalogue.Urls].ShouldBe(urls);

    [Fact]
    public void A_wrong_value_is_misuse_only_where_the_command_line_says_it()
    {
        Should.Throw<SettingsException>(() => Load([], new Dictionary<string, string> { ["Urls"] = "nowhere" })).IsMisuse.ShouldBeTrue();
        Should.Throw<SettingsException>(() => Load(new() { ["OCHAG__Urls"] = "nowhere" }, [])).IsMisuse.ShouldBeFalse();
    }

    [Fact]
    public void A_secret_comes_from_its_file_and_is_masked()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "postgres:Host=db;Username=ochag;Password=hidden\n");
            var settings = Load(new() { ["OCHAG__Database_FILE"] = file }, []);
            settings.Store.Store.ShouldBe(Store.Postgres);
            DatabaseAddress.Masked(settings[SettingCatalogue.Database]).ShouldNotContain("hidden");
            DatabaseAddress.Describe(settings.Store).ShouldNotContain("hidden");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static OchagSettings Load(Dictionary<string, string> variables, Dictionary<string, string> given) =>
        OchagSettings.From(SettingSources.Read([], "Production", variables, given));
}
