using Ochag.Server.Staff;
using Shouldly;

namespace Ochag.Specs.Server;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("короткий", "password.short")]
    [InlineData("абвабвабвабвабвабв", "password.repeated")]
    [InlineData("пароль пароль 2026 пароль", "password.common")]
    [InlineData("Qwertyuiop1234567890", "password.common")]
    [InlineData("ВоскресенскаяАлександра", "password.common")]
    [InlineData("синяя баржа везёт арбузы", null)]
    [InlineData("correct horse battery staple", null)]
    public void A_password_is_long_and_not_what_anybody_would_guess(string password, string? refused) =>
        PasswordRules.Refuse(password, "av.voskresenskaya", "Воскресенская Александра").ShouldBe(refused);

    [Fact]
    public void A_password_has_an_end() =>
        PasswordRules.Refuse(string.Concat(Enumerable.Range(0, 40).Select(i => $"w{i}-"))).ShouldBe("password.long");
}
