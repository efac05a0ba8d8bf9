using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>How many live on an account, by days (p.56-58 of the Rules).</summary>
internal sealed class ResidentsImport(OchagDb db, IRegistry registry) : AccountRows(db, registry)
{
    private const int MostResidents = 1000;
    private const int UsualMost = 20;
    private Dictionary<(AccountId, bool), List<ResidentsFact>> _known = [];

    public override string Name => "residents";

    public override IReadOnlyList<ImportColumn> Columns { get; } =
    [
        ImportWords.Account,
        new("count", ImportValue.Whole, true, "3", "проживающих", "зарегистрировано", "количество проживающих", "прописано", "мешканців"),
        new("temporary", ImportValue.YesNo, false, "нет", "временно", "временные"),
        ImportWords.From, ImportWords.To,
    ];

    protected override async Task Read(IReadOnlyList<AccountPlace> accounts, CancellationToken cancel)
    {
        var ids = accounts.Select(a => a.Id).ToArray();
        _known = (await Db.Set<ResidentsFact>().AsNoTracking().Known().Where(r => ids.Contains(r.AccountId)).ToListAsync(cancel))
            .Lines(r => (r.AccountId, r.Temporary));
    }

    protected override async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, ImportCells cells, AccountPlace account, CancellationToken cancel)
    {
        var count = cells.Whole("count", 0, MostResidents);
        var temporary = cells.YesNo("temporary") ?? false;
        var from = cells.Date("from") ?? batch.Territory.BilledSince.FirstDay;
        var to = cells.Date("to");
        if (to < from)
            cells.Refuse("imports.days-turned", "to", $"{to}");
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);
        var changed = await batch.Book.Put(
            _known.Of((account.Id, temporary)),
            new ResidentsFact
            {
                Id = 0,
                AccountId = account.Id,
                Count = (short)count!.Value,
                Temporary = temporary,
                EffectiveFrom = from,
                EffectiveTo = to,
                Recorded = batch.Book.Recorded,
            },
            cancel);
        if (!changed)
            return RowVerdict.Unchanged(row);
        return count > UsualMost
            ? RowVerdict.Taken(row, new Foundation.Refusal("registry.residents-many", ("count", $"{count}")))
            : RowVerdict.Taken(row);
    }
}
