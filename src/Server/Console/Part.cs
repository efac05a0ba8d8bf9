using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Ochag.Server.Console;

/// <summary>
/// What every component of the console has at hand: texts, the request, addresses that keep the path base. Public, as
/// everything that components mention must be, because Razor makes the components themselves public.
/// </summary>
public abstract class Part : ComponentBase
{
    [Inject] protected IStringLocalizer<Texts> T { get; set; } = null!;
    [Inject] protected AssetPaths Assets_ { get; set; } = null!;
    [CascadingParameter] protected HttpContext Http { get; set; } = null!;

    /// <summary>An address of ours ("/console/style") under the path base.</summary>
    protected string Link(string path) => Http.Request.PathBase + path;

    /// <summary>The address of a built file ("dist/console.css") with its fingerprint.</summary>
    protected string Asset(string path) => Link("/" + Assets_[path]);
}

/// <summary>A frame around pages: the page itself comes as <see cref="Body"/>.</summary>
public abstract class FramePart : Part
{
    [Parameter] public RenderFragment? Body { get; set; }
}
