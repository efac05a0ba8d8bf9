using System.Globalization;
using System.Text;

namespace Ochag.Bench.Town;

/// <summary>A generated territory made through the command line alone: a register, its houses, their people.</summary>
internal sealed record SmallTown(string Code, int Houses, int Flats, int Months)
{
    private static readonly (int Year, int Month) First = (2026, 1);

    public IEnumerable<string> MonthNames => Enumerable.Range(0, Months).Select(Name);

    public async Task Build(OchagProgram program, CancellationToken stop)
    {
        var register = Path.Combine(program.Folder, $"{Code}.csv");
        await File.WriteAllTextAsync(register, Register(), new UTF8Encoding(false), stop);
        await program.Must(stop,
            "territory", "add", Code, "--time-zone", "Asia/Yekaterinburg", "--billed-since", Name(0), "--sample-tariffs");
        await program.Must(stop, "import", "houses", register, "--territory", Code);
        await program.Must(stop,
            "generate", "accounts", "--from-houses", "--territory", Code, "--seed", "7", "--through", Name(Months - 1));
    }

    private static string Name(int index) => new DateOnly(First.Year, First.Month, 1).AddMonths(index)
        .ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private string Register()
    {
        var text = new StringBuilder("LAT,LON,HOUSE_ID,ADDRESS,YEAR,LEVELS_MAX,ROOM_COUNT,ROOM_COUNT_LIVE,AREA_LIVE,AREA_GEN\n");
        for (var house = 1; house <= Houses; house++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{56.8m + house * 0.000137m:0.000000},{60.6m + house * 0.0001m:0.0000},{house},");
            text.Append(CultureInfo.InvariantCulture, $"\"ул. Примерная, д. {house}\",{1960 + house % 60},5,");
            text.Append(CultureInfo.InvariantCulture, $"{Flats},{Flats},{Flats * 52},{Flats * 9}\n");
        }

        return text.ToString();
    }
}
