using System.Globalization;
using Microsoft.Extensions.Localization;
using Ochag.Documents.Tables;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Exports;

/// <summary>The work list of doubtful readings as a table: houses, flats and meters, never a name.</summary>
internal sealed class DoubtTable(IRegistry registry, IRegistryDesk desk, IReadingEntry entry, IStringLocalizer<Texts> texts)
{
    private const int HousesAtOnce = 20;
    private IReadOnlyList<DoubtLine>? _lines;

    public static IReadOnlyList<int> Widths => [48, 10, 18, 16, 10, 12, 14, 60];

    public IEnumerable<TableCell> Head() => new[] { "address", "premises", "service", "serial", "zone", "taken", "reading", "doubt" }
        .Select(c => (TableCell)texts["exports.column." + c].Value);

    /// <summary>Found once: they are counted before they are written.</summary>
    public async Task<IReadOnlyList<DoubtLine>> Read(TableWish wish, CancellationToken stop) => _lines ??= await Find(wish, stop);

    public IEnumerable<TableCell> Row(DoubtLine line)
    {
        var doubt = line.Doubt;
        yield return line.Address;
        yield return line.Flat ?? texts["sheet.ofBuilding"].Value;
        yield return texts["service." + Console.Parts.Service.Of(doubt.Meter.Service).Key].Value;
        yield return doubt.Meter.Serial;
        yield return doubt.Zone == Zone.Single ? "" : texts["zone." + doubt.Zone].Value;
        yield return doubt.Day?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "";
        yield return doubt.Index is { } index ? $"{index}" : "";
        yield return ReadingWords.Of(texts, doubt.Finding).Replace('\u00A0', ' ');
    }

    private async Task<IReadOnlyList<DoubtLine>> Find(TableWish wish, CancellationToken stop)
    {
        var lines = new List<DoubtLine>();
        IReadOnlyList<BuildingId> houses = wish.Building is { } one ? [one] : await registry.ListBuildings(wish.Territory.Id, stop);
        foreach (var some in houses.Chunk(HousesAtOnce))
        {
            foreach (var of in (await entry.ListDoubts(wish.Territory, some, stop)).GroupBy(d => d.Building))
            {
                var card = (await desk.FindBuilding(of.Key, [wish.Territory.Id], stop))!;
                var flats = card.Premises.DistinctBy(p => p.Id).ToDictionary(p => p.Id);
                lines.AddRange(of.OrderBy(d => d.Premises is { } p ? flats[p].SortKey : "", StringComparer.Ordinal)
                    .Select(d => new DoubtLine(d, card.Address, d.Premises is { } p ? flats[p].Number : null)));
            }
        }

        return lines;
    }
}
