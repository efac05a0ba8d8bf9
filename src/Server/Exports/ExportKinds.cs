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

    /// <summary>Every line of a posted month.</summary>
    public const string Lines = "lines";

    /// <summary>The bills of a posted month, with a column for each service.</summary>
    public const string Bills = "bills";

    /// <summary>What buildings come to in a posted month.</summary>
    public const string Buildings = "buildings";

    /// <summary>The closing sheet of a posted month by service and tariff.</summary>
    public const string Sheet = "sheet";

    public static readonly IReadOnlyList<string> All = [Accounts, Charges, Doubts, Lines, Bills, Buildings, Sheet];

    /// <summary>It is made of a month whose lines count.</summary>
    public static bool IsOfMonth(string kind) => kind is Lines or Bills or Buildings or Sheet;

    /// <summary>It can have the names of holders in it.</summary>
    public static bool CanName(string kind) => kind is Accounts or Charges;
}
