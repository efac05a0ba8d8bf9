namespace Ochag.Server.Staff;

/// <summary>The roles of staff. A role is given for a territory or for all of them.</summary>
internal static class Roles
{
    public const string Administrator = "administrator";
    public const string Engineer = "engineer";
    public const string Operator = "operator";
    public const string Auditor = "auditor";

    public static readonly IReadOnlyList<string> All = [Administrator, Engineer, Operator, Auditor];
}
