using Ochag.Billing.Anomalies;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>What a run writes of a few buildings, in one transaction: lines, the bills they belong to, sums and marks. Pure.</summary>
/// <param name="decided">What people decided of the same buildings when they were evaluated before.</param>
internal sealed class RunChunk(RunId run, BillingPeriod month, Currency currency, IReadOnlyList<AnomalyRow> decided)
{
    private static readonly AnomalyLimits Limits = new();
    private readonly Dictionary<AccountId, BillSum> _sums = [];
    private readonly ILookup<BuildingId, AnomalyRow> _decided = decided.ToLookup(a => a.BuildingId);

    public List<ChargeLineRow> Lines { get; } = [];
    public List<BillRow> Bills { get; } = [];
    public List<RunSum> Sums { get; } = [];
    public List<RunBuilding> Buildings { get; } = [];
    public List<AnomalyRow> Anomalies { get; } = [];

    /// <summary>A building without a passport has nothing to charge yet: it is done, and empty.</summary>
    public void AddEmpty(BuildingId building) => Mark(building, 0, 0, 0);

    public void AddRefused(BuildingFacts facts, Refusal refusal, EarlierBills earlier)
    {
        Mark(facts.Building.Id, 0, 0, 0, Short(refusal));
        Note(facts.Building.Id, [AnomalyFinder.Refused(refusal, facts.Building.Accounts.Select(a => a.Id), earlier)]);
    }

    /// <param name="evaluated">With an account after the other.</param>
    public void Add(BuildingFacts facts, EvaluatedBuilding evaluated, EarlierBills earlier)
    {
        var building = facts.Building.Id;
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
        Note(building, new AnomalyFinder(facts, evaluated, _sums, earlier, month, Limits).Find());
        _sums.Clear();
    }

    /// <summary>What is as odd as it was keeps its decision.</summary>
    private void Note(BuildingId building, IEnumerable<Found> found)
    {
        var number = 0;
        foreach (var odd in found)
        {
            Anomalies.Add(new()
            {
                RunId = run, BuildingId = building, Number = ++number, Kind = odd.Kind, AccountId = odd.Account, Service = odd.Service,
                NowMinor = odd.Now, LastMonthMinor = odd.LastMonth, LastYearMinor = odd.LastYear, RiskMinor = odd.AtRisk,
                Months = odd.Months,
                DecisionId = _decided[building].FirstOrDefault(d =>
                    (d.Kind, d.AccountId, d.Service, d.NowMinor) == (odd.Kind, odd.Account, odd.Service, odd.Now))?.DecisionId,
            });
        }
    }

    private void Mark(BuildingId building, int accounts, int lines, long total, string? refusal = null) => Buildings.Add(new()
    {
        RunId = run, BuildingId = building, Accounts = accounts, Lines = lines, TotalMinor = total, Refusal = refusal,
    });

    private void Close(BillDraft bill)
    {
        if (bill.Lines == 0)
            return;
        var services = bill.Services;
        _sums[bill.Account] = new(bill.Total, services);
        Bills.Add(new()
        {
            PostedIn = month,
            AccountId = bill.Account,
            RunId = run,
            Total = new(bill.Total, currency),
            Lines = bill.Lines,
            Bases = bill.Bases,
            Services = BillSums.Pack(services),
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
        private const int Estimates = 1 << (int)Basis.Average | 1 << (int)Basis.Norm;

        public AccountId Account { get; init; }
        public long Total { get; private set; }
        public short Lines { get; private set; }
        public short Bases { get; private set; }
        public List<ServiceSum> Services { get; } = [];

        public void Take(ChargeLine line)
        {
            Lines++;
            Total = checked(Total + line.Total.Minor);
            var bases = 0;
            foreach (var basis in line.Basis.Each())
                bases |= 1 << (int)basis;
            Bases |= (short)bases;
            Add(line.Service, line.Total.Minor, (bases & Estimates) != 0);
        }

        private void Add(Service service, long minor, bool estimated)
        {
            // Lines of a service follow each other, but for what comes at the end of a bill.
            for (var at = Services.Count - 1; at >= 0; at--)
            {
                if (Services[at].Service != service)
                    continue;
                Services[at] = new(service, checked(Services[at].Minor + minor), Services[at].Estimated || estimated);
                return;
            }

            Services.Add(new(service, minor, estimated));
        }
    }
}
