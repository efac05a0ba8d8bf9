using Ochag.Server.Security;

namespace Ochag.Server.Console.Start;

/// <summary>The console's first page.</summary>
internal static class StartRoutes
{
    public static void Map(RouteGroupBuilder console) =>
        console.MapGet("", () => Page.Of<DashboardPage>()).RequireAuthorization(Policies.Staff);
}
