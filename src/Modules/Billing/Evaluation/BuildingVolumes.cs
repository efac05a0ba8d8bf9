using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// The volumes of every account of a building in a month: by its meters where they bill, else by norm and persons, a
/// company's by its contract, each cut by the days on which the account is open and the service connected.
/// </summary>
internal sealed class BuildingVolumes(BuildingFacts facts, Rules rules, MonthRules month)
{
    private readonly Dictionary<(PremisesId, Service), MeterMonth> _meters = [];
    private readonly Dictionary<(AccountId, Service), IReadOnlyList<Segment>> _segments = [];
    private readonly ILookup<PremisesId, AccountRecord> _accounts = facts.Building.Accounts.ToLookup(a => a.Premises);
    private readonly Dictionary<PremisesId, PremisesRecord> _premises = facts.Building.Premises.ToDictionary(p => p.Id);
    private readonly NormVolumes _norms = new(facts);
    private readonly Tape _tape = new();

    public IEnumerable<AccountRecord> AccountsOf(PremisesId premises) => _accounts[premises];

    public PremisesRecord PremisesOf(AccountRecord account) => _premises[account.Premises];

    public MeterMonth Meters(PremisesRecord premises, Service service)
    {
        if (!_meters.TryGetValue((premises.Id, service), out var meters))
        {
            meters = premises.Meters.Any(m => m.Service == service)
                ? new MeterVolumes(facts, rules, premises, service, (m, days) => NormOf(premises, service, m, days)).Of(month.Month)
                : MeterVolumes.NeverMetered(premises, service, month.Month);
            var barred = ActsRule.DaysWithoutOrdinaryVolume(facts, premises.Id, service, month);
            if (!barred.IsEmpty)
                meters = meters with { Pieces = [.. meters.Pieces.Select(p => p with { Barred = barred })] };
            _meters[(premises.Id, service)] = meters;
        }

        return meters;
    }

    /// <summary>The account's volumes of a service, in the order of their days and zones.</summary>
    public IReadOnlyList<Segment> Segments(AccountRecord account, Service service)
    {
        if (!_segments.TryGetValue((account.Id, service), out var segments))
        {
            _segments[(account.Id, service)] = segments = service == Service.Drainage
                ? new Drainage(this, month).Segments(account)
                : [.. Cut(account, service)];
        }

        return segments;
    }

    /// <summary>The ordinary volume of the account in the month.</summary>
    public Exact Volume(AccountRecord account, Service service)
    {
        var sum = Exact.Zero;
        foreach (var segment in Segments(account, service))
            sum += segment.Value;
        return sum;
    }

    /// <summary>What checks of the month found beside it (p.61): individual consumption too (18.16).</summary>
    public Exact CheckedVolume(Service service)
    {
        var sum = Exact.Zero;
        foreach (var premises in facts.Acts.Where(a => a.Kind == MeterActKind.Difference && a.Service == service)
            .Select(a => a.Premises).Distinct())
        {
            foreach (var volume in Meters(_premises[premises], service).Checked.SelectMany(c => c.Volumes))
                sum += volume.Volume.Value;
        }

        return sum;
    }

    /// <summary>Persons times the norm, by days (F.4, 9): one segment for each run of persons and norm alike.</summary>
    public IEnumerable<Segment> ByNorm(AccountRecord account, Service service, Span days, bool factor, NormGround ground)
    {
        foreach (var part in _norms.Of(account, PremisesOf(account), service, month, days))
        {
            part.Put(_tape, month.Days);
            yield return new(part.Days, part.Basis, Zone.Single, _tape.Cut(), part.Days.Days, factor && part.Basis == Basis.Norm)
            {
                Ground = ground,
            };
        }
    }

    private IEnumerable<Segment> Cut(AccountRecord account, Service service)
    {
        foreach (var served in People.Served(account, service, month.Month))
        {
            foreach (var piece in Meters(PremisesOf(account), service).Pieces)
            {
                foreach (var days in piece.Days.Intersect(served).Without(piece.Barred))
                {
                    if (piece.Basis == Basis.Norm)
                    {
                        foreach (var segment in ByNorm(account, service, days, piece.Factor, piece.Ground))
                            yield return segment;
                    }

                    foreach (var (zone, volume) in piece.Volumes)
                    {
                        yield return new(days, piece.Basis, zone, volume, piece.Days.Days, piece.Factor)
                        {
                            Ground = piece.Ground,
                            Settles = piece.Settles,
                        };
                    }
                }
            }
        }
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
                foreach (var part in _norms.Of(account, premises, service, rulesOf, served.Intersect(days)))
                    sum += part.Value(rulesOf.Days);
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
