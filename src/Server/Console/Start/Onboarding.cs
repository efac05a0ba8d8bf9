using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Jobs;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Start;

/// <summary>The checklist of a territory as a page shows it.</summary>
/// <param name="MayBill">The person may bring files and try things out there.</param>
/// <param name="Administers">The person administers everywhere: companies and territories are for such.</param>
/// <param name="Sample">The job that invents accounts; null: there was none.</param>
public sealed record StartView(
    StartFacts Facts, IReadOnlyList<StartStep> Steps, bool MayBill, bool Administers, Job? Sample, BillingPeriod Today)
{
    public TerritoryRecord? Territory => Facts.Territory;

    public int Done => Steps.Count(s => s.State == StepState.Done);

    /// <summary>Invented accounts are offered only where there are none, and houses for them.</summary>
    public bool OffersSample => MayBill && Facts.Accounts == 0 && Facts.EmptyHouses > 0 && Sample is not { IsActive: true };

    public bool MayOpen(StartStep step) => step.Path is not null && (step.ByAdministrator ? Administers : MayBill || step.Key == "rules");
}

/// <summary>Finds out how far a territory is on its way to the first billed month; nothing of it is stored.</summary>
internal sealed class Onboarding(
    ICompany company, IBilling billing, IRegistryDesk desk, IRegistryIntake intake, IMetering metering, Sight sight, JobBook jobs,
    IClock clock, IHttpContextAccessor http)
{
    private bool? _company;

    /// <summary>Of nobody's territory: the first steps of an empty base.</summary>
    public async Task<StartView> Empty(CancellationToken stop)
    {
        var facts = new StartFacts(await HasCompany(stop), null);
        return new(facts, StartSteps.Of(facts), false, Administers, null, default);
    }

    public async Task<StartView> Of(TerritoryRecord territory, CancellationToken stop)
    {
        var counts = await desk.Count(territory.Id, stop);
        var entered = await desk.CountEntered(territory.Id, StartFacts.MostCounted + 1, stop);
        var accounts = await desk.CountAccounts(territory.Id, stop);
        var sources = await billing.RuleSourcesOf(territory, stop);
        var today = BillingPeriod.Of(clock.GetCurrentInstant().InZone(territory.TimeZone).Date);
        var empty = accounts == 0 && counts.BuildingsWithoutPremises > 0 ? (await intake.ListEmptyHouses(territory.Id, stop)).Count : 0;
        var facts = new StartFacts(
            await HasCompany(stop), territory, !sources.IsRefused, counts.Buildings, empty, accounts, entered,
            (await metering.LatestReadings(entered.Meters, 1, stop)).Count > 0
                || (await metering.LatestVolumes(entered.Meters, stop)).Count > 0,
            sources.IsRefused ? 0 : sources.Value.Own.Count,
            await billing.HaveOpening(entered.AccountIds, stop),
            territory.BilledSince < today);
        var own = await sight.Territories(stop, Roles.Engineer, Roles.Administrator);
        return new(
            facts, StartSteps.Of(facts), own.Any(t => t.Id == territory.Id), Administers,
            await jobs.Latest(SampleJob.SubjectOf(territory.Id), stop), today);
    }

    private bool Administers => http.HttpContext!.User.Territories(Roles.Administrator) is null;

    private async Task<bool> HasCompany(CancellationToken stop) => _company ??= await company.Find(stop) is not null;
}
