namespace Ochag.Server.Staff;

/// <summary>The roles of staff. A role is given for a territory or for all of them.</summary>
internal static class Roles
{
    public const string Administrator = "administrator";
    public const string Engineer = "engineer";
    public const string Operator = "operator";
    public const string Auditor = "auditor";

    /// <summary>
    /// The right to see and set marks of vulnerable households. Nobody has it by another role, the administrator neither: he
    /// gives it, and that is written down.
    /// </summary>
    public const string Marks = "marks";

    public static readonly IReadOnlyList<string> All = [Administrator, Engineer, Operator, Auditor, Marks];
}
