using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Ochag.Server.Audit;
using Ochag.Server.Security;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Server.Staff;

/// <summary>Wires identity, sessions and cookies of staff.</summary>
internal static class StaffSetup
{
    public static IServiceCollection AddStaff(this IServiceCollection services)
    {
        services.AddSingleton<IModelPart, StaffModel>();
        services.AddSingleton<IModelPart, AuditModel>().AddScoped<AuditBook>();
        services.AddScoped<StaffLinks>().AddScoped<StaffDirectory>().AddSingleton<SessionTickets>();
        services.AddScoped<IUserStore<StaffUser>, UserOnlyStore<StaffUser, OchagDb, Guid>>();
        services.Replace(ServiceDescriptor.Singleton<ILookupNormalizer, UpperInvariantLookupNormalizer>());
        services.AddIdentityCore<StaffUser>(o =>
            {
                // PasswordRules does it all; Identity's own rules about kinds of characters are off.
                o.Password = new PasswordOptions
                {
                    RequireDigit = false, RequireLowercase = false, RequireUppercase = false,
                    RequireNonAlphanumeric = false, RequiredLength = 1, RequiredUniqueChars = 1,
                };
                o.User.AllowedUserNameCharacters = "";
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                o.Tokens.AuthenticatorIssuer = "Ochag";
            })
            .AddClaimsPrincipalFactory<StaffClaims>()
            .AddPasswordValidator<PasswordRules>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 600_000);

        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, o =>
            {
                Shape(o, "ochag.step");
                o.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<SessionTickets, OchagSettings>((o, tickets, settings) =>
            {
                Shape(o, "ochag.session");
                o.SessionStore = tickets;
                o.ExpireTimeSpan = settings.SessionAbsolute;
                o.SlidingExpiration = false; // the idle limit is the store's
                o.Events = new SignInRedirects(settings);
            });
        return services;
    }

    private static void Shape(CookieAuthenticationOptions o, string name)
    {
        o.Cookie.Name = name;
        o.Cookie.HttpOnly = true;
        o.Cookie.SameSite = SameSiteMode.Lax; // Strict would ask to sign in again after a link in a letter
        o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.CookieManager = new HostCookies();
        o.LoginPath = "/console/sign-in";
        o.ReturnUrlParameter = "to";
    }
}
