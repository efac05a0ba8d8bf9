using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Entry;

/// <summary>The second step of a sign-in, and setting it up.</summary>
internal static class SecondFactorRoutes
{
    private const int RecoveryCodes = 10;

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/second-factor", async (HttpContext http, SignInManager<StaffUser> signIn, string? to, string? recovery) =>
            await signIn.GetTwoFactorAuthenticationUserAsync() is null
                ? Page.To(http, "/console/sign-in")
                : Page.Of<SecondFactorPage>(new { To = to, Recovery = recovery == "yes" })).AllowAnonymous();
        console.MapPost("/second-factor", Verify).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        console.MapGet("/second-factor/set-up", SetUpForm).RequireAuthorization(Policies.SignedIn);
        console.MapPost("/second-factor/set-up", SetUp).RequireAuthorization(Policies.SignedIn)
            .RequireRateLimiting(Limits.SignIn);
    }

    private static async Task<IResult> Verify(
        HttpContext http, UserManager<StaffUser> users, SignInManager<StaffUser> signIn, IStringLocalizer<Texts> texts,
        ILogger<SecondFactorPage> log)
    {
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = new FormState(sent);
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { State: StaffState.Active } user)
            return Page.To(http, "/console/sign-in");

        var recovery = form["recovery"] == "yes";
        var code = Plain(form["code"]);
        var used = SessionTickets.IdOf(user.Id + code);
        if (!recovery && used == user.LastCodeHash)
        {
            form.Refuse("code", texts["factor.used"]);
        }
        else
        {
            var result = recovery
                ? await signIn.TwoFactorRecoveryCodeSignInAsync(form["code"].Trim())
                : await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false);
            if (result.Succeeded)
            {
                if (!recovery)
                {
                    user.LastCodeHash = used;
                    await users.UpdateAsync(user);
                }

                log.LogInformation("Signed in with second factor: {Staff}, recovery code {Recovery}", user.Id, recovery);
                return Page.To(http, Page.Back(http, sent["to"], "/console"));
            }

            log.LogWarning("Second factor refused: {Staff}, locked {Locked}", user.Id, result.IsLockedOut);
            form.Refuse("code", texts[recovery ? "factor.recovery.wrong" : "factor.wrong"]);
        }

        return Page.Of<SecondFactorPage>(
            new { Form = form, To = form["to"], Recovery = recovery }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SetUpForm(HttpContext http, UserManager<StaffUser> users, SignInManager<StaffUser> signIn)
    {
        var user = (await users.GetUserAsync(http.User))!;
        // Who has it already confirms himself first; a stolen half-open session must not put its own phone in place.
        if (user.TwoFactorEnabled && !IsConfirmed(http))
            return Page.To(http, "/console/sign-in");
        if (string.IsNullOrEmpty(await users.GetAuthenticatorKeyAsync(user)))
        {
            // A new key renews the stamp, which ends every session: this one goes on with the new stamp.
            await users.ResetAuthenticatorKeyAsync(user);
            await signIn.SignInWithClaimsAsync(
                user, new AuthenticationProperties(), [.. http.User.FindAll(StaffClaims.Method)]);
        }

        return await ShowSetUp(users, user, new FormState(), StatusCodes.Status200OK);
    }

    private static async Task<IResult> ShowSetUp(UserManager<StaffUser> users, StaffUser user, FormState form, int status)
    {
        var key = await users.GetAuthenticatorKeyAsync(user);
        var address = $"otpauth://totp/Ochag:{Uri.EscapeDataString(user.UserName!)}?secret={key}&issuer=Ochag&digits=6";
        return Page.Of<SecondFactorSetUpPage>(new { Form = form, Address = address, Secret = Grouped(key!) }, status);
    }

    private static async Task<IResult> SetUp(
        HttpContext http, UserManager<StaffUser> users, SignInManager<StaffUser> signIn, IStringLocalizer<Texts> texts,
        ILogger<SecondFactorSetUpPage> log)
    {
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        var user = (await users.GetUserAsync(http.User))!;
        if (user.TwoFactorEnabled && !IsConfirmed(http))
            return Page.To(http, "/console/sign-in");
        // The form of an old tab: there is no key yet, or no more, that its code could fit.
        if (string.IsNullOrEmpty(await users.GetAuthenticatorKeyAsync(user)))
            return Page.To(http, "/console/second-factor/set-up");
        var code = Plain(form["code"]);
        if (!await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            form.Refuse("code", texts["factor.wrong"]);
            return await ShowSetUp(users, user, form, StatusCodes.Status422UnprocessableEntity);
        }

        user.LastCodeHash = SessionTickets.IdOf(user.Id + code);
        await users.SetTwoFactorEnabledAsync(user, true); // renews the stamp: every other session of the person ends
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes);
        log.LogInformation("Second factor set up: {Staff}", user.Id);
        await signIn.SignInWithClaimsAsync(
            user, new AuthenticationProperties(), [new Claim(StaffClaims.Method, StaffClaims.Confirmed)]);
        return Page.Of<RecoveryCodesPage>(new { Codes = codes!.ToList() });
    }

    private static bool IsConfirmed(HttpContext http) => http.User.HasClaim(StaffClaims.Method, StaffClaims.Confirmed);

    /// <summary>People type "123 456" as their phone shows it.</summary>
    private static string Plain(string code) => new([.. code.Where(char.IsAsciiDigit)]);

    private static string Grouped(string key)
    {
        var text = new StringBuilder();
        for (var i = 0; i < key.Length; i++)
            text.Append(i > 0 && i % 4 == 0 ? " " : "").Append(char.ToUpperInvariant(key[i]));
        return text.ToString();
    }
}
