using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// The volumes of every account of a building in a month: by its meters where they bill, else by norm and persons, each
/// cut by the days on which the account is open and the service connected.
/// </summary>
internal sealed class BuildingVolumes(BuildingFacts facts, Rules rules, MonthRules month)
{
    private readonly Dictionary<(PremisesId, Service), IReadOnlyList<Piece>> _pieces = [];
    private readonly Dictionary<(AccountId, Service), IReadOnlyList<Segment>> _segments = [];
    private readonly ILookup<PremisesId, AccountRecord> _accounts = facts.Building.Accounts.ToLookup(a => a.Premises);
    private readonly Dictionary<PremisesId, PremisesRecord> _premises = facts.Building.Premises.ToDictionary(p => p.Id);
    private readonly Tape _tape = new();

    public IEnumerable<AccountRecord> AccountsOf(PremisesId premises) => _accounts[premises];

    public PremisesRecord PremisesOf(AccountRecord account) => _premises[account.Premises];

    public IReadOnlyList<Piece> Pieces(PremisesRecord premises, Service service)
    {
        if (!_pieces.TryGetValue((premises.Id, service), out var pieces))
        {
            var meters = new MeterVolumes(facts, rules, premises, service, (m, days) => NormOf(premises, service, m, days));
            _pieces[(premises.Id, service)] = pieces = meters.Of(month.Month);
        }

        return pieces;
    }

    /// <summary>The account's volumes of a service, in the order of their days and zones.</summary>
    public IReadOnlyList<Segment> Segments(AccountRecord account, Service service)
    {
        if (!_segments.TryGetValue((account.Id, service), out var segments))
        {
            _segments[(account.Id, service)] = segments = service == Service.Drainage
                ? new Drainage(this, month).Segments(account)
                : Cut(account, service);
        }

        return segments;
    }

    /// <summary>The volume of the account in the month.</summary>
    public Exact Volume(AccountRecord account, Service service)
    {
        var sum = Exact.Zero;
        foreach (var segment in Segments(account, service))
            sum += segment.Value;
        return sum;
    }

    /// <summary>Persons times the norm, by days (F.4): one segment for each run of persons, norm and tariff alike.</summary>
    public IEnumerable<Segment> ByNorm(AccountRecord account, Service service, Span days, bool factor)
    {
        foreach (var people in People.Count(account, month, days))
        {
            foreach (var norm in month.Over(ParameterTable.Norm, NormKey(service), people.Days))
            {
                _tape.From((int)FactKind.Residents, people.Fact).In((int)Symbol.Residents, people.Persons)
                    .From((int)FactKind.Parameter, norm.Parameter).In((int)Symbol.Norm, norm.Value).Multiply();
                _tape.Share(norm.Days, month.Days);
                yield return new(norm.Days, Basis.Norm, Zone.Single, _tape.Cut(), norm.Days.Days, factor);
            }
        }
    }

    private List<Segment> Cut(AccountRecord account, Service service)
    {
        var segments = new List<Segment>();
        foreach (var served in People.Served(account, service, month.Month))
        {
            foreach (var piece in Pieces(PremisesOf(account), service))
            {
                var days = piece.Days.Intersect(served);
                if (days.IsEmpty)
                    continue;
                if (piece.Basis == Basis.Norm)
                    segments.AddRange(ByNorm(account, service, days, piece.Factor));
                foreach (var (zone, volume) in piece.Volumes)
                    segments.Add(new(days, piece.Basis, zone, volume, piece.Days.Days, piece.Factor));
            }
        }

        return segments;
    }

    /// <summary>What the accounts of a premises are charged by norm on some days of any month.</summary>
    private Exact NormOf(PremisesRecord premises, Service service, BillingPeriod of, Span days)
    {
        var rulesOf = rules.For(of);
        var sum = Exact.Zero;
        foreach (var account in _accounts[premises.Id])
        {
            foreach (var served in People.Served(account, service, of))
            {
                var span = served.Intersect(days);
                if (span.IsEmpty)
                    continue;
                foreach (var people in People.Count(account, rulesOf, span))
                {
                    foreach (var norm in rulesOf.Over(ParameterTable.Norm, NormKey(service), people.Days))
                        sum += norm.Value * Exact.Fraction((long)people.Persons * norm.Days.Days, rulesOf.Days);
                }
            }
        }

        return sum;
    }

    public static string NormKey(Service service) => service switch
    {
        Service.ColdWater => "cold_water",
        Service.HotWater => "hot_water",
        Service.Drainage => "drainage",
        Service.Electricity => "electricity",
        Service.Heating => "heating",
        Service.Gas => "gas",
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "A service without a norm."),
    };
}
