using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Cases;

namespace Ochag.Stores.Billing;

/// <summary>A worked building put into a database through the contracts that imports use.</summary>
internal sealed class StoredBuilding(WorkedBuilding worked, IServiceProvider services)
{
    private readonly Dictionary<MeterId, MeterDraft> _meters = [];
    private readonly Dictionary<AccountId, AccountDraft> _accounts = [];

    public required TerritoryRecord Territory { get; init; }
    public required IReadOnlyDictionary<AccountId, AccountId> Accounts { get; init; }

    public static async Task<StoredBuilding> Put(WorkedBuilding worked, IServiceProvider services, CancellationToken stop)
    {
        var territory = (await services.GetRequiredService<IRegistryIntake>().AddTerritory(
            new(worked.Id.ToLowerInvariant(), worked.Id, worked.Facts.TimeZone.Id, worked.PackName, worked.Facts.Currency,
                worked.Months[0], "worked"), stop)).Value;
        await services.GetRequiredService<IBilling>().RecordParameters(territory.Id, worked.Parameters, "test", worked.Id, stop);
        var stored = new StoredBuilding(worked, services) { Territory = territory, Accounts = new Dictionary<AccountId, AccountId>() };
        return new StoredBuilding(worked, services) { Territory = territory, Accounts = await stored.Fill(stop) };
    }

    private async Task<IReadOnlyDictionary<AccountId, AccountId>> Fill(CancellationToken stop)
    {
        var intake = services.GetRequiredService<IRegistryIntake>();
        var building = (await intake.AddHouses(Territory.Id, [new($"worked building {worked.Id}", null)], stop))[0];
        var record = worked.Facts.Building;
        var draft = new BuildingDraft(
            building,
            record.Passports,
            record.CommonNeeds,
            [.. record.Premises.Select(Draft)],
            [.. record.Meters.Select(Draft)]);
        var placed = (await intake.Fill([draft], "test", worked.Id, stop))[0];
        var meters = _meters.ToDictionary(m => m.Key, m => placed.Meters.First(p => ReferenceEquals(p.Draft, m.Value)).Id);
        var accounts = _accounts.ToDictionary(a => a.Key, a => placed.Accounts.First(p => ReferenceEquals(p.Draft, a.Value)).Id);
        await Record(building, placed, meters, stop);
        await RecordActs(building, placed, meters, stop);
        await RecordBilling(building, accounts, stop);
        return accounts;
    }

    private async Task RecordActs(
        BuildingId building, PlacedBuilding placed, Dictionary<MeterId, MeterId> meters, CancellationToken stop)
    {
        var metering = services.GetRequiredService<IMetering>();
        await metering.RecordActs(
            building,
            [.. worked.Facts.Acts.Select(a => a with
            {
                Premises = PlaceOf(a.Premises, placed),
                Meter = a.Meter is { } meter ? meters[meter] : null,
            })],
            "test", worked.Id, stop);
        await metering.RecordStart(
            building, worked.Months[0].FirstDay,
            [.. worked.Facts.StartStates.Select(s => (PlaceOf(s.Key.Premises, placed), s.Key.Service, s.Value))],
            "test", worked.Id, stop);
    }

    private async Task RecordBilling(BuildingId building, Dictionary<AccountId, AccountId> accounts, CancellationToken stop)
    {
        var (intake, facts) = (services.GetRequiredService<IBillingIntake>(), worked.Facts);
        await intake.RecordAbsences([.. Of(facts.Absences)], "test", worked.Id, stop);
        await intake.RecordBenefits([.. Of(facts.Benefits)], "test", worked.Id, stop);
        await intake.RecordLoads([.. Of(facts.ContractLoads)], "test", worked.Id, stop);
        await intake.RecordHeatingCharged(
            [.. facts.HeatingCharged.Select(c => (accounts[c.Key.Account], c.Key.Year, c.Value))], "test", worked.Id, stop);
        await intake.RecordQuality(
            Territory, building,
            [.. facts.QualityEvents.Select(e => e with { Accounts = e.Accounts?.Select(a => accounts[a]).ToList() })],
            "test", worked.Id, stop);

        IEnumerable<(AccountId Account, T Fact)> Of<T>(IReadOnlyDictionary<AccountId, IReadOnlyList<T>> byAccount) =>
            byAccount.SelectMany(a => a.Value.Select(fact => (accounts[a.Key], fact)));
    }

    private Task Record(
        BuildingId building, PlacedBuilding placed, Dictionary<MeterId, MeterId> meters, CancellationToken stop)
    {
        var facts = worked.Facts;
        var readings = facts.Readings.SelectMany(m => m.Value.Select(r => new ReadingDraft(
            meters[m.Key], building, r.Taken, r.Received, r.Source, r.Mark, r.Values)));
        var known = facts.MeterVolumes.SelectMany(m => m.Value.Select(v => new VolumeDraft(
            building, meters[m.Key], null, facts.Building.Meters.First(b => b.Id == m.Key).Service, v.Month, v.Values)));
        var history = facts.History.SelectMany(h => h.Value.Select(v => new VolumeDraft(
            building, null, PlaceOf(h.Key.Premises, placed), h.Key.Service, v.Month, v.Values)));
        return services.GetRequiredService<IMetering>().Record([.. readings], [.. known, .. history], "test", worked.Id, stop);
    }

    private PremisesId PlaceOf(PremisesId premises, PlacedBuilding placed) => placed.Accounts.First(a =>
        worked.Facts.Building.Accounts.First(r => ReferenceEquals(_accounts[r.Id], a.Draft)).Premises == premises).Premises;

    private PremisesDraft Draft(PremisesRecord premises) => new(
        premises.Id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        premises.Passports,
        [.. premises.Meters.Select(Draft)],
        [.. worked.Facts.Building.Accounts.Where(a => a.Premises == premises.Id).Select(Draft)])
    {
        Norms = premises.Norms,
        Gas = premises.Gas,
    };

    private MeterDraft Draft(MeterRecord meter) => _meters[meter.Id] = new(
        meter.Service,
        meter.Serial,
        meter.Digits,
        meter.Multiplier,
        meter.Zones,
        meter.Installed,
        meter.Removed,
        meter.Verifications,
        meter.Failures);

    private AccountDraft Draft(AccountRecord account) => _accounts[account.Id] = new(
        $"{worked.Id}-{worked.AccountName(account.Id)}",
        account.Opened,
        account.Closed,
        account.HolderKind,
        account.Owners,
        [new("Проверочный Владелец")],
        account.Residents,
        account.Connections);
}
