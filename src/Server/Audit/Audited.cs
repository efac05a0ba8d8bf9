namespace Ochag.Server.Audit;

/// <summary>Says on an endpoint what its success is written down as.</summary>
internal sealed record AuditedAs(string Action);

/// <summary>What the request is about, named by its handler.</summary>
internal sealed record AuditSubject(string Object, long? Territory);

internal static class AuditedEndpoint
{
    /// <summary>
    /// The endpoint's answer goes out only after its line stands in the journal. A handler that succeeds without having
    /// named its subject is a fault, so that no page can slip by.
    /// </summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, string action) => endpoint
        .WithMetadata(new AuditedAs(action))
        .AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            var http = context.HttpContext;
            // A request that could not be bound has no result of ours, only its status.
            if (((result as IStatusCodeHttpResult)?.StatusCode ?? http.Response.StatusCode) >= 400)
                return result;
            var subject = http.Features.Get<AuditSubject>()
                ?? throw new InvalidOperationException($"An answer of \"{action}\" without its subject.");
            await http.RequestServices.GetRequiredService<AuditBook>().Write(action, subject.Object, subject.Territory);
            return result;
        });

    /// <summary>Names what this request is about: a number or a code, never a resident's name.</summary>
    public static void IsAbout(this HttpContext http, string subject, long? territory = null) =>
        http.Features.Set(new AuditSubject(subject, territory));
}
