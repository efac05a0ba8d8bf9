using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Heating paid all the year by the building's meter: a twelfth of last year's volume each month, and in the true-up
/// month the difference to what last year's months came to (p.42(1); rules.md 1.3, 18.15).
/// </summary>
internal sealed class HeatingYear(BuildingFacts facts, Rules rules, MonthRules month, LineWriter writer)
{
    private readonly int _lastYear = month.Month.Year - 1;
    private Dictionary<AccountId, Exact>? _charged;

    /// <summary>Last year's volumes, Gcal; null: some month in which heating ran is not known.</summary>
    public IReadOnlyList<(BillingPeriod Month, Exact Volume)>? LastYear => field ??= Known();

    /// <summary>A twelfth of last year's volume; null: the month goes by norm.</summary>
    public Fragment? Twelfth => LastYear is not { } known
        ? null
        : writer.Tape.In((int)Symbol.YearVolume, known.Aggregate(Exact.Zero, (sum, k) => sum + k.Volume)).In((int)Symbol.Months, 12)
            .Divide().Name((int)Symbol.BuildingVolume).Cut();

    /// <summary>Writes the true-up, where the month brings one and last year's charges are known.</summary>
    public void WriteTrueUp(AccountRecord account, HeatRooms rooms)
    {
        if (month.Month.Month != month.Setting(Settings.TrueUpMonth) || LastYear is not { } known || Charged(account) is not { } charged)
            return;
        var (tape, first) = (writer.Tape, true);
        foreach (var (of, volume) in known)
        {
            tape.In((int)Symbol.BuildingVolume, volume)
                .In((int)Symbol.Tariff, rules.For(of).Mean(LineWriter.TariffTable(account), "heating")).Multiply();
            if (!first)
                tape.Add();
            first = false;
        }

        PutShareOfRoom(account.Premises, rooms);
        tape.Multiply().Name((int)Symbol.ActualSum).In((int)Symbol.Charged, charged).Subtract();
        writer.Close(
            account, Service.Heating, new(ComponentKind.TrueUp), Bases.Of(Basis.BuildingShare), Unit.Gigacalorie, Formula.HeatingTrueUp,
            vatRate: rules.For(new(_lastYear, 12)).VatRate(Service.Heating));
    }

    /// <summary>The room's part of one Gcal of the building: S / Sob where no room has a source of its own.</summary>
    private void PutShareOfRoom(PremisesId premises, HeatRooms rooms)
    {
        if (rooms.OwnSource.IsZero)
        {
            writer.Tape.In((int)Symbol.Area, rooms[premises].Area).In((int)Symbol.AreaOfAllRooms, rooms.All).Divide();
            return;
        }

        var apart = new Tape();
        var one = apart.In((int)Symbol.BuildingVolume, 1L).Cut();
        new HeatShare(rooms, one, Basis.BuildingShare, new Dictionary<PremisesId, Fragment>(), apart).Put(premises);
        writer.Tape.Append(apart.Cut());
    }

    /// <summary>Of months before the first one billed here a fact tells, of the others the evaluation itself.</summary>
    private Exact? Charged(AccountRecord account)
    {
        var before = facts.HeatingCharged.TryGetValue((account.Id, _lastYear), out var fact) ? fact.ToExact() : (Exact?)null;
        if (facts.Since > new BillingPeriod(_lastYear, 12))
            return before;
        if (before is null && facts.Since > new BillingPeriod(_lastYear, 1))
            return null;
        _charged ??= ChargedHere();
        return (before ?? Exact.Zero) + _charged.GetValueOrDefault(account.Id);
    }

    private Dictionary<AccountId, Exact> ChargedHere()
    {
        var lines = new List<ChargeLine>();
        var january = new BillingPeriod(_lastYear, 1);
        for (var m = facts.Since > january ? facts.Since : january; m.Year == _lastYear; m = m.PlusMonths(1))
        {
            var of = rules.For(m);
            var heating = new Heating(facts, rules, new(facts, rules, of), of, new(of, facts.Currency, "", lines));
            foreach (var account in facts.Building.Accounts)
                heating.Write(account);
        }

        return lines.Where(l => l.Component == new Component(ComponentKind.Heat)).GroupBy(l => l.Account)
            .ToDictionary(g => g.Key, g => g.Aggregate(Exact.Zero, (sum, l) => sum + l.Amount.ToExact()));
    }

    private List<(BillingPeriod, Exact)>? Known()
    {
        var known = new List<(BillingPeriod, Exact)>();
        var (silent, seasons) = (0, 0);
        for (var m = new BillingPeriod(_lastYear, 1); m.Year == _lastYear; m = m.PlusMonths(1))
        {
            var heated = rules.For(m).Season.Length > 0;
            seasons += heated ? 1 : 0;
            if (BuildingMeters.VolumeOf(facts, Service.Heating, m) is { } volume)
                known.Add((m, volume));
            else if (heated)
                silent++;
        }

        // Without a calendar of the season the year is full when as many months are known as heating is paid for.
        var full = seasons > 0 ? silent == 0 : Exact.Of(known.Count) >= month.Number(Settings.HeatingMonths);
        return full && known.Count > 0 ? known : null;
    }
}
