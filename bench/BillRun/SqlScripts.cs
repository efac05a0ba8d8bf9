using System.Text.RegularExpressions;

namespace Ochag.Bench.BillRun;

/// <summary>Scripts of the folder Sql, with their variables as psql has them: :days is a number, :'first_day' a text.</summary>
internal static partial class SqlScripts
{
    public static string Read(string database, string name, IReadOnlyDictionary<string, string> numbers)
    {
        using var stream = typeof(SqlScripts).Assembly.GetManifestResourceStream($"{database}/{name}.sql")
            ?? throw new InvalidOperationException($"There is no script {database}/{name}.sql.");
        using var reader = new StreamReader(stream);
        return Variable().Replace(reader.ReadToEnd(), found =>
            found.Groups["quote"].Value + numbers[found.Groups["name"].Value] + found.Groups["quote"].Value);
    }

    // Two colons are a cast of PostgreSQL.
    [GeneratedRegex("(?<!:):(?<quote>'?)(?<name>[a-z_]+)\\k<quote>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
