using Microsoft.EntityFrameworkCore;
using Ochag.Server.Staff;
using Ochag.Storage;

namespace Ochag.Server.Hosting;

/// <summary>Alive: the process answers. Ready: the database answers too and has our tables.</summary>
internal static class Health
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var path in new[] { "/health/live", "/alive" })
            app.MapMethods(path, Methods, () => Results.Text("alive\n")).AllowAnonymous();
        foreach (var path in new[] { "/health/ready", "/health" })
            app.MapMethods(path, Methods, Ready).AllowAnonymous();
    }

    private static async Task<IResult> Ready(OchagDb db, HttpContext http, ILogger<OchagDb> log)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await db.Set<StaffUser>().AnyAsync(http.RequestAborted);
            return Results.Text("ready\n");
        }
        catch (System.Data.Common.DbException e)
        {
            // Outside only the fact; the reason goes to the log.
            log.LogError(e, "The database does not answer");
            return Results.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
