using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>What a run writes of a few buildings, in one transaction: lines, the bills they belong to, sums and marks. Pure.</summary>
internal sealed class RunChunk(RunId run, BillingPeriod month, Currency currency)
{
    public List<ChargeLineRow> Lines { get; } = [];
    public List<BillRow> Bills { get; } = [];
    public List<RunSum> Sums { get; } = [];
    public List<RunBuilding> Buildings { get; } = [];

    /// <summary>A building without a passport has nothing to charge yet: it is done, and empty.</summary>
    public void AddEmpty(BuildingId building) => Mark(building, 0, 0, 0);

    public void AddRefused(BuildingId building, Refusal refusal) => Mark(building, 0, 0, 0, Short(refusal));

    /// <param name="building">Evaluated with an account after the other.</param>
    public void Add(BuildingId building, EvaluatedBuilding evaluated)
    {
        var (lines, bills) = (Lines.Count, Bills.Count);
        var sums = new SortedDictionary<Service, long>();
        var bill = new BillDraft();
        foreach (var line in evaluated.Lines)
        {
            if (bill.Account != line.Account)
            {
                Close(bill);
                bill = new() { Account = line.Account };
            }

            bill.Take(line);
            sums[line.Service] = checked(sums.GetValueOrDefault(line.Service) + line.Total.Minor);
            Lines.Add(Row(line, bill.Lines));
        }

        Close(bill);
        Sums.AddRange(sums.Select(s => new RunSum { RunId = run, BuildingId = building, Service = s.Key, SumMinor = s.Value }));
        Mark(building, Bills.Count - bills, Lines.Count - lines, sums.Values.Sum());
    }

    private void Mark(BuildingId building, int accounts, int lines, long total, string? refusal = null) => Buildings.Add(new()
    {
        RunId = run, BuildingId = building, Accounts = accounts, Lines = lines, TotalMinor = total, Refusal = refusal,
    });

    private void Close(BillDraft bill)
    {
        if (bill.Lines == 0)
            return;
        Bills.Add(new()
        {
            PostedIn = month,
            AccountId = bill.Account,
            RunId = run,
            Total = new(bill.Total, currency),
            Lines = bill.Lines,
            Bases = bill.Bases,
        });
    }

    private ChargeLineRow Row(ChargeLine line, short number) => new()
    {
        PostedIn = month,
        AccountId = line.Account,
        RunId = run,
        Number = number,
        Period = month,
        Service = line.Service,
        Component = line.Component.Code,
        Bases = line.Basis.Packed,
        Quantity = new(line.Quantity.Round(Fixed.Places)),
        Unit = line.Unit,
        Amount = line.Amount,
        VatRate = new(line.VatRate.Round(Fixed.Places)),
        VatMinor = line.Vat.Minor,
        VatOnTop = line.VatOnTop,
        Working = line.Working,
    };

    private static string Short(Refusal refusal) =>
        refusal.ToString() is { Length: > FactModel.TextLength } text ? text[..FactModel.TextLength] : refusal.ToString();

    /// <summary>A bill that grows with its lines.</summary>
    private sealed class BillDraft
    {
        public AccountId Account { get; init; }
        public long Total { get; private set; }
        public short Lines { get; private set; }
        public short Bases { get; private set; }

        public void Take(ChargeLine line)
        {
            Lines++;
            Total = checked(Total + line.Total.Minor);
            foreach (var basis in line.Basis.Each())
                Bases |= (short)(1 << (int)basis);
        }
    }
}
