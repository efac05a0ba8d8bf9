using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Ochag.Server.Audit;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Entry;

/// <summary>The ways in and out: sign-in, one-time links, the first administrator, sign-out.</summary>
internal static class EntryRoutes
{
    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/sign-in", (string? to, string? said) => Page.Of<SignInPage>(
            new { To = to, Message = said == "out" ? "signOut.done" : null })).AllowAnonymous();
        console.MapPost("/sign-in", SignIn).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        console.MapPost("/sign-out", SignOut).RequireAuthorization(Policies.SignedIn);

        console.MapGet("/set-up", async (string? code, StaffLinks links, StaffDirectory staff, CancellationToken stop) =>
            await links.Find(LinkPurpose.Setup, code, stop) is null || !await staff.IsEmpty(stop)
                ? Page.Of<LinkPage>(new { Valid = false }, StatusCodes.Status410Gone)
                : Page.Of<SetUpPage>(new { Code = code })).AllowAnonymous();
        console.MapPost("/set-up", SetUp).AllowAnonymous().RequireRateLimiting(Limits.SignIn);

        console.MapGet("/link", async (string? code, StaffLinks links, CancellationToken stop) =>
            await links.Find(LinkPurpose.SignIn, code, stop) is { } link
                ? Page.Of<LinkPage>(new { Valid = true, Code = code })
                : Page.Of<LinkPage>(new { Valid = false }, StatusCodes.Status410Gone)).AllowAnonymous();
        console.MapPost("/link", ByLink).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
    }

    private static async Task<IResult> SignIn(
        HttpContext http, UserManager<StaffUser> users, SignInManager<StaffUser> signIn, IStringLocalizer<Texts> texts,
        AuditBook book, ILogger<SignInPage> log)
    {
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = new FormState(sent);
        var to = Page.Back(http, sent["to"], "/console");
        if (form["login"].Trim().Length == 0)
            form.Refuse("login", texts["signIn.login.empty"]);
        if (form["password"].Length == 0)
            form.Refuse("password", texts["signIn.password.empty"]);
        if (!form.IsRefused)
        {
            var user = await users.FindByNameAsync(form["login"].Trim());
            if (user is { State: StaffState.Active })
            {
                var result = await signIn.PasswordSignInAsync(user, form["password"], isPersistent: false, lockoutOnFailure: true);
                if (result.RequiresTwoFactor)
                    return Page.To(http, "/console/second-factor?to=" + Uri.EscapeDataString(to));
                if (result.Succeeded)
                {
                    log.LogInformation("Signed in: {Staff}", user.Id);
                    return Page.To(http, to);
                }

                log.LogWarning("Sign-in refused: {Staff}, locked {Locked}", user.Id, result.IsLockedOut);
            }
            else
            {
                // The same work as for a real person: the time of the answer must not tell who works here.
                users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, form["password"]);
                log.LogWarning("Sign-in refused: unknown");
            }

            // An unknown name is not kept: it may be a password in the wrong field.
            await book.Write(AuditActions.SignInRefused, user?.UserName ?? "?", login: user?.UserName ?? "?");

            // One sentence for unknown, wrong, dismissed and locked.
            form.Refuse("", texts["signIn.refused"]);
        }

        return Page.Of<SignInPage>(new { Form = form, To = to }, StatusCodes.Status422UnprocessableEntity);
    }

    private static readonly StaffUser Nobody = new();

    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<StaffUser>(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 600_000 })).HashPassword(Nobody, "-"));

    private static async Task<IResult> SignOut(HttpContext http, AuditBook book, ILogger<SignInPage> log)
    {
        await book.Write(AuditActions.SignedOut, http.User.Login());
        log.LogInformation("Signed out: {Staff}", http.User.StaffId());
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Page.To(http, "/console/sign-in?said=out");
    }

    private static async Task<IResult> SetUp(
        HttpContext http, StaffLinks links, StaffDirectory staff, UserManager<StaffUser> users,
        SignInManager<StaffUser> signIn, IStringLocalizer<Texts> texts, ILogger<SetUpPage> log)
    {
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        var link = await links.Find(LinkPurpose.Setup, form["code"]);
        if (link is null || !await staff.IsEmpty())
            return Page.Of<LinkPage>(new { Valid = false }, StatusCodes.Status410Gone);

        var (name, login) = (form["name"].Trim(), form["login"].Trim());
        if (name.Length is 0 or > 200)
            form.Refuse("name", texts["setUp.name.empty"]);
        if (login.Length is < 3 or > 100 || login.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            form.Refuse("login", texts["setUp.login.wrong"]);
        if (PasswordRules.Refuse(form["password"], login, name) is { } refused)
            form.Refuse("password", texts[refused]);
        else if (form["password"] != form["again"])
            form.Refuse("again", texts["setUp.again.differs"]);
        if (form.IsRefused)
            return Page.Of<SetUpPage>(new { Form = form, Code = form["code"] }, StatusCodes.Status422UnprocessableEntity);

        // Spent first: of two browsers with the same link only one makes an administrator.
        if (!await links.Spend(link))
            return Page.Of<LinkPage>(new { Valid = false }, StatusCodes.Status410Gone);
        var made = await staff.Create(login, name, form["password"], [(Roles.Administrator, null)], login);
        if (!made.Succeeded)
            throw new InvalidOperationException($"The first administrator was not made: {made}");
        var user = (await users.FindByNameAsync(login))!;
        log.LogInformation("First administrator set up: {Staff}", user.Id);
        await signIn.SignInAsync(user, isPersistent: false, "pwd");
        return Page.To(http, "/console/second-factor/set-up");
    }

    private static async Task<IResult> ByLink(
        HttpContext http, StaffLinks links, UserManager<StaffUser> users, SignInManager<StaffUser> signIn, ILogger<LinkPage> log)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var link = await links.Find(LinkPurpose.SignIn, form["code"]);
        var user = link?.UserId is { } id ? await users.FindByIdAsync(id.ToString()) : null;
        if (link is null || user is not { State: StaffState.Active } || !await links.Spend(link))
            return Page.Of<LinkPage>(new { Valid = false }, StatusCodes.Status410Gone);
        log.LogInformation("Let in by link: {Staff}", user.Id);
        if (user.TwoFactorEnabled)
        {
            // The link stands for the password only: the second step is asked as after a password.
            var step = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
            step.AddClaim(new Claim(ClaimTypes.Name, user.Id.ToString()));
            await http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(step));
            return Page.To(http, "/console/second-factor");
        }

        await signIn.SignInAsync(user, isPersistent: false, "link");
        return Page.To(http, "/console");
    }
}
