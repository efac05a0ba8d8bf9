using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Imports;

/// <summary>Serial numbers repeat between makers: the account or the service tells the meters apart.</summary>
internal static class MeterOfRow
{
    /// <summary>Refused with <c>metering.meter-unknown</c>, <c>metering.meter-ambiguous</c>, or as the account is.</summary>
    public static Outcome<MeterPlace> Find(
        ImportCells cells, ILookup<string, MeterPlace> meters, IReadOnlyDictionary<string, AccountPlace> accounts)
    {
        var serial = cells.Text("serial", 60);
        var service = cells.Choice<Service>("service");
        var number = cells.Text("account");
        if (cells.Fault is { } fault)
            return fault;
        var found = meters[serial].Where(m => service is null || m.Service == service).ToList();
        if (number.Length > 0)
        {
            var account = ImportWords.AccountOf(accounts, cells);
            if (account.Refusal is { } unknown)
                return unknown;
            found = [.. found.Where(m => m.Premises == account.Value.Premises)];
        }

        return found switch
        {
            [var only] => only,
            [] => new Refusal("metering.meter-unknown", ("serial", serial)),
            _ => new Refusal("metering.meter-ambiguous", ("serial", serial), ("meters", $"{found.Count}")),
        };
    }
}
