using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>
/// What a reading from a sheet rests on: the sheet's key, the person's remark, and the findings that were confirmed or are
/// only kept: "sheet 0190…; ведомость 12; metering.use-high".
/// </summary>
internal static class Evidence
{
    private const string Sheet = "sheet ";
    private const string Decided = "confirmed ";
    private const string Parted = "; ";

    public static string Of(ReadingSheet sheet, IReadOnlyList<Finding> findings)
    {
        // A remark cannot pass for a finding: its semicolons go.
        var remark = sheet.Remark.Trim().Replace(';', ',');
        var parts = new List<string> { $"{Sheet}{sheet.Form:D}" };
        if (remark.Length > 0)
            parts.Add(remark);
        return With(string.Join(Parted, parts), findings);
    }

    /// <summary>A text with the codes of findings behind it, as far as there is room.</summary>
    private static string With(string text, IReadOnlyList<Finding> findings)
    {
        foreach (var code in findings.Select(f => f.Code).Distinct(StringComparer.Ordinal))
        {
            if (text.Length + Parted.Length + code.Length <= Longest)
                text += Parted + code;
        }

        return text;
    }

    public static bool IsOf(string evidence, Guid form) => evidence.StartsWith($"{Sheet}{form:D}", StringComparison.Ordinal);

    /// <summary>Of a stored reading whose doubts were confirmed later; what it rested on stays in front, as far as there is room.</summary>
    public static string Confirm(string evidence, string remark, IReadOnlyList<string> codes)
    {
        var seen = Decided + remark.Trim().Replace(';', ',') + Parted + string.Join(Parted, codes);
        var room = Longest - seen.Length - Parted.Length;
        return (evidence.Length > room ? evidence[..Math.Max(0, room)] : evidence) + Parted + seen;
    }

    /// <summary>Of a reading that was put right: the reason, and the doubts that were confirmed with it.</summary>
    public static string Correct(string reason, IReadOnlyList<Finding> doubts)
    {
        var text = reason.Replace(';', ',');
        return doubts.Count == 0 ? text : With(text + Parted + Decided, doubts);
    }

    /// <summary>The codes stand after a sheet's key, or after a later decision; anywhere else it is somebody's own text.</summary>
    public static bool Confirms(string evidence, string code)
    {
        var parts = evidence.Split(Parted);
        var first = evidence.StartsWith(Sheet, StringComparison.Ordinal)
            ? 0
            : Array.FindIndex(parts, p => p.StartsWith(Decided, StringComparison.Ordinal));
        return first >= 0 && parts.Skip(first + 1).Contains(code, StringComparer.Ordinal);
    }

    private const int Longest = 200;
}
