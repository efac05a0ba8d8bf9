using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Meters;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Facts.Subjects;

/// <summary>Acts about an account's premises: refused access, checks, interference, unauthorised connections.</summary>
internal sealed class ActsSubject(IMeterActs acts, IStringLocalizer<Texts> texts) : FactSubject(texts)
{
    private static readonly IReadOnlyList<(string Act, MeterActKind Kind)> Kinds =
    [
        ("access", MeterActKind.NoAccess), ("check", MeterActKind.Difference), ("interference", MeterActKind.Interference),
        ("unauthorised", MeterActKind.Unauthorised),
    ];

    private FactChain<MeterAct> _chain = new([]);

    public override string Name => "acts";

    public override string Version => _chain.Version;

    public override IReadOnlyList<string> Acts => [.. Kinds.Select(k => k.Act)];

    public override async Task Load(FactHome home, CancellationToken stop) => _chain = await acts.Read(home.Card.PremisesId, stop);

    public override IReadOnlyList<HistoryLine> Lines(FactHome home) =>
        [.. LinesOf(home, _chain, a => Say(T, a, home.Card.Meters)).Select(l => l with { IsMoment = true })];

    /// <summary>"Акт проверки · Холодная вода · 04518207: 530", and what else the act says.</summary>
    public static string Say(IStringLocalizer<Texts> texts, MeterAct act, IReadOnlyList<MeterRecord> meters)
    {
        var serial = meters.FirstOrDefault(m => m.Id == act.Meter)?.Serial ?? "";
        return string.Join(" · ", new[]
        {
            texts["act." + act.Kind].Value,
            texts["service." + Parts.Service.Of(act.Service).Key].Value,
            act.Values is { Count: > 0 } values ? $"{serial}: {MeterHistory.Indexes(values, texts)}" : null,
            Dated("access", act.Access), Dated("from", act.From), Dated("lastCheck", act.LastCheck), Dated("removed", act.Removed),
            act.PerHour is { } power ? texts["acts.say.power", Formats.Of(power), PowerOf(texts, act.Service)].Value : null,
        }.OfType<string>());

        string? Dated(string what, LocalDate? day) => day is { } known ? texts["acts.say." + what, Formats.Brief(known)].Value : null;
    }

    public override IReadOnlyList<FormField>? Fields(FactHome home, string act, long record)
    {
        var line = _chain.Known.FirstOrDefault(l => l.Id == record);
        if (act == Correct && line is null)
            return null;
        var now = line ?? _chain.Known.MaxBy(l => l.Id);
        var kind = line?.Value.Kind ?? KindOf(act);
        return
        [
            .. Own(home, kind, line?.Value, now?.Value),
            Evidence(now?.Origin.Evidence) with { Codes = ["metering.act-evidence-missing"] },
            .. act == Correct ? [Mistake()] : Array.Empty<FormField>(),
        ];
    }

    public override Func<Task<IReadOnlyList<Refusal>>> Read(FactHome home, string act, long record, FactTyped typed)
    {
        var (read, known) = (typed.Reader, _chain.Known.FirstOrDefault(l => l.Id == record)?.Value);
        var kind = known?.Kind ?? KindOf(act);
        var drawn = read.Day("drawn");
        var right = new MeterAct(0, home.Card.PremisesId, default, kind, drawn);
        right = kind switch
        {
            MeterActKind.Difference => Checked(home, read, right),
            MeterActKind.NoAccess => right with { Service = read.Term<Service>("service"), Access = read.DayOrNone("access") },
            _ => right with
            {
                Service = read.Term<Service>("service"), From = read.DayOrNone("from"), LastCheck = read.DayOrNone("check"),
                Removed = read.DayOrNone("removed"), PerHour = kind == MeterActKind.Unauthorised ? read.NumberOrNone("power") : null,
            },
        };
        var command = new RecordAct(
            home.Card.Building, home.Card.PremisesId, act == Correct ? record : null,
            act == Correct && read.Ticked("mistake") ? null : right, read.Text("evidence"), typed.Version);
        return () => acts.Record(home.Territory, command, typed.By, typed.Stop);
    }

    public override string FieldOf(Refusal refusal)
    {
        var field = refusal.Facts.LastOrDefault(f => f.Name == "field").Value ?? "";
        return refusal.Facts.LastOrDefault(f => f.Name == "zone").Value is { } zone ? $"{field}-{zone}" : field;
    }

    private static MeterActKind KindOf(string act) => Kinds.FirstOrDefault(k => k.Act == act).Kind;

    private static string PowerOf(IStringLocalizer<Texts> texts, Service service) =>
        texts[service == Service.Electricity ? "unit.kw" : "acts.unit.perHour"];

    private IEnumerable<FormField> Own(FactHome home, MeterActKind kind, MeterAct? known, MeterAct? now)
    {
        if (kind != MeterActKind.Difference)
        {
            yield return new(FieldKind.Choice, "service", T["charges.service"])
            {
                Options =
                [
                    .. Enum.GetValues<Service>().OrderBy(Accounts.AccountView.OrderOf)
                        .Select(s => (s.ToString(), T["service." + Parts.Service.Of(s).Key].Value)),
                ],
                Value = known is null ? "" : $"{known.Service}", Now = now is null ? null : $"{now.Service}",
                Codes = ["metering.act-there", "registry.nothing-changed"],
            };
        }

        yield return Dated("drawn", known?.Drawn ?? home.Today, now?.Drawn, required: true) with
        {
            Codes = kind == MeterActKind.Difference
                ? ["metering.act-too-early", "metering.act-meter-absent", "metering.act-there", "registry.nothing-changed"]
                : ["metering.act-too-early"],
        };
        switch (kind)
        {
            case MeterActKind.NoAccess:
                yield return Dated("access", known?.Access, now?.Access);
                break;
            case MeterActKind.Difference:
                foreach (var field in Registers(home, known, now))
                    yield return field;
                break;
            default:
                yield return Dated("from", known?.From, now?.From);
                yield return Dated("check", known?.LastCheck, now?.LastCheck);
                yield return Dated("removed", known?.Removed, now?.Removed);
                break;
        }

        if (kind == MeterActKind.Unauthorised)
        {
            yield return new(FieldKind.Number, "power", T["acts.field.power"])
            {
                Required = false, MaxLength = 12, Help = T["acts.field.power.help"], Value = $"{known?.PerHour}",
                Now = $"{now?.PerHour}", Codes = ["metering.act-power-wrong"],
            };
        }
    }

    /// <summary>A field for each register of the premises' meters: those of the one that was checked are filled.</summary>
    private IEnumerable<FormField> Registers(FactHome home, MeterAct? known, MeterAct? now)
    {
        var first = true;
        foreach (var (meter, zone) in home.Card.Meters.SelectMany(m => m.Zones.Select(z => (m, z))))
        {
            var service = T["service." + Parts.Service.Of(meter.Service).Key];
            yield return new(
                FieldKind.Number, NameOf(meter.Id, zone),
                T["acts.field.index", service, meter.Serial] + (zone == Zone.Single ? "" : ", " + T["zone." + zone]))
            {
                Required = false, MaxLength = 20, Value = IndexOf(known, meter.Id, zone), Now = IndexOf(now, meter.Id, zone),
                Help = first ? T["acts.field.index.help"].Value : null, Codes = first ? ["metering.act-index-missing"] : [],
            };
            first = false;
        }
    }

    private static MeterAct Checked(FactHome home, FormReader read, MeterAct act)
    {
        var filled = home.Card.Meters.Select(m => (Meter: m, Values: m.Zones
            .Select(z => (Zone: z, Index: read.NumberOrNone(NameOf(m.Id, z)))).Where(v => v.Index is not null)
            .Select(v => new RegisterIndex(v.Zone, v.Index!.Value)).ToList())).Where(m => m.Values.Count > 0).ToList();
        return filled is [var only]
            ? act with { Meter = only.Meter.Id, Service = only.Meter.Service, Values = only.Values }
            : act;
    }

    private static string NameOf(MeterId meter, Zone zone) =>
        string.Create(CultureInfo.InvariantCulture, $"index-{meter.Value}-{zone}");

    private static string IndexOf(MeterAct? act, MeterId meter, Zone zone) => act is not null && act.Meter == meter
        ? string.Concat((act.Values ?? []).Where(v => v.Zone == zone).Select(v => $"{v.Index}"))
        : "";

    private FormField Dated(string name, LocalDate? value, LocalDate? now, bool required = false) =>
        new(FieldKind.Day, name, T["acts.field." + name])
        {
            Required = required, Value = value is { } day ? SheetInput.Iso(day) : "", Now = now is { } known ? SheetInput.Iso(known) : null,
        };
}
