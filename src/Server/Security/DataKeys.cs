using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Security;

/// <summary>A data protection key as the framework writes it.</summary>
internal sealed class DataKey
{
    public required string Name { get; init; }
    public required string Xml { get; init; }
    public required Instant CreatedAt { get; init; }
}

internal sealed class DataKeysModel : IModelPart
{
    public const string Table = "server_data_keys";

    public void Configure(ModelBuilder model) => model.Entity<DataKey>(e =>
    {
        e.ToTable(Table);
        e.HasKey(k => k.Name);
        e.Property(k => k.Name).HasMaxLength(200);
    });
}

/// <summary>
/// Keeps the keys beside the data they protect: a restart, a new container or a second process signs nobody out, and
/// a backup of the database is whole.
/// </summary>
internal sealed class DataKeys(StoreLocation location, IServiceScopeFactory scopes, IClock clock) : IXmlRepository
{
    /// <summary>Read before the server answers, so in plain SQL.</summary>
    public IReadOnlyCollection<XElement> GetAllElements() =>
    [
        .. FirstLook.Column(location, $"SELECT xml FROM {DataKeysModel.Table}", default).GetAwaiter().GetResult()
            .Select(x => XElement.Parse(x)),
    ];

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<OchagDb>();
        db.Add(new DataKey
        {
            Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = clock.GetCurrentInstant(),
        });
        db.SaveChanges();
    }
}

internal static class DataKeysSetup
{
    public static IServiceCollection AddDataKeys(this IServiceCollection services)
    {
        services.AddSingleton<IModelPart, DataKeysModel>();
        services.AddDataProtection().SetApplicationName("Ochag");
        services.AddOptions<KeyManagementOptions>().Configure<StoreLocation, IServiceScopeFactory, IClock>(
            (o, location, scopes, clock) => o.XmlRepository = new DataKeys(location, scopes, clock));
        return services;
    }
}
