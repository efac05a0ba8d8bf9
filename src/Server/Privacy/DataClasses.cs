namespace Ochag.Server.Privacy;

/// <summary>How much a column tells of a person.</summary>
internal enum DataClass
{
    /// <summary>Nothing.</summary>
    Open,
    Personal,

    /// <summary>Of the special kind: of health. Seen with a right of its own.</summary>
    Special,

    /// <summary>What lets somebody in; shown to nobody.</summary>
    Secret,
}

/// <summary>A column of the database and what it keeps of people.</summary>
/// <param name="Of">Whose it is: a text "privacy.of.X".</param>
/// <param name="Purpose">Why it is kept: a text "privacy.purpose.X".</param>
/// <param name="Term">How long: a text "privacy.term.X".</param>
/// <param name="Law">Paragraphs that allow it, as their countries write them.</param>
/// <param name="Free">Written by people in their own words: a name may stand anywhere in it.</param>
internal sealed record DataColumn(
    string Table, string Column, DataClass Class, string Of, string Purpose, string Term, string Law, bool Free);

/// <summary>What is kept of people, as data: personal-data.csv, which a test compares with the model of the database.</summary>
internal static class DataClasses
{
    private const string File = "personal-data.csv";
    private const int Cells = 8;

    public static IReadOnlyList<DataColumn> All { get; } = Read();

    /// <summary>What is not open, by the table.</summary>
    public static IEnumerable<DataColumn> OfPeople => All.Where(c => c.Class != DataClass.Open);

    private static IReadOnlyList<DataColumn> Read()
    {
        using var stream = typeof(DataClasses).Assembly.GetManifestResourceStream(File)
            ?? throw new InvalidOperationException($"{File} was not built in.");
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Skip(1).Select(line =>
            {
                var cells = line.TrimEnd('\r').Split(',', Cells);
                return new DataColumn(
                    cells[0], cells[1], Enum.Parse<DataClass>(cells[2], ignoreCase: true), cells[3], cells[4], cells[5], cells[6],
                    cells[7] == "free");
            }),
        ];
    }
}
