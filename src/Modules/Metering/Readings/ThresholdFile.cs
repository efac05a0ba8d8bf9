using NodaTime.Text;
using Ochag.Foundation;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Readings;

/// <summary>Reads the defaults that the module carries.</summary>
internal static class ThresholdFile
{
    private const string Name = "Ochag.Metering.Validation.thresholds.csv";
    private const int Columns = 6;

    public static ThresholdBook Read()
    {
        using var stream = typeof(ThresholdFile).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} was not built in.");
        using var reader = new StreamReader(stream);
        return new([.. Lines(reader).Where(l => l.Length > 0 && l[0] != '#').Skip(1).Select(Row)]);
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static Threshold Row(string line)
    {
        var cells = line.Split(',', Columns);
        return new(
            cells[0], cells[1] == "*" ? null : Enum.Parse<Service>(cells[1]), LocalDatePattern.Iso.Parse(cells[2]).Value,
            cells[3].Length == 0 ? null : LocalDatePattern.Iso.Parse(cells[3]).Value, Exact.Parse(cells[4]));
    }
}
