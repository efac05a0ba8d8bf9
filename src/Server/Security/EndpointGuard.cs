using Microsoft.AspNetCore.Authorization;

namespace Ochag.Server.Security;

/// <summary>No endpoint starts without saying who may call it.</summary>
internal static class EndpointGuard
{
    /// <summary>The endpoints that name neither a policy nor AllowAnonymous.</summary>
    public static IReadOnlyList<string> Unguarded(EndpointDataSource endpoints) =>
        [.. endpoints.Endpoints
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null
                && e.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && !e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => !string.IsNullOrEmpty(a.Policy)))
            .Select(e => e.DisplayName ?? e.ToString() ?? "?")];

    public static void Check(EndpointDataSource endpoints)
    {
        if (Unguarded(endpoints) is { Count: > 0 } bare)
            throw new InvalidOperationException($"These endpoints say nothing about who may call them: {string.Join("; ", bare)}");
    }
}
