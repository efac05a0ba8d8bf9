using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Registry.Buildings;
using Ochag.Registry.Contracts;
using Ochag.Registry.Edits;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Books;
using Ochag.Storage.Bulk;

namespace Ochag.Registry.Meters;

/// <summary>Meters at the desk: each step of a life is a dated fact, laid over what was known of its days.</summary>
internal sealed class MeterBook(OchagDb db, IBulkWriter bulk, IClock clock) : IMeterBook
{
    public async Task<MeterLife?> Find(MeterId meter, CancellationToken cancel) =>
        await Read(db.Set<Meter>().Where(m => m.Id == meter), cancel) is [var found] ? found : null;

    public Task<IReadOnlyList<MeterLife>> At(BuildingId building, PremisesId? premises, CancellationToken cancel) =>
        Read(db.Set<Meter>().Where(m => m.BuildingId == building && m.PremisesId == premises), cancel);

    public Task Hold(CancellationToken cancel) => db.ReserveIds<Meter>(1, cancel);

    public async Task<MeterId> Install(
        NewMeter meter, MeterId? known, LocalDate day, string by, string evidence, CancellationToken cancel)
    {
        var book = Book(by, evidence);
        var id = known ?? new MeterId(await book.NewId<Meter>(cancel));
        if (known is null)
        {
            book.Add(new Meter
            {
                Id = id,
                BuildingId = meter.Building,
                PremisesId = meter.Premises,
                Service = meter.Service,
                Serial = meter.Serial,
                Digits = (short)meter.Digits,
                Multiplier = meter.Multiplier,
                Zones = ZoneSet.Of(meter.Zones),
            });
        }

        await book.Put([], new InstallationFact { Id = 0, MeterId = id, EffectiveFrom = day, Recorded = book.Recorded }, cancel);
        await book.Write(cancel);
        return id;
    }

    public async Task Verify(MeterId meter, LocalDate day, LocalDate? until, string by, string evidence, CancellationToken cancel)
    {
        var book = Book(by, evidence);
        var fact = new VerificationFact { Id = 0, MeterId = meter, EffectiveFrom = day, EffectiveTo = until, Recorded = book.Recorded };
        // What an earlier verification promised beyond the new one's term goes with it.
        await End<VerificationFact>(book, await Known<VerificationFact>(f => f.MeterId == meter, cancel), day, cancel);
        await book.Put([], fact, cancel);
        await book.Write(cancel);
    }

    public async Task Seal(MeterId meter, string seal, LocalDate day, string by, string evidence, CancellationToken cancel)
    {
        var book = Book(by, evidence);
        await book.Put(
            [], new SealFact { Id = 0, MeterId = meter, Number = seal, EffectiveFrom = day, Recorded = book.Recorded }, cancel);
        await book.Write(cancel);
    }

    public async Task BreakSeal(MeterId meter, string seal, LocalDate day, string by, string evidence, CancellationToken cancel)
    {
        var book = Book(by, evidence);
        await End(book, await Known<SealFact>(f => f.MeterId == meter && f.Number == seal, cancel), day, cancel);
        await book.Write(cancel);
    }

    public async Task Fail(MeterId meter, LocalDate day, LocalDate? until, string by, string evidence, CancellationToken cancel)
    {
        var book = Book(by, evidence);
        var fact = new MeterFailureFact { Id = 0, MeterId = meter, EffectiveFrom = day, EffectiveTo = until, Recorded = book.Recorded };
        await book.Put([], fact, cancel);
        await book.Write(cancel);
    }

    public async Task Repair(MeterId meter, LocalDate day, string by, string evidence, CancellationToken cancel)
    {
        var book = Book(by, evidence);
        await End(book, await Known<MeterFailureFact>(f => f.MeterId == meter && f.EffectiveTo == null, cancel), day, cancel);
        await book.Write(cancel);
    }

    public async Task WithdrawFailure(MeterId meter, long record, string by, string evidence, CancellationToken cancel)
    {
        var book = Book(by, evidence);
        var known = await Known<MeterFailureFact>(f => f.MeterId == meter && f.Id == record, cancel);
        foreach (var fact in known.ToList())
            book.Withdraw(known, fact);
        await book.Write(cancel);
    }

    public async Task Remove(MeterId meter, LocalDate day, string by, string evidence, CancellationToken cancel)
    {
        var book = Book(by, evidence);
        await End(book, await Known<InstallationFact>(f => f.MeterId == meter, cancel), day, cancel);
        await End(book, await Known<SealFact>(f => f.MeterId == meter, cancel), day, cancel);
        await book.Write(cancel);
    }

    private WriteBook Book(string by, string evidence) => new(db, bulk, new(clock.GetCurrentInstant(), by, evidence));

    private async Task<List<TFact>> Known<TFact>(
        System.Linq.Expressions.Expression<Func<TFact, bool>> which, CancellationToken cancel)
        where TFact : Fact => (await db.Facts(which, cancel)).Current();

    /// <summary>What reaches the day ends before it, on the evidence of this step; what begins then or later goes whole.</summary>
    private static async Task End<TFact>(WriteBook book, List<TFact> known, LocalDate day, CancellationToken cancel)
        where TFact : Fact
    {
        foreach (var fact in known.Where(f => f.EffectiveTo is null || f.EffectiveTo >= day).ToList())
        {
            book.Withdraw(known, fact);
            if (fact.EffectiveFrom < day)
                await book.Put([], fact with { EffectiveTo = day.PlusDays(-1) }, cancel);
        }
    }

    private async Task<IReadOnlyList<MeterLife>> Read(IQueryable<Meter> which, CancellationToken cancel)
    {
        var meters = await which.AsNoTracking().OrderBy(m => m.Id).ToListAsync(cancel);
        var ids = meters.Select(m => m.Id).ToArray();
        var installed = (await db.Facts<InstallationFact>(f => ids.Contains(f.MeterId), cancel)).ToLookup(f => f.MeterId);
        var verified = (await db.Facts<VerificationFact>(f => ids.Contains(f.MeterId), cancel)).ToLookup(f => f.MeterId);
        var seals = (await db.Facts<SealFact>(f => ids.Contains(f.MeterId), cancel)).ToLookup(f => f.MeterId);
        var failed = (await db.Facts<MeterFailureFact>(f => ids.Contains(f.MeterId), cancel)).ToLookup(f => f.MeterId);
        return [.. meters.Select(m => Life(
            m,
            [.. installed[m.Id].Select(f => f.Line(new MeterEvent(MeterStage.Installed)))],
            [.. verified[m.Id].Select(f => f.Line(new MeterEvent(MeterStage.Verified)))],
            [.. seals[m.Id].Select(f => f.Line(new MeterEvent(MeterStage.Sealed, f.Number)))],
            [.. failed[m.Id].Select(f => f.Line(new MeterEvent(MeterStage.Failed)))]))];
    }

    /// <summary>Each table counts its own ids, so that the version names each.</summary>
    private static MeterLife Life(Meter meter, params FactLine<MeterEvent>[][] sides) => new(
        new(meter.Id, meter.Serial, meter.Service, meter.Digits, ZoneSet.List(meter.Zones), meter.BuildingId, meter.PremisesId),
        meter.Multiplier,
        [.. sides.SelectMany(s => s).OrderByDescending(l => l.From).ThenByDescending(l => l.Origin.RecordedAt)],
        string.Join('-', sides.Select(s => Versions.Of(s.Select(l => (l.Id, !l.IsKnown))))));
}
