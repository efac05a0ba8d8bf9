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
    private const string Parted = "; ";

    public static string Of(ReadingSheet sheet, IReadOnlyList<Finding> findings)
    {
        // A remark cannot pass for a finding: its semicolons go.
        var remark = sheet.Remark.Trim().Replace(';', ',');
        var parts = new List<string> { $"{Sheet}{sheet.Form:D}" };
        if (remark.Length > 0)
            parts.Add(remark);
        var text = string.Join(Parted, parts);
        foreach (var code in findings.Select(f => f.Code).Distinct(StringComparer.Ordinal))
        {
            if (text.Length + Parted.Length + code.Length <= Longest)
                text += Parted + code;
        }

        return text;
    }

    public static bool IsOf(string evidence, Guid form) => evidence.StartsWith($"{Sheet}{form:D}", StringComparison.Ordinal);

    public static bool Confirms(string evidence, string code) =>
        evidence.StartsWith(Sheet, StringComparison.Ordinal) && evidence.Split(Parted).Skip(1).Contains(code, StringComparer.Ordinal);

    private const int Longest = 200;
}
