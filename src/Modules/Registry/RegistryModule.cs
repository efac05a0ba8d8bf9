using Microsoft.Extensions.DependencyInjection;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry;

/// <summary>The only wiring of the module.</summary>
public static class RegistryModule
{
    public static IServiceCollection AddRegistry(this IServiceCollection services) => services
        .AddSingleton<IModelPart, RegistryModel>()
        .AddScoped<IRegistry, Buildings.Registry>()
        .AddSingleton<Desk.AddressBook>()
        .AddScoped<IRegistryDesk, Desk.RegistryDesk>()
        .AddScoped<IRegistryIntake, Intake.RegistryIntake>();
}
