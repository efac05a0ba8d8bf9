using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Frame;

/// <summary>
/// The company's name for the frame. Asked in a scope of its own: the parts of a page ask at the same time, and one
/// database context answers one at a time.
/// </summary>
internal sealed class CompanyName(IServiceScopeFactory scopes)
{
    public async Task<string?> Find(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ICompany>().Find(stop))?.Name;
    }
}
