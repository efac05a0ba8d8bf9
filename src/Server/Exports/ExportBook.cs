using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Exports;

/// <summary>
/// How many names one person may take away in a day. A table that would go over it goes out without names: there is no way
/// round it, not for an administrator either, so that a stolen session cannot carry the customers off.
/// </summary>
internal sealed class ExportBook(OchagDb db, IClock clock)
{
    public const int NamesADay = 500;
    private static readonly Duration Day = Duration.FromHours(24);

    /// <summary>Names that the person may still take away now.</summary>
    public async Task<int> Left(Guid staff, CancellationToken stop)
    {
        var since = clock.GetCurrentInstant() - Day;
        return NamesADay - await db.Set<ExportLine>().Where(l => l.StaffId == staff && l.At > since).SumAsync(l => l.Named, stop);
    }

    /// <summary>
    /// Writes a table down before it is made: with its names where they are still left, without any otherwise. Whoever asks
    /// at the same moment waits, so that two halves do not become one and a half.
    /// </summary>
    public async Task<bool> Begin(
        Guid staff, string kind, long territory, int rows, bool wishesNames, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var id = await db.ReserveIds<ExportLine>(1, stop);
        var named = wishesNames && rows <= await Left(staff, stop);
        db.Add(new ExportLine
        {
            Id = id, StaffId = staff, At = clock.GetCurrentInstant(), Kind = kind, TerritoryId = territory, Rows = rows,
            Named = named ? rows : 0,
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return named;
    }
}

internal static class ExportSetup
{
    public static IServiceCollection AddExportBook(this IServiceCollection services) =>
        services.AddSingleton<IModelPart, ExportModel>().AddScoped<ExportBook>();
}
