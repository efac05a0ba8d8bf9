using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Buildings;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>Meters of premises and of whole buildings, with when they stood and were verified.</summary>
internal sealed class MetersImport(OchagDb db, IRegistry registry) : IImportKind
{
    public string Name => "meters";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        KnownPlaces.House, KnownPlaces.City, KnownPlaces.Street, KnownPlaces.HouseNumber,
        KnownPlaces.Premises with { Required = false },
        ImportWords.Account with { Required = false, Example = "" },
        ImportWords.Service,
        new("serial", ImportValue.Text, true, "04518207",
            "заводской номер", "номер счетчика", "номер пу", "№ пу", "номер прибора", "серийный номер"),
        new("digits", ImportValue.Whole, false, "5", "разрядность", "разрядов", "знаков"),
        new("multiplier", ImportValue.Decimal, false, "1", "коэффициент", "ктт", "коэффициент трансформации"),
        new("zones", ImportValue.Choice, false, "1", "тарифность", "количество тарифов", "зон")
        {
            Choices = ImportWords.Choices(
                ("One", "1;одноставочный;однотарифный"), ("Two", "2;двухтарифный;двухставочный;день ночь"),
                ("Three", "3;трехтарифный;многотарифный")),
        },
        new("installed", ImportValue.Date, true, "15.03.2022", "дата установки", "установлен", "дата ввода"),
        new("removed", ImportValue.Date, false, "", "дата снятия", "снят"),
        new("verified_from", ImportValue.Date, false, "15.03.2022", "дата поверки", "поверен", "дата последней поверки"),
        new("verified_until", ImportValue.Date, false, "14.03.2028", "поверка до", "дата следующей поверки", "срок поверки", "мпи до"),
    ];

    /// <summary>How many zones a meter counts apart; the words of the column say which.</summary>
    internal enum ZoneCount
    {
        One,
        Two,
        Three,
    }

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var read = await Places(batch, cancel);
        var serials = read.Select(r => r.Cells.Text("serial")).Distinct(StringComparer.Ordinal).ToArray();
        var meters = (await db.Set<Meter>().AsNoTracking().Where(m => serials.Contains(m.Serial)).ToListAsync(cancel))
            .ToLookup(m => (m.BuildingId, m.PremisesId, m.Service, m.Serial));
        var ids = meters.SelectMany(m => m).Select(m => m.Id).ToArray();
        var installed = (await db.Set<InstallationFact>().AsNoTracking().Known().Where(f => ids.Contains(f.MeterId)).ToListAsync(cancel))
            .Lines(f => f.MeterId);
        var verified = (await db.Set<VerificationFact>().AsNoTracking().Known().Where(f => ids.Contains(f.MeterId)).ToListAsync(cancel))
            .Lines(f => f.MeterId);
        var verdicts = new List<RowVerdict>(read.Count);
        foreach (var (row, cells, place) in read)
        {
            if (place.Refusal is { } refusal)
            {
                verdicts.Add(RowVerdict.Refused(row, refusal));
                continue;
            }

            var draft = Draft(cells);
            if (draft.Refusal is { } wrong)
            {
                verdicts.Add(RowVerdict.Refused(row, wrong));
                continue;
            }

            var (house, premises) = place.Value;
            var known = meters[(house, premises, draft.Value.Service, draft.Value.Serial)].FirstOrDefault();
            verdicts.Add(await Decide(batch, row, draft.Value, place.Value, known, installed, verified, cancel));
        }

        return verdicts;
    }

    /// <summary>Where each row's meter stands: on an account's premises, on a premises of a house, on a house.</summary>
    private async Task<List<(ImportRow Row, ImportCells Cells, Outcome<StandingPlace> Place)>> Places(
        ImportBatch batch, CancellationToken cancel)
    {
        var accounts = await registry.FindAccounts(batch.Territory.Id, ImportWords.AccountNumbers(batch, Columns), cancel);
        var read = new List<(ImportRow Row, ImportCells Cells, Outcome<StandingPlace> Place)>(batch.Rows.Count);
        foreach (var row in batch.Rows)
        {
            var cells = new ImportCells(row, Columns);
            read.Add((row, cells, await HouseOrAccount(batch, cells, accounts, cancel)));
        }

        var premises = await KnownPlaces.PremisesOf(db, read.Where(r => !r.Place.IsRefused).Select(r => r.Place.Value.House), cancel);
        return [.. read.Select(r => (r.Row, r.Cells, r.Place.IsRefused || r.Place.Value.Premises is not null ? r.Place : OnPremises(r)))];

        Outcome<StandingPlace> OnPremises((ImportRow Row, ImportCells Cells, Outcome<StandingPlace> Place) read)
        {
            var number = read.Cells.Text("premises", RegistryModel.NumberLength);
            if (number.Length == 0)
                return read.Place;
            return premises.TryGetValue((read.Place.Value.House, SearchKey.SortNumber(number)), out var found)
                ? read.Place.Value with { Premises = found }
                : new Refusal("registry.premises-unknown", ("premises", number));
        }
    }

    private async Task<Outcome<StandingPlace>> HouseOrAccount(
        ImportBatch batch, ImportCells cells, IReadOnlyDictionary<string, AccountPlace> accounts, CancellationToken cancel)
    {
        if (cells.Text("account").Length > 0)
        {
            var account = ImportWords.AccountOf(accounts, cells);
            return account.Refusal is { } unknown ? unknown : new StandingPlace(account.Value.Building, account.Value.Premises);
        }

        var house = await KnownPlaces.HouseOf(db, batch, cells, cancel);
        return house.Refusal is { } refusal ? refusal : new StandingPlace(house.Value, null);
    }

    /// <param name="Premises">Null: the whole building.</param>
    private readonly record struct StandingPlace(BuildingId House, PremisesId? Premises);

    private static Outcome<MeterDraft> Draft(ImportCells cells)
    {
        var service = cells.Choice<Service>("service");
        var serial = cells.Text("serial", 60);
        var digits = cells.Whole("digits", 1, 12) ?? 5;
        var multiplier = cells.Decimal("multiplier", 0, 100_000) ?? Fixed.Of(1);
        if (multiplier == Fixed.Zero)
            cells.Refuse("imports.number-wrong", "multiplier", "0");
        Zone[] zones = cells.Choice<ZoneCount>("zones") switch
        {
            ZoneCount.Two => [Zone.Day, Zone.Night],
            ZoneCount.Three => [Zone.Peak, Zone.HalfPeak, Zone.Night],
            _ => [Zone.Single],
        };
        var installed = cells.Date("installed");
        var removed = cells.Date("removed");
        var (from, until) = (cells.Date("verified_from"), cells.Date("verified_until"));
        if (removed <= installed)
            cells.Refuse("imports.days-turned", "removed", $"{removed}");
        if (until < (from ?? installed))
            cells.Refuse("imports.days-turned", "verified_until", $"{until}");
        if (zones.Length > 1 && service != Service.Electricity)
            cells.Refuse("registry.zones-of-electricity", "zones", $"{zones.Length}");
        if (cells.Fault is { } fault)
            return fault;
        DayInterval[] verifications = from is null && until is null ? [] : [new(from ?? installed!.Value, until)];
        return new MeterDraft(service!.Value, serial, digits, multiplier, zones, installed!.Value, removed, verifications, []);
    }

    private static async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, MeterDraft draft, StandingPlace place, Meter? known,
        Dictionary<MeterId, List<InstallationFact>> installed, Dictionary<MeterId, List<VerificationFact>> verified,
        CancellationToken cancel)
    {
        var key = $"{place.House.Value} {place.Premises?.Value} {draft.Service} {draft.Serial}";
        if (batch.SeenBefore(key, row.Line) is { } first)
            return RowVerdict.Refused(row, new("registry.meter-twice", ("serial", draft.Serial), ("line", $"{first}")));
        if (known is not null
            && (known.Digits, known.Multiplier, known.Zones) != ((short)draft.Digits, draft.Multiplier, ZoneSet.Of(draft.Zones)))
            return RowVerdict.Refused(row, new("registry.meter-differs", ("serial", draft.Serial)));
        batch.Cite(row);
        var id = known?.Id ?? new MeterId(await batch.Book.NewId<Meter>(cancel));
        if (known is null)
        {
            batch.Book.Add(new Meter
            {
                Id = id,
                BuildingId = place.House,
                PremisesId = place.Premises,
                Service = draft.Service,
                Serial = draft.Serial,
                Digits = (short)draft.Digits,
                Multiplier = draft.Multiplier,
                Zones = ZoneSet.Of(draft.Zones),
            });
        }

        var changed = await PutInstallation(batch, id, draft, installed.Of(id), cancel);
        foreach (var days in draft.Verifications)
        {
            changed |= await batch.Book.Put(
                verified.Of(id),
                new() { Id = 0, MeterId = id, EffectiveFrom = days.From, EffectiveTo = days.To, Recorded = batch.Book.Recorded },
                cancel);
        }

        if (known is not null && !changed)
            return RowVerdict.Unchanged(row);
        return draft.Verifications.Count > 0 && draft.Verifications[^1].To < batch.Today && draft.Removed is null
            ? RowVerdict.Taken(
                row, new Refusal("registry.verification-over", ("serial", draft.Serial), ("day", $"{draft.Verifications[^1].To}")))
            : RowVerdict.Taken(row);
    }

    /// <summary>Where it stood by what was known, and does no more by this row, it stood until then.</summary>
    private static async Task<bool> PutInstallation(
        ImportBatch batch, MeterId meter, MeterDraft draft, List<InstallationFact> known, CancellationToken cancel)
    {
        var last = draft.Removed?.PlusDays(-1);
        if (known.Exists(k => k.EffectiveFrom == draft.Installed && k.EffectiveTo == last))
            return false;
        foreach (var open in known.Where(k => k.EffectiveFrom == draft.Installed).ToList())
            batch.Book.Withdraw(known, open);
        return await batch.Book.Put(
            known,
            new() { Id = 0, MeterId = meter, EffectiveFrom = draft.Installed, EffectiveTo = last, Recorded = batch.Book.Recorded },
            cancel);
    }
}
