using Ochag.Billing.Storage;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>Where the bills and the lines of a run lie until they are posted.</summary>
internal sealed record RunRows(MonthLoad<BillRow> Bills, MonthLoad<ChargeLineRow> Lines)
{
    public static async Task<RunRows> Begin(OchagDb db, Run run, CancellationToken cancel) => new(
        await MonthLoad<BillRow>.Begin(db, run.Period, run.Id.Value, cancel),
        await MonthLoad<ChargeLineRow>.Begin(db, run.Period, run.Id.Value, cancel));

    /// <summary>They become part of their month: bills first, lines refer to them.</summary>
    public async Task Join(OchagDb db, CancellationToken cancel)
    {
        await Bills.Join(db, cancel);
        await Lines.Join(db, cancel);
    }

    public async Task Clear(OchagDb db, CancellationToken cancel)
    {
        await Lines.Clear(db, cancel);
        await Bills.Clear(db, cancel);
    }
}
