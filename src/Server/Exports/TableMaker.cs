using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Exports;

/// <summary>Which table is wanted.</summary>
/// <param name="Kind">One of <see cref="ExportKinds"/>.</param>
/// <param name="Building">Null: the whole territory.</param>
/// <param name="Month">Of charges, lines, bills, buildings, the sheet.</param>
/// <param name="Run">The month's run, where the kind is made of one (<see cref="ExportKinds.IsOfMonth"/>).</param>
internal sealed record TableWish(
    string Kind, TerritoryRecord Territory, BuildingId? Building, BillingPeriod? Month, string Format, RunRecord? Run = null);

/// <summary>
/// Makes a table from the registers, some accounts at a time: how long it is does not matter to the memory.
/// </summary>
internal sealed class TableMaker(
    IRegistryLists lists, IRegistryDesk desk, IPersons persons, IBilling billing, DoubtTable doubts, MonthTable months,
    IStringLocalizer<Texts> texts)
{
    private const int AtOnce = 500;

    /// <summary>Rows that it will have; refused where it cannot be made, or not in the form that is wished.</summary>
    public async Task<Outcome<int>> Count(TableWish wish, CancellationToken stop)
    {
        var rows = ExportKinds.IsOfMonth(wish.Kind) ? await months.Count(wish, stop) : await CountOf(wish, stop);
        return !rows.IsRefused && TableFile.Decide(wish.Format, rows.Value) is { } refusal ? refusal : rows;
    }

    private async Task<int> CountOf(TableWish wish, CancellationToken stop)
    {
        if (wish.Kind == ExportKinds.Doubts)
            return (await doubts.Read(wish, stop)).Count;
        if (wish.Building is null)
            return await desk.CountAccounts(wish.Territory.Id, stop);
        var count = 0;
        await foreach (var slice in AccountSlices.Of(lists, wish, AtOnce, stop))
            count += slice.Count;
        return count;
    }

    public async Task<(Stream Table, int Rows)> Make(TableWish wish, bool named, CancellationToken stop)
    {
        var file = new TableFile(wish.Format, wish.Kind, wish.Kind == ExportKinds.Doubts ? DoubtTable.Widths
            : ExportKinds.IsOfMonth(wish.Kind) ? MonthTable.Widths(wish.Kind) : Widths(named));
        try
        {
            if (wish.Kind == ExportKinds.Doubts)
                await WriteDoubts(wish, file, stop);
            else if (ExportKinds.IsOfMonth(wish.Kind))
                await months.Write(wish, file, stop);
            else
                await WriteAccounts(wish, named, file, stop);
            return (file.Finish(), file.Rows);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private async Task WriteDoubts(TableWish wish, TableFile file, CancellationToken stop)
    {
        file.Row([.. doubts.Head()]);
        foreach (var line in await doubts.Read(wish, stop))
            file.Row([.. doubts.Row(line)]);
    }

    private async Task WriteAccounts(TableWish wish, bool named, TableFile file, CancellationToken stop)
    {
        file.Row([.. Head(wish, named)]);
        await foreach (var slice in AccountSlices.Of(lists, wish, AtOnce, stop))
            await Write(wish, named, slice, file, stop);
    }

    private static int[] Widths(bool named) => named ? [14, 48, 8, 34, 16, 16, 16] : [14, 48, 8, 16, 16, 16];

    private List<TableCell> Head(TableWish wish, bool named)
    {
        List<TableCell> head = [Text("account"), Text("address"), Text("premises")];
        if (named)
            head.Add(Text("holder"));
        if (wish.Kind == ExportKinds.Accounts)
            head.AddRange([Text("opened"), Text("lastDay"), Text("opening"), Text("charged"), Text("balance")]);
        else
            head.AddRange([Text("month"), Text("service"), Text("sum")]);
        head.Add(Text("currency"));
        return head;
    }

    private TableCell Text(string column) => texts["exports.column." + column].Value;

    private async Task Write(TableWish wish, bool named, IReadOnlyList<AccountLine> slice, TableFile file, CancellationToken stop)
    {
        AccountId[] ids = [.. slice.Select(a => a.Id)];
        var addresses = await desk.AddressesOf([.. slice.Select(a => a.Building).Distinct()], [wish.Territory.Id], stop);
        var names = named ? await persons.NamesOf(ids, stop) : null;
        var currency = wish.Territory.Currency.ToString().ToUpperInvariant();
        if (wish.Kind == ExportKinds.Accounts)
        {
            var balances = await billing.Balances(ids, wish.Territory.Currency, stop);
            foreach (var account in slice)
            {
                var balance = balances[account.Id];
                file.Row(
                [
                    .. Begin(account), Day(account.Opened), Day(account.LastDay), TableCell.Sum(balance.Opening.Minor),
                    TableCell.Sum(balance.Charged.Minor), TableCell.Sum(balance.Total.Minor), currency,
                ]);
            }

            return;
        }

        var month = wish.Month!.Value;
        var sums = (await billing.SumByAccount(ids, wish.Territory.Currency, month, stop)).ToLookup(s => s.Account);
        foreach (var account in slice)
        {
            foreach (var sum in sums[account.Id].OrderBy(s => s.Service))
                file.Row([.. Begin(account), month.ToString(), ServiceText(sum.Service), TableCell.Sum(sum.Sum.Minor), currency]);
        }

        IEnumerable<TableCell> Begin(AccountLine account)
        {
            yield return account.Number;
            yield return addresses.GetValueOrDefault(account.Building, "");
            yield return account.PremisesNumber;
            if (names is not null)
                yield return names.GetValueOrDefault(account.Id, "");
        }
    }

    private TableCell ServiceText(Service service) => texts["service." + Console.Parts.Service.Of(service).Key].Value;

    private static TableCell Day(NodaTime.LocalDate? day) =>
        day?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>The accounts of a territory or of a building, some at a time, by their ids.</summary>
internal static class AccountSlices
{
    public static async IAsyncEnumerable<IReadOnlyList<AccountLine>> Of(
        IRegistryLists lists, TableWish wish, int atOnce, [EnumeratorCancellation] CancellationToken stop)
    {
        var after = default(AccountId);
        while (true)
        {
            var slice = await lists.ListAccounts(new(wish.Building), [wish.Territory.Id], after, atOnce, stop);
            if (slice.Items.Count > 0)
                yield return slice.Items;
            if (!slice.GoesOn)
                yield break;
            after = slice.Items[^1].Id;
        }
    }
}
