using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Ochag.Foundation;

namespace Ochag.Server.Api.Keys;

/// <summary>
/// Lets in whoever shows a key that counts. The only door of the interface: no cookie opens it, and no page of the console
/// asks here. A key over its limit is not let in either.
/// </summary>
internal sealed class KeyDoor(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, KeyLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Scheme_ = "api-key";
    private const string Scope = "ochag:scope";
    private const string Bearer = "Bearer ";

    private Refusal _refusal = new("api.key-missing");
    private int _status = StatusCodes.Status401Unauthorized;

    /// <summary>A policy for each scope, named like it.</summary>
    public static IServiceCollection AddPolicies(IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyDoor>(Scheme_, null);
        var policies = services.AddAuthorizationBuilder();
        foreach (var scope in Scopes.All)
        {
            policies.AddPolicy(PolicyOf(scope), p => p.AddAuthenticationSchemes(Scheme_).RequireAuthenticatedUser()
                .AddRequirements(new ScopeNeeded(scope)));
        }

        return services.AddSingleton<IAuthorizationHandler, ScopeCheck>();
    }

    public static string PolicyOf(string scope) => "api:" + scope;

    public static bool Has(ClaimsPrincipal who, string scope) => who.HasClaim(Scope, scope);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var book = Context.RequestServices.GetRequiredService<KeyBook>();
        if (await book.Recognise(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } key)
            return No(StatusCodes.Status401Unauthorized, new("api.key-unknown"));
        if (limits.Refuse(key) is { } after)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            Response.Headers.RetryAfter = seconds;
            return No(StatusCodes.Status429TooManyRequests,
                new("api.too-many-requests", ("perMinute", $"{key.PerMinute}"), ("seconds", seconds)));
        }

        Context.Features.Set(key);
        var identity = new ClaimsIdentity(
            key.ScopeList.Select(s => new Claim(Scope, s)).Append(new(ClaimTypes.Name, $"api:{key.Name}")), Scheme_);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme_));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_status == StatusCodes.Status401Unauthorized)
            Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(Context, _status, _refusal).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<ScopeOfEndpoint>()?.Scope ?? "";
        return Problems.Of(Context, StatusCodes.Status403Forbidden, new("api.scope-missing", ("scope", needed))).ExecuteAsync(Context);
    }

    private AuthenticateResult No(int status, Refusal refusal)
    {
        (_status, _refusal) = (status, refusal);
        return AuthenticateResult.Fail(refusal.Code);
    }

    private sealed record ScopeNeeded(string Scope) : IAuthorizationRequirement;

    private sealed class ScopeCheck : AuthorizationHandler<ScopeNeeded>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeNeeded requirement)
        {
            if (Has(context.User, requirement.Scope))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}

/// <summary>The scope that an endpoint needs, for its refusal and its description.</summary>
internal sealed record ScopeOfEndpoint(string Scope);

internal static class KeyedEndpoint
{
    /// <summary>Only keys with the scope come in here.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string scope) =>
        endpoint.RequireAuthorization(KeyDoor.PolicyOf(scope)).WithMetadata(new ScopeOfEndpoint(scope));
}
