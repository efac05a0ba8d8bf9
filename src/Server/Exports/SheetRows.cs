using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;

namespace Ochag.Server.Exports;

/// <summary>Rows of the tables of a month, in the reader's language: what files and the command line show alike.</summary>
internal sealed class SheetRows(IStringLocalizer<Texts> texts)
{
    // A month has millions of lines and a few dozen names.
    private readonly Dictionary<short, TableCell> _components = [];
    private readonly Dictionary<short, TableCell> _bases = [];
    private readonly Dictionary<Unit, TableCell> _units = [];
    private readonly Dictionary<Service, TableCell> _services = [];

    public TableCell[] Heads(params ReadOnlySpan<string> columns)
    {
        var heads = new TableCell[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            heads[i] = texts["exports.column." + columns[i]].Value;
        return heads;
    }

    /// <summary>The sheet by service and component, its head first.</summary>
    public IEnumerable<TableCell[]> ByService(ClosingSheet sheet)
    {
        yield return Heads("service", "component", "accounts", "lines", "quantity", "unit", "amount", "vat", "sum", "currency");
        Service? told = null;
        foreach (var of in sheet.ByComponent())
        {
            // The accounts are the service's: said once, so that a column of them adds up to nothing false.
            var accounts = told == of.Service ? "" : TableCell.Number(sheet.Accounts.GetValueOrDefault(of.Service));
            told = of.Service;
            yield return
            [
                Of(of.Service), Of(of.Component), accounts, TableCell.Number(of.Lines), TableCell.Number(of.Quantity), Of(of.Unit),
                TableCell.Sum(of.Amount.Minor), TableCell.Sum(of.Vat.Minor), TableCell.Sum(of.Total.Minor), Of(of.Total.Currency),
            ];
        }
    }

    /// <summary>The sheet by the prices that its lines used, its head first.</summary>
    public IEnumerable<TableCell[]> ByTariff(ClosingSheet sheet)
    {
        yield return Heads(
            "service", "component", "unit", "priceLow", "priceHigh", "prices", "vatRate", "vatPlace", "lines", "quantity", "amount",
            "vat", "sum", "currency");
        foreach (var group in sheet.Groups)
        {
            yield return
            [
                Of(group.Service), Of(group.Component), Of(group.Unit), Price(group.LowPrice), Price(group.HighPrice),
                TableCell.Number(group.Prices), TableCell.Number(group.VatRate),
                texts[group.VatOnTop ? "closing.vat.onTop" : "closing.vat.inside"].Value, TableCell.Number(group.Lines),
                TableCell.Number(group.Quantity), TableCell.Sum(group.Amount.Minor), TableCell.Sum(group.Vat.Minor),
                TableCell.Sum(group.Total.Minor), Of(group.Total.Currency),
            ];
        }
    }

    public TableCell[] BuildingHead(IReadOnlyList<Service> services) =>
        [.. Heads("address", "accounts", "lines"), .. services.Select(Of), .. Heads("sum", "currency")];

    public static TableCell[] Building(ClosingBuilding building, string address, IReadOnlyList<Service> services) =>
    [
        address, TableCell.Number(building.Accounts), TableCell.Number(building.Lines), .. Sums(building.Sums, services),
        TableCell.Sum(building.Total.Minor), Of(building.Total.Currency),
    ];

    /// <summary>A line from its service to its total.</summary>
    public TableCell[] Line(PostedLine line) =>
    [
        Of(line.Service), Of(line.Component),
        Known(_bases, line.Basis.Packed, () => Words.Bases(texts, line.Basis)), TableCell.Number(line.Quantity), Of(line.Unit),
        TableCell.Sum(line.Amount.Minor), TableCell.Number(line.VatRate), TableCell.Sum(line.Vat.Minor),
        TableCell.Sum(line.Total.Minor), Of(line.Total.Currency),
    ];

    /// <summary>A cell for each service, empty where there is nothing of it.</summary>
    public static TableCell[] Sums(IReadOnlyList<(Service Service, Money Sum)> sums, IReadOnlyList<Service> services) =>
        [.. services.Select(s => sums.Where(of => of.Service == s).Select(of => TableCell.Sum(of.Sum.Minor)).FirstOrDefault(""))];

    public TableCell Of(Service service) =>
        Known(_services, service, () => texts["service." + Console.Parts.Service.Of(service).Key]);

    public static TableCell Of(Currency currency) => currency == Currency.Rub ? "RUB" : "UAH";

    private TableCell Of(Component component) => Known(_components, component.Code, () => Words.Component(texts, component));

    private TableCell Of(Unit unit) => Known(_units, unit, () => Words.Unit(texts, unit));

    private static TableCell Price(Fixed? price) => price is { } known ? TableCell.Number(known) : "";

    private static TableCell Known<T>(Dictionary<T, TableCell> known, T of, Func<string> name)
        where T : notnull
    {
        if (!known.TryGetValue(of, out var cell))
            known[of] = cell = name().Replace('\u00A0', ' ');
        return cell;
    }
}
