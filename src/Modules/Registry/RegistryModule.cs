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
        .AddSingleton<Desk.PeopleBook>()
        .AddScoped<IRegistryDesk, Desk.RegistryDesk>()
        .AddScoped<IRegistryLists, Desk.RegistryLists>()
        .AddScoped<IRegistryIntake, Intake.RegistryIntake>()
        .AddScoped<ICompany, Intake.Company>()
        .AddScoped<IMeterBook, Meters.MeterBook>()
        .AddScoped<Edits.EditDesk>()
        .AddScoped<IRegistryEdits, Edits.RegistryEdits>()
        .AddScoped<Persons.ErasePerson>()
        .AddScoped<IPersons, Persons.Persons>()
        .AddScoped<IDoubles, Doubles.Doubles>()
        .AddScoped<IImports, Imports.Imports>()
        .AddScoped<IImportKind, Imports.Kinds.HousesImport>()
        .AddScoped<IImportKind, Imports.Kinds.PremisesImport>()
        .AddScoped<IImportKind, Imports.Kinds.AccountsImport>()
        .AddScoped<IImportKind, Imports.Kinds.HoldersImport>()
        .AddScoped<IImportKind, Imports.Kinds.ResidentsImport>()
        .AddScoped<IImportKind, Imports.Kinds.ConnectionsImport>()
        .AddScoped<IImportKind, Imports.Kinds.MetersImport>();
}
