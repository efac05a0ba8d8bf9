using Ochag.Server.Api;
using Ochag.Server.Exports;
using Ochag.Server.Jobs;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Hosting;

internal static class ServerTables
{
    /// <summary>What the server itself keeps in the database, beside the modules: the host, the tools and the tests name it here.</summary>
    public static IServiceCollection AddServerTables(this IServiceCollection services) =>
        services.AddDataKeys().AddStaff().AddApiTables().AddJobBook().AddExportBook();
}
