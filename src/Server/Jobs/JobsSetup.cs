using Ochag.Storage;

namespace Ochag.Server.Jobs;

internal static class JobsSetup
{
    public static IServiceCollection AddJobBook(this IServiceCollection services) =>
        services.AddSingleton<IModelPart, JobsModel>().AddScoped<JobBook>();

    /// <summary>The kinds that this program does; their worker runs with the server.</summary>
    public static IServiceCollection AddJobKinds(this IServiceCollection services, params Type[] kinds)
    {
        foreach (var kind in kinds)
            services.AddSingleton(typeof(IJobKind), kind);
        return services.AddSingleton<JobDesk>().AddHostedService<JobWorker>();
    }
}
