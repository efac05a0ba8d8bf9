using Microsoft.Playwright;

namespace Ochag.Scenarios;

/// <summary>axe-core, the checker of accessibility, run inside the page.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Source = new(() => File.ReadAllText(
        Path.Combine(Root(), "src", "Web", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Rules broken seriously or critically, each with the elements that break it.</summary>
    public static async Task<string[]> Serious(IPage page)
    {
        await Bring(page);
        return await Run(page);
    }

    /// <summary>The same in a page that has the checker already; only some rules where the rest was asked before.</summary>
    public static Task<string[]> Run(IPage page, params string[] only) => page.EvaluateAsync<string[]>(
        """
        async only => (await axe.run(document, {
          resultTypes: ['violations'], preload: false, ...(only.length ? { runOnly: only } : {})
        })).violations
          .filter(v => v.impact === 'serious' || v.impact === 'critical')
          .map(v => `${v.id}: ${v.nodes.map(n => n.html).slice(0, 3).join(' | ')}`)
        """,
        only);

    /// <summary>Puts the checker into a page.</summary>
    public static Task Bring(IPage page) => page.EvaluateAsync(Source.Value);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ochag.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        return folder.FullName;
    }
}
