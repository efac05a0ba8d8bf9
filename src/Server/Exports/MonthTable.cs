using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Exports;

/// <summary>
/// A posted month as tables: its lines, its bills, its buildings, its closing sheet; never a name. Posted rows do not change, so
/// that they are read some accounts at a time and still come to the month's total.
/// </summary>
internal sealed class MonthTable(
    IClosing closing, IBilling billing, IRegistryLists lists, IRegistryDesk desk, IStringLocalizer<Texts> texts)
{
    /// <summary>Lines of a month that a person may ask to be counted into a sheet while he waits for the page.</summary>
    public const long MostCounted = 200_000;

    private const int AtOnce = 1_000;

    private readonly SheetRows _rows = new(texts);
    private ClosingSheet? _sheet;

    public static IReadOnlyList<int> Widths(string kind) => kind switch
    {
        ExportKinds.Lines => [14, 48, 8, 10, 18, 28, 20, 12, 8, 14, 8, 12, 14, 8],
        ExportKinds.Bills => [14, 48, 8, 10],
        ExportKinds.Buildings => [48, 10, 10],
        _ => [18, 28, 8, 12, 12, 8, 8, 12, 12, 16, 16, 16, 16, 8],
    };

    public async Task<Outcome<int>> Count(TableWish wish, CancellationToken stop)
    {
        var run = wish.Run!;
        if (wish.Kind == ExportKinds.Sheet)
        {
            var sheet = await closing.Sheet(run.Id, MostCounted, null, stop);
            if (sheet.Refusal is { } refusal)
                return refusal;
            _sheet = sheet.Value;
            return _sheet.Groups.Count;
        }

        if (wish.Kind == ExportKinds.Buildings && wish.Building is null)
            return await closing.CountBuildings(run.Id, stop);
        var house = wish.Building is { } id ? (await closing.Buildings(run, id, 0, 1, stop)).SingleOrDefault() : null;
        return wish.Kind switch
        {
            ExportKinds.Lines => wish.Building is null ? checked((int)run.Lines) : house?.Lines ?? 0,
            ExportKinds.Bills => wish.Building is null ? run.Accounts : house?.Accounts ?? 0,
            _ => house is null ? 0 : 1,
        };
    }

    public Task Write(TableWish wish, TableFile file, CancellationToken stop) => wish.Kind switch
    {
        ExportKinds.Lines => WriteLines(wish, file, stop),
        ExportKinds.Bills => WriteBills(wish, file, stop),
        ExportKinds.Buildings => WriteBuildings(wish, file, stop),
        _ => WriteSheet(file),
    };

    private Task WriteSheet(TableFile file)
    {
        foreach (var row in _rows.ByTariff(_sheet!))
            file.Row(row);
        return Task.CompletedTask;
    }

    private async Task WriteBuildings(TableWish wish, TableFile file, CancellationToken stop)
    {
        var run = wish.Run!;
        var services = await ServicesOf(wish, stop);
        file.Row(_rows.BuildingHead(services));
        for (var skip = 0; ; skip += AtOnce)
        {
            var some = await closing.Buildings(run, wish.Building, skip, AtOnce, stop);
            var addresses = await desk.AddressesOf([.. some.Select(b => b.Building)], [wish.Territory.Id], stop);
            foreach (var building in some)
                file.Row(SheetRows.Building(building, addresses.GetValueOrDefault(building.Building, ""), services));
            if (some.Count < AtOnce)
                return;
        }
    }

    private async Task WriteBills(TableWish wish, TableFile file, CancellationToken stop)
    {
        var services = await ServicesOf(wish, stop);
        file.Row(
        [
            .. _rows.Heads("account", "address", "premises", "bill"), .. services.Select(s => _rows.Of(s)),
            .. _rows.Heads("sum", "currency"),
        ]);
        await foreach (var (bills, places) in Billed(wish, stop))
        {
            foreach (var bill in bills)
            {
                file.Row(
                [
                    .. Begin(bill, places), .. SheetRows.Sums(bill.Sums, services), TableCell.Sum(bill.Total.Minor),
                    SheetRows.Of(bill.Total.Currency),
                ]);
            }
        }
    }

    private async Task WriteLines(TableWish wish, TableFile file, CancellationToken stop)
    {
        file.Row(_rows.Heads(
            "account", "address", "premises", "bill", "service", "component", "basis", "quantity", "unit", "amount", "vatRate", "vat",
            "sum", "currency"));
        await foreach (var (bills, places) in Billed(wish, stop))
        {
            var lines = (await closing.Lines(wish.Run!, [.. bills.Select(b => b.Account)], stop)).ToLookup(l => l.Key.Account);
            foreach (var bill in bills)
            {
                var begin = Begin(bill, places);
                foreach (var line in lines[bill.Account])
                    file.Row([.. begin, .. _rows.Line(line)]);
            }
        }
    }

    private static TableCell[] Begin(ClosingBill bill, IReadOnlyDictionary<AccountId, AccountLabel> places)
    {
        var place = places.GetValueOrDefault(bill.Account);
        return
        [
            place?.Number ?? "", place?.Address ?? "", place?.Premises ?? "",
            bill.Number is { } number ? TableCell.Number(number) : "",
        ];
    }

    /// <summary>Some bills at a time, with the places of their accounts.</summary>
    private async IAsyncEnumerable<(IReadOnlyList<ClosingBill> Bills, IReadOnlyDictionary<AccountId, AccountLabel> Places)> Billed(
        TableWish wish, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        List<AccountId>? only = null;
        if (wish.Building is not null)
        {
            only = [];
            await foreach (var accounts in AccountSlices.Of(lists, wish, AtOnce, stop))
                only.AddRange(accounts.Select(a => a.Id));
        }

        for (var after = default(AccountId); ;)
        {
            var bills = await closing.Bills(wish.Run!, only, after, AtOnce, stop);
            if (bills.Count > 0)
                yield return (bills, await desk.LabelsOf([.. bills.Select(b => b.Account)], [wish.Territory.Id], stop));
            if (bills.Count < AtOnce)
                yield break;
            after = bills[^1].Account;
        }
    }

    private async Task<IReadOnlyList<Service>> ServicesOf(TableWish wish, CancellationToken stop) =>
        [.. (await billing.SumByService(wish.Territory, wish.Run!.Period, stop)).Select(s => s.Service)];
}
