using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;

namespace Ochag.Scenarios;

/// <summary>The registers of a house as its sheet has them, with an index that each may plausibly show today.</summary>
internal static class SheetCity
{
    public static readonly LocalDate Today = new(2026, 11, 2);

    public static async Task<(BuildingId Building, IReadOnlyList<SheetField> Fields)> Sheet(
        this CityFixture city, string address, TerritoryRecord territory)
    {
        var stop = TestContext.Current.CancellationToken;
        var building = (await city.Find(address, territory)).Accounts[0].Building;
        await using var scope = city.Server.Services.CreateAsyncScope();
        var entry = scope.ServiceProvider.GetRequiredService<IReadingEntry>();
        var registers = await entry.Open(territory, building, Today, stop);
        var lines = registers.Select(r => new SheetLine(r.Meter.Id, r.Zone, $"{r.Last?.Index}", [])).ToList();
        var decided = await entry.Check(territory, new(building, Today, ReadingSource.Controller, lines, "", Guid.CreateVersion7()), stop);
        return (building, [.. registers.Zip(decided).Select(r => new SheetField(r.First, r.Second.Expected))]);
    }
}

internal sealed record SheetField(SheetRegister Register, Estimate? Expected)
{
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Register.Meter.Id.Value}-{(short)Register.Zone}");

    /// <summary>Known well enough, and used enough, for a doubt to arise; and nobody else has read it today.</summary>
    public bool IsLively => Register is { Last: not null, Premises: not null } && Register.Last.Day < SheetCity.Today
        && Expected?.PerDay > Exact.Fraction(1, 10);

    public long Before => Register.Last!.Index.ToExact().Floor();

    /// <summary>The whole number that the expected use, times over, leads to.</summary>
    public long After(int times = 1) => (Register.Last!.Index.ToExact()
        + Expected!.Value.PerDay * Exact.Of(times * Period.DaysBetween(Register.Last.Day, SheetCity.Today))).Floor() + 1;
}
