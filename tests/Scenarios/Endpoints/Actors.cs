using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Server.Staff;
using Ochag.Storage;

namespace Ochag.Scenarios.Endpoints;

/// <summary>Somebody who calls: a stranger, a person in a role at home, one half signed in, one dismissed.</summary>
internal sealed record Actor(string Name, Guid? Staff, bool Confirmed);

/// <summary>The people of the matrix and their sessions, each new for its one request: a request may end it.</summary>
internal sealed partial class Actors(IServiceProvider services, HttpClient http)
{
    public Uri Root => http.BaseAddress!;

    public static async Task<IReadOnlyList<Actor>> Hire(IServiceProvider services, long territory)
    {
        await using var scope = services.CreateAsyncScope();
        var actors = new List<Actor> { new("anonymous", null, false) };
        foreach (var role in Roles.All)
            actors.Add(new(role, await Hire(scope, role, role, territory), true));
        actors.Add(new("half", await Hire(scope, "half", Roles.Administrator, territory), false));
        var dismissed = await Hire(scope, "dismissed", Roles.Administrator, territory);
        await scope.ServiceProvider.GetRequiredService<OchagDb>().Set<StaffUser>().Where(u => u.Id == dismissed)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.State, StaffState.Dismissed));
        actors.Add(new("dismissed", dismissed, true));
        return actors;
    }

    /// <summary>The administrator of a base that has nothing else yet.</summary>
    public static async Task<Actor> First(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return new("first", await Hire(scope, "first", Roles.Administrator, null), true);
    }

    /// <summary>The request as the person sends it: with his session and, where something changes, the token of his form.</summary>
    public async Task<HttpResponseMessage> Send(
        Actor actor, string method, string path, IEnumerable<(string Name, string Value)> form, CancellationToken stop)
    {
        var session = await SignIn(actor);
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (method is "GET" or "HEAD")
        {
            Carry(request, session);
        }
        else
        {
            var (cookie, token) = await Token(session, stop);
            Carry(request, session, cookie);
            request.Content = new FormUrlEncodedContent(
                form.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        }

        return await http.SendAsync(request, stop);
    }

    /// <summary>His session as a cookie. Through the same code as a sign-in, without its form and its hashing.</summary>
    public async Task<string> SignIn(Actor actor)
    {
        if (actor.Staff is not { } id)
            return "";
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<StaffUser>>();
        signIn.Context = context;
        var user = (await signIn.UserManager.FindByIdAsync(id.ToString()))!;
        Claim[] confirmed = actor.Confirmed ? [new(StaffClaims.Method, StaffClaims.Confirmed)] : [];
        await signIn.SignInWithClaimsAsync(user, new AuthenticationProperties(), confirmed);
        return context.Response.Headers.SetCookie.Single()!.Split(';')[0];
    }

    private static async Task<Guid> Hire(AsyncServiceScope scope, string login, string role, long? territory)
    {
        var made = await scope.ServiceProvider.GetRequiredService<StaffDirectory>()
            .Create(login, login, "a long enough sentence", [(role, territory)], "test");
        if (!made.Succeeded)
            throw new InvalidOperationException(made.ToString());
        return (await scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>().FindByNameAsync(login))!.Id;
    }

    private async Task<(string Cookie, string Token)> Token(string session, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/console/sign-in", UriKind.Relative));
        Carry(request, session);
        using var answer = await http.SendAsync(request, stop);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("ochag.form=", StringComparison.Ordinal));
        return (cookie.Split(';')[0], TokenField().Match(await answer.Content.ReadAsStringAsync(stop)).Groups["token"].Value);
    }

    private static void Carry(HttpRequestMessage request, params string[] cookies) =>
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Where(c => c.Length > 0)));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex TokenField();
}
