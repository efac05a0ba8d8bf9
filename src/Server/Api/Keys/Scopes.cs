namespace Ochag.Server.Api.Keys;

/// <summary>What a key of the interface may do. The codes are stored and stand in programs: never rename one.</summary>
internal static class Scopes
{
    /// <summary>Territories, buildings, premises, accounts, meters; names of holders masked.</summary>
    public const string Registers = "registers:read";

    /// <summary>Beside <see cref="Registers"/>: names, telephones and addresses of holders whole.</summary>
    public const string Persons = "personal:read";

    public const string Readings = "readings:write";
    public const string Charges = "charges:read";

    public static readonly IReadOnlyList<string> All = [Registers, Persons, Readings, Charges];
}
