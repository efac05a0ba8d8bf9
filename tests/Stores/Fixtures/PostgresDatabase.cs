using Npgsql;
using Ochag.Storage;

namespace Ochag.Stores.Fixtures;

public sealed class PostgresDatabase(PostgresServer server) : Database
{
    private readonly List<string> _created = [];

    public override string? Absent => server.Absent;

    public override Task<StoreLocation> CreateBlank() => Create("template0");

    protected override async Task<StoreLocation> CreateMigrated() => await Create(await server.Template(Migrate));

    protected override async Task Remove()
    {
        foreach (var name in _created)
            await server.Drop(name);
    }

    private async Task<StoreLocation> Create(string template)
    {
        var name = $"ochag_test_{Guid.NewGuid():N}";
        await server.Create(name, template);
        _created.Add(name);
        return server.At(name);
    }
}
