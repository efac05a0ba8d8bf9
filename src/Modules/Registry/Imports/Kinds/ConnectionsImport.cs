using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>Which services an account takes, from a day to a day.</summary>
internal sealed class ConnectionsImport(OchagDb db, IRegistry registry) : AccountRows(db, registry)
{
    private Dictionary<(AccountId, Service), List<ConnectionFact>> _known = [];

    public override string Name => "connections";

    public override IReadOnlyList<ImportColumn> Columns { get; } =
        [ImportWords.Account, ImportWords.Service, ImportWords.From, ImportWords.To];

    protected override async Task Read(IReadOnlyList<AccountPlace> accounts, CancellationToken cancel)
    {
        var ids = accounts.Select(a => a.Id).ToArray();
        _known = (await Db.Set<ConnectionFact>().AsNoTracking().Known().Where(c => ids.Contains(c.AccountId)).ToListAsync(cancel))
            .Lines(c => (c.AccountId, c.Service));
    }

    protected override async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, ImportCells cells, AccountPlace account, CancellationToken cancel)
    {
        var service = cells.Choice<Service>("service");
        var from = cells.Date("from") ?? batch.Territory.BilledSince.FirstDay;
        var to = cells.Date("to");
        if (to < from)
            cells.Refuse("imports.days-turned", "to", $"{to}");
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);
        var changed = await batch.Book.Put(
            _known.Of((account.Id, service!.Value)),
            new ConnectionFact
            {
                Id = 0,
                AccountId = account.Id,
                Service = service.Value,
                EffectiveFrom = from,
                EffectiveTo = to,
                Recorded = batch.Book.Recorded,
            },
            cancel);
        return changed ? RowVerdict.Taken(row) : RowVerdict.Unchanged(row);
    }
}
