using Microsoft.Extensions.Localization;
using Ochag.Server.Security;

namespace Ochag.Server.Console.Style;

/// <summary>The page that shows how the console looks, for those who add to it.</summary>
internal static class StyleRoutes
{
    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/style", () => Page.Of<StylePage>()).RequireAuthorization(Policies.Staff);
        // The sample form always comes back refused: that is what it shows.
        console.MapPost("/style", async (HttpContext http, IStringLocalizer<Texts> texts) =>
        {
            var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
            form.Refuse("reading", texts["style.reading.wrong"]);
            return Page.Of<StylePage>(new { Form = form }, StatusCodes.Status422UnprocessableEntity);
        }).RequireAuthorization(Policies.Staff);
    }
}
