using Microsoft.AspNetCore.Authorization;
using Ochag.Server.Settings;
using Ochag.Server.Staff;

namespace Ochag.Server.Security;

/// <summary>
/// What an endpoint asks of the person. Every endpoint names one of these or says AllowAnonymous; what forgets to is
/// refused to everybody outside and stops the start (<see cref="EndpointGuard"/>).
/// </summary>
internal static class Policies
{
    /// <summary>Signed in, the second factor perhaps not yet given: only the pages that give it, and the way out.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Any member of staff, whole.</summary>
    public const string Staff = "staff";

    public const string Administer = "administer";
    public const string Bill = "bill";
    public const string Operate = "operate";
    public const string Audit = "audit";

    /// <summary>To see and set marks of vulnerable households.</summary>
    public const string Marks = "marks";

    /// <summary>To take tables away.</summary>
    public const string Export = "export";

    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .AddPolicy(SignedIn, p => p.RequireAuthenticatedUser())
            .AddPolicy(Staff, p => Whole(p))
            .AddPolicy(Administer, p => Whole(p, Roles.Administrator))
            .AddPolicy(Bill, p => Whole(p, Roles.Engineer, Roles.Administrator))
            .AddPolicy(Operate, p => Whole(p, Roles.Operator, Roles.Engineer, Roles.Administrator))
            .AddPolicy(Audit, p => Whole(p, Roles.Auditor, Roles.Administrator))
            .AddPolicy(Export, p => Whole(p, Roles.Engineer, Roles.Administrator, Roles.Auditor))
            .AddPolicy(Marks, p => Whole(p, Roles.Marks));
        services.AddOptions<AuthorizationOptions>().Configure(o =>
        {
            o.FallbackPolicy = o.GetPolicy(Staff);
            o.DefaultPolicy = o.GetPolicy(Staff)!;
        });
        return services.AddSingleton<IAuthorizationHandler, WholeSignIn>();
    }

    private static void Whole(AuthorizationPolicyBuilder policy, params string[] roles) =>
        policy.RequireAuthenticatedUser().AddRequirements(new Confirmed())
            .RequireAssertion(c => roles.Length == 0 || c.User.HasRole(roles));

    private sealed class Confirmed : IAuthorizationRequirement;

    private sealed class WholeSignIn(OchagSettings settings) : AuthorizationHandler<Confirmed>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Confirmed requirement)
        {
            if (!settings.SecondFactorRequired || context.User.HasClaim(StaffClaims.Method, StaffClaims.Confirmed))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
