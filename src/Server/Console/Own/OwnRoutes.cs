using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Own;

/// <summary>A person's own account: password, second factor, where he is signed in.</summary>
internal static class OwnRoutes
{
    public static void Map(RouteGroupBuilder console)
    {
        var own = console.MapGroup("/own").RequireAuthorization(Policies.Staff);
        own.MapGet("", (HttpContext http, UserManager<StaffUser> users, StaffDirectory staff, string? said) =>
            Show(http, users, staff, new FormState(), said, StatusCodes.Status200OK));
        own.MapPost("/password", ChangePassword).RequireRateLimiting(Limits.SignIn);
        own.MapPost("/sessions/end", async (HttpContext http, StaffDirectory staff) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            await staff.EndSession(http.User.StaffId(), form["id"].ToString());
            return Page.To(http, "/console/own?said=ended");
        });
        own.MapPost("/sessions/end-others", async (HttpContext http, StaffDirectory staff) =>
        {
            await staff.EndOtherSessions(http.User.StaffId(), await ThisSession(http));
            return Page.To(http, "/console/own?said=ended");
        });
    }

    private static async Task<IResult> ChangePassword(
        HttpContext http, UserManager<StaffUser> users, SignInManager<StaffUser> signIn, StaffDirectory staff,
        IStringLocalizer<Texts> texts, ILogger<OwnPage> log)
    {
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        var user = (await users.GetUserAsync(http.User))!;
        var (now, next) = (form["now"], form["next"]);
        if (PasswordRules.Refuse(next, user.UserName, user.DisplayName) is { } refused)
            form.Refuse("next", texts[refused]);
        else if (next != form["again"])
            form.Refuse("again", texts["setUp.again.differs"]);
        // Counted like a sign-in: an open session must not be a place to guess in.
        var knows = await users.HasPasswordAsync(user) && !CameByLink(http);
        if (!form.IsRefused && knows && !(await signIn.CheckPasswordSignInAsync(user, now, lockoutOnFailure: true)).Succeeded)
            form.Refuse("now", texts["own.password.wrong"]);
        if (form.IsRefused)
            return await Show(http, users, staff, form, null, StatusCodes.Status422UnprocessableEntity);

        var changed = knows ? await users.ChangePasswordAsync(user, now, next) : await SetAnew(users, user, next);
        if (!changed.Succeeded)
            throw new InvalidOperationException($"The password was not changed: {changed}");
        log.LogInformation("Password changed: {Staff}", user.Id);
        var methods = http.User.FindAll(StaffClaims.Method).ToList();
        await signIn.SignInWithClaimsAsync(user, new AuthenticationProperties(), methods);
        await staff.EndOtherSessions(user.Id, await ThisSession(http));
        return Page.To(http, "/console/own?said=password");
    }

    private static bool CameByLink(HttpContext http) => http.User.HasClaim(ClaimTypes.AuthenticationMethod, "link");

    /// <summary>Who was let in by an administrator's link has no password yet, or has forgotten it.</summary>
    private static async Task<IdentityResult> SetAnew(UserManager<StaffUser> users, StaffUser user, string next)
    {
        if (await users.HasPasswordAsync(user))
            await users.RemovePasswordAsync(user);
        return await users.AddPasswordAsync(user, next);
    }

    private static async Task<IResult> Show(
        HttpContext http, UserManager<StaffUser> users, StaffDirectory staff, FormState form, string? said, int status)
    {
        var user = (await users.GetUserAsync(http.User))!;
        return Page.Of<OwnPage>(new
        {
            Form = form,
            Said = said is "ended" or "password" ? "own.said." + said : null,
            Sessions = await staff.Sessions(user.Id, http.RequestAborted),
            This = await ThisSession(http),
            AsksPassword = await users.HasPasswordAsync(user) && !CameByLink(http),
            HasFactor = user.TwoFactorEnabled,
            CodesLeft = user.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(user) : 0,
        }, status);
    }

    private static async Task<string> ThisSession(HttpContext http) =>
        (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties?
            .Items.TryGetValue(SessionTickets.KeyItem, out var id) == true ? id ?? "" : "";
}
