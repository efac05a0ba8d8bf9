namespace Ochag.Server.Exports;

/// <summary>The tables that can be taken away. The names are stored and stand in addresses: never rename one.</summary>
internal static class ExportKinds
{
    /// <summary>Accounts with what they were charged in all and their opening balance.</summary>
    public const string Accounts = "accounts";

    /// <summary>What accounts were charged in a month, by service.</summary>
    public const string Charges = "charges";

    /// <summary>The work list of doubtful readings; it names nobody.</summary>
    public const string Doubts = "doubts";

    public static readonly IReadOnlyList<string> All = [Accounts, Charges, Doubts];
}
