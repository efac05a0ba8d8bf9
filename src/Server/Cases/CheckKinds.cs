using NodaTime;
using NodaTime.Text;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Calendars;
using Ochag.Foundation.Checks;

namespace Ochag.Server.Cases;

/// <summary>What a key of a case comes to: a number, shown with the digits that the case states, or a text as it stands.</summary>
internal readonly record struct CaseValue
{
    private readonly Exact _number;
    private readonly string? _text;

    private readonly IReadOnlyList<Exact>? _list;

    private CaseValue(Exact number, string? text) => (_number, _text) = (number, text);

    private CaseValue(IReadOnlyList<Exact> list) => _list = list;

    public static CaseValue List(IEnumerable<Exact> numbers) => new([.. numbers]);

    public static CaseValue Word(string text) => new(default, text);

    public static implicit operator CaseValue(Exact number) => new(number, null);

    public static implicit operator CaseValue(bool flag) => new(default, flag ? "true" : "false");

    public static implicit operator CaseValue(LocalDate day) => new(default, LocalDatePattern.Iso.Format(day));

    /// <summary>The value with the digits that the expected text has.</summary>
    public string Show(string expected) => _list is not null
        ? string.Join(", ", _list.Zip(expected.Split(", "), (number, text) => number.ToDecimal(PlacesOf(text))))
        : _text ?? _number.ToDecimal(PlacesOf(expected));

    private static int PlacesOf(string expected) =>
        expected.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? expected.Length - point - 1 : 0;
}

/// <summary>What a kind of golden case comes to where that is more than numbers.</summary>
internal delegate IReadOnlyDictionary<string, CaseValue> CheckKind(CaseInput input, RulePack pack);

/// <summary>Kinds that enter at a pure function of Foundation: check digits and terms.</summary>
internal static class CheckKinds
{
    public static readonly IReadOnlyDictionary<string, CheckKind> All = new Dictionary<string, CheckKind>(StringComparer.Ordinal)
    {
        ["inn"] = (input, _) => Valid(RussianNumbers.IsInn(input.Text("inn"))),
        ["snils"] = (input, _) => Valid(RussianNumbers.IsSnils(input.Text("snils"))),
        ["account"] = (input, _) => Valid(RussianNumbers.IsAccount(input.Text("account"), input.Text("bic"))),
        ["corr"] = (input, _) => Valid(RussianNumbers.IsCorrespondentAccount(input.Text("account"), input.Text("bic"))),
        ["workdays"] = (input, pack) => Due(pack.Calendar.AddWorkingDays(input.Day("received"), input.Whole("working_days")).Value),
        ["caldays"] = (input, _) => Due(BusinessCalendar.AddCalendarDays(input.Day("registered"), input.Whole("days"))),
    };

    private static Dictionary<string, CaseValue> Valid(bool valid) => new(StringComparer.Ordinal) { ["valid"] = valid };

    private static Dictionary<string, CaseValue> Due(LocalDate day) => new(StringComparer.Ordinal) { ["due"] = day };
}
