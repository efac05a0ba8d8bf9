using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Facts;

/// <summary>Where the rule packs lie.</summary>
internal sealed record RulePackFolder(string Path);

/// <summary>The rules of a territory: its pack, and over it what the territory itself decided.</summary>
internal sealed class TerritoryRules(OchagDb db, RulePackFolder folder, IClock clock)
{
    public async Task<Outcome<Rules>> Read(TerritoryRecord territory, CancellationToken cancel)
    {
        var sources = await Sources(territory, cancel);
        return sources.IsRefused
            ? sources.Refusal!
            : Rules.Over(sources.Value.Pack, [.. sources.Value.Own.Select(p => new Parameter(
                p.Table, p.Key, p.From, p.To, p.Value.ToExact(), p.Evidence, p.Id))]);
    }

    public async Task<Outcome<RuleSources>> Sources(TerritoryRecord territory, CancellationToken cancel)
    {
        var pack = RulePack.Read(Path.Combine(folder.Path, territory.RulePack));
        if (pack.IsRefused)
            return pack.Refusal!;
        var own = await db.Set<ParameterFact>().AsNoTracking().Known(db.AsOf).Where(p => p.TerritoryId == territory.Id).OrderBy(p => p.Id)
            .Select(p => new RecordedParameter(
                p.Id, p.TerritoryId, p.Table, p.Key, p.Value, p.EffectiveFrom, p.EffectiveTo, p.Recorded.Evidence)).ToListAsync(cancel);
        return new RuleSources(pack.Value, own);
    }

    public PackFormula? FindFormula(string rulePack, int formula) => Pack(rulePack)?.Formulas.GetValueOrDefault(formula);

    public string? FindClause(string rulePack, Service service, Clause clause) => Pack(rulePack)?.Clauses.Paragraph(service, clause);

    public IReadOnlyList<RulePack> ListPacks() => Directory.Exists(folder.Path)
        ? [
            .. Directory.EnumerateDirectories(folder.Path).Order(StringComparer.Ordinal)
                .Select(d => Pack(Path.GetFileName(d))).OfType<RulePack>(),
        ]
        : [];

    private RulePack? Pack(string name) =>
        RulePack.Read(Path.Combine(folder.Path, name)) is { IsRefused: false } pack ? pack.Value : null;

    public async Task Record(
        TerritoryId territory, IReadOnlyList<Parameter> parameters, string by, string evidence, CancellationToken cancel)
    {
        var recorded = new Recorded(clock.GetCurrentInstant(), by, evidence);
        var id = await db.ReserveIds<ParameterFact>(parameters.Count, cancel);
        db.AddRange(parameters.Select(p => new ParameterFact
        {
            Id = id++,
            TerritoryId = territory,
            Table = p.Table,
            Key = p.Key,
            Value = new Fixed(p.Value.Round(Fixed.Places)),
            EffectiveFrom = p.From,
            EffectiveTo = p.To,
            Recorded = recorded,
        }));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }
}
