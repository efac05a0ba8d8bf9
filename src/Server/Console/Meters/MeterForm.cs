using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Facts;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Meters;

/// <summary>The form of one step of a meter's life: what it asks, and how what was typed is read.</summary>
/// <param name="life">Null: the meter is not there yet.</param>
internal sealed class MeterForm(MeterHome home, MeterLife? life, string step, LocalDate today, IStringLocalizer<Texts> texts)
{
    public const string Install = "install";
    public const string Verify = "verify";
    public const string Seal = "seal";
    public const string Unseal = "unseal";
    public const string Fail = "fail";
    public const string Repair = "repair";
    public const string Unfail = "unfail";
    public const string Replace = "replace";
    public const string Remove = "remove";

    /// <summary>Steps of a meter that is there.</summary>
    public static readonly string[] Steps = [Verify, Seal, Unseal, Fail, Repair, Unfail, Replace, Remove];

    private static readonly string[] NewIndexes = ["initial1", "initial2", "initial3"];

    public MeterHome Home => home;

    public string SerialOf(FormState typed) => life is null ? typed["serial"].Trim() : life.Place.Serial;

    public FactFormView View(bool doubtful = false) => new()
    {
        Title = texts["meter.form." + step],
        Lead = life is null
            ? home.Address
            : $"{texts["service." + Parts.Service.Of(life.Place.Service).Key]} · {life.Place.Serial} · {home.Address}",
        Back = life is null
            ? (home.Title, home.Path)
            : (texts["meter.back", life.Place.Serial].Value, home.Of(life.Place.Id)),
        Path = life is null ? home.Path + "/meters/new" : $"{home.Of(life.Place.Id)}/{step}",
        Version = life?.Version ?? "",
        Fields = [.. Fields(), .. doubtful ? [Confirmed()] : NoField],
        Submit = texts["meter.submit." + step],
        Zone = home.Territory.TimeZone,
        Posted = home.Posted,
        Note = step is Replace or Remove or Fail ? texts["meter.note." + step].Value : null,
        Last = life is null ? null : MeterHistory.Last(life, texts),
    };

    /// <summary>Null: what was typed cannot be read, and the form says where.</summary>
    public async Task<MeterDecision?> Save(FormState typed, IMeterLife lives, string by, CancellationToken stop)
    {
        var read = new FormReader(typed, texts);
        var territory = home.Territory;
        Func<Task<MeterDecision>> send;
        var day = read.Day("day");
        var at = new MeterStep(
            day, read.Text("evidence"), read.Ticked("confirmed"), life is null ? null : FactForms.VersionOf(typed));
        switch (step)
        {
            case Install:
                var install = Coming(read, read.Term<Service>("service"));
                send = () => lives.Install(territory, new(at, install.Meter, install.Index, install.Until, read.Text("seal")), by, stop);
                break;
            case Verify:
                var (until, seen) = (read.Day("until"), Index(read, "index", required: false));
                send = () => lives.Verify(territory, new(at, life!.Place.Id, until, seen), by, stop);
                break;
            case Seal or Unseal:
                send = () => lives.Seal(territory, new(at, life!.Place.Id, read.Text("seal"), step == Unseal), by, stop);
                break;
            case Fail:
                var end = read.DayOrNone("until");
                send = () => lives.Fail(territory, new(at, life!.Place.Id, end), by, stop);
                break;
            case Repair:
                send = () => lives.Repair(territory, new(at, life!.Place.Id), by, stop);
                break;
            case Unfail:
                var failure = read.Whole("record");
                send = () => lives.Withdraw(territory, new(at, life!.Place.Id, failure), by, stop);
                break;
            case Replace:
                var last = Index(read, "final", required: true);
                var next = Coming(read, life!.Place.Service);
                send = () => lives.Replace(
                    territory, new(at, life.Place.Id, last, next.Meter, next.Index, next.Until, read.Text("seal")), by, stop);
                break;
            default:
                var final = Index(read, "final", required: true);
                send = () => lives.Remove(territory, new(at, life!.Place.Id, final), by, stop);
                break;
        }

        return read.IsRefused ? null : await send();
    }

    /// <summary>Of a refusal that is about a register's index.</summary>
    public static string FieldOf(Refusal refusal)
    {
        var facts = refusal.Facts;
        var field = Fact("field");
        if (field is null)
            return "";
        var zone = Fact("register") ?? Fact("zone") ?? "";
        return field != "initial" ? $"{field}-{zone}" : NewIndexes[zone switch
        {
            nameof(Zone.Night) => 1,
            nameof(Zone.HalfPeak) => 2,
            _ => 0,
        }];

        string? Fact(string name) => facts.LastOrDefault(f => f.Name == name).Value;
    }

    private static readonly FormField[] NoField = [];

    private IEnumerable<FormField> Fields()
    {
        if (step == Install)
        {
            yield return new(FieldKind.Choice, "service", texts["charges.service"])
            {
                Options = Services(), Codes = ["metering.meter-stands"],
            };
        }

        if (step is Seal)
            yield return SealField(required: true);
        if (step is Unseal)
        {
            yield return new(FieldKind.Choice, "seal", texts["meter.seal"])
            {
                Options = WholeSeals(), Value = WholeSeals() is [var only] ? only.Value : "", Codes = SealCodes,
            };
        }

        if (step is Unfail)
        {
            yield return new(FieldKind.Choice, "record", texts["meter.failure"])
            {
                Options = Failures(), Value = Failures() is [var failure] ? failure.Value : "", Codes = ["metering.failure-unknown"],
            };
        }

        yield return Day();
        if (step == Fail)
        {
            yield return new(FieldKind.Day, "until", texts["meter.failure.until"])
            {
                Required = false, Help = texts["meter.failure.until.help"],
                Codes = ["metering.failure-days-turned", "metering.failure-until-future"],
                Now = Now(MeterStage.Failed)?.To is { } ended ? SheetInput.Iso(ended) : null,
            };
        }

        if (step == Verify)
            yield return Until(required: true, Now(MeterStage.Verified)?.To);
        if (step is Replace or Remove)
        {
            foreach (var field in Registers("final", required: true))
                yield return field;
        }

        if (step == Verify)
        {
            foreach (var field in Registers("index", required: false))
                yield return field;
        }

        if (step is Install or Replace)
        {
            foreach (var field in NewMeter())
                yield return field;
        }

        yield return new(FieldKind.Text, "evidence", texts["fact.evidence"])
        {
            Help = texts["form.evidence.help"], Codes = ["metering.step-evidence-missing"], Now = Now(StageOf())?.Origin.Evidence,
        };
    }

    private static readonly string[] SealCodes =
        ["metering.seal-missing", "metering.seal-long", "metering.seal-there", "metering.seal-unknown"];

    private FormField Confirmed() => new(FieldKind.Tick, "confirmed", texts["meter.confirm"]) { Required = false };

    private FormField Day() => new(FieldKind.Day, "day", texts["meter.day." + step])
    {
        Value = SheetInput.Iso(today),
        Now = Now(StageOf()) is { } line
            ? SheetInput.Iso(step is Unseal or Remove or Replace or Repair && line.To is { } to ? to.PlusDays(1) : line.From)
            : null,
        Codes =
        [
            "metering.step-of-the-future", "metering.step-too-early", "metering.step-meter-gone", "metering.step-before-installed",
            "metering.step-reading-after", "metering.verified-later", "metering.seal-put-later", "metering.failure-there",
            "metering.failure-none", "metering.failure-began-later",
        ],
    };

    private IEnumerable<FormField> NewMeter()
    {
        var old = life?.Place;
        yield return new(FieldKind.Text, "serial", texts["meter.serial.new"])
        {
            MaxLength = 60,
            Codes =
            [
                "metering.serial-missing", "metering.serial-used", "metering.meter-differs",
                .. step == Replace ? ["metering.meter-stands"] : Array.Empty<string>(),
            ],
        };
        yield return new(FieldKind.Whole, "digits", texts["meter.digits"])
        {
            Value = $"{old?.Digits ?? 5}", Help = texts["meter.digits.help"], MaxLength = 2, Codes = ["metering.digits-wrong"],
        };
        yield return new(FieldKind.Number, "multiplier", texts["meter.multiplier"])
        {
            Value = life is null ? "1" : Formats.Of(life.Multiplier), MaxLength = 12, Codes = ["metering.multiplier-wrong"],
        };
        var zoned = old is null || old.Service == Service.Electricity;
        if (zoned)
        {
            yield return new(FieldKind.Choice, "zones", texts["meter.zones"])
            {
                Value = $"{old?.Zones.Count ?? 1}",
                Options = [.. Enumerable.Range(1, 3).Select(n => ($"{n}", texts[$"meter.zones.{n}"].Value))],
                Codes = ["metering.zones-of-electricity"],
            };
        }

        for (var i = 0; i < (zoned ? 3 : 1); i++)
        {
            yield return new(FieldKind.Number, NewIndexes[i], texts[zoned ? $"meter.initial.{i + 1}" : "meter.initial"])
            {
                Required = i == 0, MaxLength = 20,
            };
        }

        yield return Until(required: false, null);
        yield return SealField(required: false);
    }

    private FormField SealField(bool required) => new(FieldKind.Text, "seal", texts["meter.seal"])
    {
        Required = required, MaxLength = 20, Codes = SealCodes, Now = required ? Now(MeterStage.Sealed)?.Value.Seal : null,
    };

    private FormField Until(bool required, LocalDate? now) => new(FieldKind.Day, "until", texts["meter.until"])
    {
        Required = required,
        Help = texts["meter.until.help"],
        Codes = ["metering.verified-until-early"],
        Now = now is { } day ? SheetInput.Iso(day) : null,
    };

    private IEnumerable<FormField> Registers(string name, bool required) => life!.Place.Zones.Select(z => new FormField(
        FieldKind.Number, $"{name}-{z}", z == Zone.Single ? texts["meter." + name] : $"{texts["meter." + name]}, {texts["zone." + z]}")
    {
        Required = required, MaxLength = 20,
    });

    /// <summary>The meter that comes; what cannot be read is said by the reader.</summary>
    private (NewMeter Meter, IReadOnlyList<RegisterIndex> Index, LocalDate? Until) Coming(FormReader read, Service service)
    {
        Zone[] zones = read.Text("zones") switch
        {
            "2" => [Zone.Day, Zone.Night],
            "3" => [Zone.Night, Zone.Peak, Zone.HalfPeak],
            _ => [Zone.Single],
        };
        var index = new List<RegisterIndex>();
        foreach (var zone in zones)
        {
            var field = NewIndexes[zone switch { Zone.Night => 1, Zone.HalfPeak => 2, _ => 0 }];
            if (read.NumberOrNone(field) is { } value)
                index.Add(new(zone, value));
        }

        return (
            new(home.Building, home.Premises, service, read.Text("serial"), read.Whole("digits"), read.Number("multiplier"), zones),
            index, read.DayOrNone("until"));
    }

    private List<RegisterIndex> Index(FormReader read, string name, bool required)
    {
        var index = new List<RegisterIndex>();
        foreach (var zone in life!.Place.Zones)
        {
            if (read.NumberOrNone($"{name}-{zone}") is { } value)
                index.Add(new(zone, value));
        }

        return required || index.Count > 0 ? index : [];
    }

    private IReadOnlyList<(string, string)> Services() => [.. Enum.GetValues<Service>().Where(s => s != Service.Drainage)
        .Select(s => (s.ToString(), texts["service." + Parts.Service.Of(s).Key].Value))];

    private IReadOnlyList<(string Value, string Text)> WholeSeals() =>
        [.. life!.Known(MeterStage.Sealed).Where(l => l.To is null).Select(l => (l.Value.Seal!, l.Value.Seal!))];

    private IReadOnlyList<(string Value, string Text)> Failures() =>
    [
        .. life!.Known(MeterStage.Failed).Select(l => (
            l.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            $"{texts["meter.stage.Failed"]}, {Formats.Span(l.From, l.To)}")),
    ];

    private MeterStage StageOf() => step switch
    {
        Verify => MeterStage.Verified,
        Seal or Unseal => MeterStage.Sealed,
        Fail or Repair or Unfail => MeterStage.Failed,
        _ => MeterStage.Installed,
    };

    private FactLine<MeterEvent>? Now(MeterStage stage) => life?.Known(stage).LastOrDefault();
}
