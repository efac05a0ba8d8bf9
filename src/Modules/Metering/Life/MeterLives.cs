using Microsoft.EntityFrameworkCore;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Life;

/// <summary>The steps of a meter's life, each its own use case.</summary>
internal sealed class MeterLives(MeterDesk desk, IMeterBook meters, OchagDb db) : IMeterLife
{
    public Task<MeterDecision> Install(TerritoryRecord territory, InstallMeter install, string by, CancellationToken cancel) =>
        new InstallMeterHandler(desk).Run(territory, install, by, cancel);

    public Task<MeterDecision> Verify(TerritoryRecord territory, VerifyMeter verify, string by, CancellationToken cancel) =>
        new VerifyMeterHandler(desk, meters).Run(territory, verify, by, cancel);

    public Task<MeterDecision> Seal(TerritoryRecord territory, SealMeter seal, string by, CancellationToken cancel) =>
        new SealMeterHandler(desk, meters).Run(territory, seal, by, cancel);

    public Task<MeterDecision> Fail(TerritoryRecord territory, FailMeter fail, string by, CancellationToken cancel) =>
        new FailMeterHandler(desk, meters).Run(territory, fail, by, cancel);

    public Task<MeterDecision> Repair(TerritoryRecord territory, RepairMeter repair, string by, CancellationToken cancel) =>
        new FailMeterHandler(desk, meters).Run(territory, repair, by, cancel);

    public Task<MeterDecision> Withdraw(TerritoryRecord territory, WithdrawFailure withdraw, string by, CancellationToken cancel) =>
        new FailMeterHandler(desk, meters).Run(territory, withdraw, by, cancel);

    public Task<MeterDecision> Replace(TerritoryRecord territory, ReplaceMeter replace, string by, CancellationToken cancel) =>
        new ReplaceMeterHandler(desk, meters).Run(territory, replace, by, cancel);

    public Task<MeterDecision> Remove(TerritoryRecord territory, RemoveMeter remove, string by, CancellationToken cancel) =>
        new RemoveMeterHandler(desk, meters).Run(territory, remove, by, cancel);

    public async Task<IReadOnlyList<(Reading Reading, FactOrigin Origin)>> ListReadings(MeterId meter, CancellationToken cancel)
    {
        var rows = await db.Set<ReadingRow>().AsNoTracking().Where(r => r.MeterId == meter && r.SupersededAt == null)
            .OrderBy(r => r.Zone).ToListAsync(cancel);
        return
        [
            .. rows.GroupBy(r => (r.Taken, r.Received, r.Source, r.Mark)).OrderByDescending(g => g.Key.Taken)
                .Select(g => (
                    new Reading(
                        g.First().Id, meter, g.Key.Taken, g.Key.Received, g.Key.Source, g.Key.Mark,
                        [.. g.Select(r => new RegisterIndex(r.Zone, r.Index))]),
                    new FactOrigin(g.First().Recorded.By, g.First().Recorded.At, g.First().Recorded.Evidence))),
        ];
    }
}
