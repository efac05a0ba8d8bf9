using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Storage;
using Ochag.Storage;

namespace Ochag.Billing;

/// <summary>The only wiring of the module.</summary>
public static class BillingModule
{
    public static IServiceCollection AddBilling(this IServiceCollection services) =>
        services.AddSingleton<IModelPart, BillingModel>();
}
