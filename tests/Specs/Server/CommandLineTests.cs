using Ochag.Server.Cli;
using Shouldly;

namespace Ochag.Specs.Server;

/// <summary>A value that cannot be is refused before anything is opened: exit code 2, with what is allowed.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("import houses f --territory ekb --limit -5", "a whole number from 1 to")]
    [InlineData("import houses f --territory ekb --limit 0", "a whole number from 1 to")]
    [InlineData("import houses f --territory ekb --limit 99999999999", "a whole number from 1 to")]
    [InlineData("import houses f --territory ekb --rejects \"\"", "--rejects is empty")]
    [InlineData("import houses f.csv --territory ekb --rejects ./f.csv", "cannot be the register itself")]
    [InlineData("import houses f", "'--territory' is required")]
    [InlineData("generate accounts --from-houses --territory ekb --seed x", "a whole number from 0 to")]
    [InlineData("generate accounts --from-houses --territory ekb --seed -1", "a whole number from 0 to")]
    [InlineData("generate accounts --from-houses --territory ekb --limit 1.5", "a whole number from 1 to")]
    [InlineData("generate accounts --from-houses --territory ekb --through 2026", "a month from 1991-01 to 2198-12")]
    [InlineData("generate accounts --territory ekb", "--from-houses is needed")]
    [InlineData("bill run --territory ekb --month 2026-13", "a month from 1991-01 to 2198-12")]
    [InlineData("bill run --territory ekb --month 2026-09 --month 2026-10", "expects a single argument")]
    [InlineData("bill run --territory ekb", "'--month' is required")]
    [InlineData("bill check --territory ekb --month October", "a month from 1991-01 to 2198-12")]
    [InlineData("territory add ekb --time-zone Asia/Chita --billed-since 2199-12", "a month from 1991-01 to 2198-12")]
    [InlineData("cases run f --pack ../..", "it is one of ru-354, ua-gas")]
    [InlineData("cases run .", "which is a folder: name a file in it")]
    [InlineData("restore ..", "which is a folder: name a file in it")]
    [InlineData("serve --port 99999", "--port")]
    [InlineData("restore f --replace perhaps", "perhaps")]
    public void A_value_that_cannot_be_is_told_with_what_can_be(string line, string told) =>
        Commands.Root().Parse(line).Errors.Select(e => e.Message).ShouldContain(m => m.Contains(told, StringComparison.Ordinal), line);

    [Fact]
    public void A_backup_may_go_into_a_folder() => Commands.Root().Parse("backup .").Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("serve", "--urls", "http://localhost:99999")]
    [InlineData("demo", "--urls", "")]
    [InlineData("serve", "--set", "nothing")]
    [InlineData("config", "show", "--set", "Sesion:Idle=00:20:00")]
    [InlineData("health", "--set", "Urls=nowhere")]
    [InlineData("territory", "list", "--database", "mysql:x")]
    [InlineData("backup", "")]
    [InlineData("restore", " ")]
    [InlineData("cases", "run", "")]
    [InlineData("bill")]
    [InlineData("bil")]
    public async Task Misuse_is_exit_code_2(params string[] args) => (await Commands.Run(args)).ShouldBe(Commands.Misused);
}
