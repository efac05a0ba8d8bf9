using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ochag.Bench.Town;
using Ochag.Foundation;

namespace Ochag.Bench.Cities;

/// <summary>Registers of a city: Omsk's where it lies beside the repository, and made-up houses for what is missing.</summary>
internal static class City
{
    private const string Register = "shared/data/houses/omsk_oblast_20160701.csv.gz";
    private const int FlatsInHouse = 80;
    private const int HousesInStreet = 40;

    /// <summary>The real register, where it has not more flats than <paramref name="most"/>; null: it is not there.</summary>
    public static string? FindRegister(int most) => Find() is { } file && Rows(file).Sum(r => r.Flats) <= most ? file : null;

    /// <summary>
    /// A part of the real register, its houses evenly picked, with not more flats than <paramref name="most"/>; null: it is
    /// not there.
    /// </summary>
    public static string? CutRegister(int most)
    {
        if (Find() is not { } file)
            return null;
        var rows = Rows(file).ToList();
        var (all, seen, taken) = (rows.Sum(r => (long)r.Flats), 0L, 0L);
        var text = new StringBuilder(Header(file)).Append('\n');
        foreach (var (index, (line, flats)) in rows.Index())
        {
            seen += flats;
            if (flats == 0 ? (index + 1L) * most / all == index * most / all : taken + flats > seen * most / all)
                continue;
            taken += flats;
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A register of made-up houses with at least so many flats.</summary>
    public static string Invent(int flats) => Houses((flats + FlatsInHouse - 1) / FlatsInHouse);

    /// <summary>The number that `generate accounts` begins its answer with.</summary>
    public static int AccountsIn(Answer told) => int.Parse(
        string.Concat(told.Output.TakeWhile(c => char.IsAsciiDigit(c) || c == ',' || char.IsWhiteSpace(c)).Where(char.IsAsciiDigit)),
        CultureInfo.InvariantCulture);

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            foreach (var name in new[] { at.FullName, Path.Combine(at.FullName, "..") })
            {
                var file = Path.GetFullPath(Path.Combine(name, Register));
                if (File.Exists(file))
                    return file;
            }
        }

        return null;
    }

    private static string Header(string file)
    {
        using var reader = Open(file);
        return reader.ReadLine()!;
    }

    /// <summary>As many flats as the accounts will be, or somewhat more: the program leaves out what it does not believe.</summary>
    private static IEnumerable<(string Line, int Flats)> Rows(string file)
    {
        using var reader = Open(file);
        var column = reader.ReadLine()!.Split(',').IndexOf("ROOM_COUNT");
        while (reader.ReadLine() is { } line)
        {
            yield return (line, int.TryParse(Field(line, column), CultureInfo.InvariantCulture, out var here) ? here : 0);
        }
    }

    /// <summary>Addresses and names of companies stand in quotes, hold commas, and double their own quotes.</summary>
    private static ReadOnlySpan<char> Field(string line, int column)
    {
        var (from, quoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
                quoted = !quoted;
            if (i < line.Length && (quoted || line[i] != ','))
                continue;
            if (column-- == 0)
                return line.AsSpan(from, i - from);
            from = i + 1;
        }

        return [];
    }

    private static StreamReader Open(string file) => new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));

    private static string Houses(int houses)
    {
        var random = new Seeded(7);
        var text = new StringBuilder("LAT,LON,HOUSE_ID,ADDRESS,YEAR,LEVELS_MAX,ROOM_COUNT,ROOM_COUNT_LIVE,AREA_LIVE,AREA_GEN\n");
        var street = "";
        for (var house = 0; house < houses; house++)
        {
            if (house % HousesInStreet == 0)
                street = Crowd.Street(random);
            text.Append(CultureInfo.InvariantCulture, $"54.97,73.38,{house + 1},");
            text.Append(CultureInfo.InvariantCulture, $"\"г. Новоград, ул. {street}, д. {house % HousesInStreet + 1}");
            text.Append(random.Chance(10) ? $", корп. {random.Next(1, 3)}" : random.Chance(10) ? random.Pick(["А", "Б", "В"]) : "");
            text.Append(CultureInfo.InvariantCulture, $"\",{1960 + house % 60},9,{FlatsInHouse},{FlatsInHouse},");
            text.Append(CultureInfo.InvariantCulture, $"{FlatsInHouse * 52},{FlatsInHouse * 9}\n");
        }

        return text.ToString();
    }
}
