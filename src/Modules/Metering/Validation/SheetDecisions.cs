using System.Globalization;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>What becomes of each line of a sheet. Pure: the page's check and the store decide by the same.</summary>
internal static class SheetDecisions
{
    /// <param name="isWhole">The sheet is to be recorded: registers of one meter are then wanted together.</param>
    public static IReadOnlyList<LineDecision> Decide(ReadingSheet sheet, BuildingMetering metering, bool isWhole)
    {
        var decided = sheet.Lines.Select(line => Decide(sheet, line, metering)).ToList();
        if (!isWhole)
            return decided;
        foreach (var lines in decided.Index().GroupBy(l => l.Item.Line.Meter).Where(g => metering.Find(g.Key, sheet.Day) is not null))
        {
            var zones = metering.Find(lines.Key, sheet.Day)!.Value.Meter.Zones;
            var ready = lines.Where(l => l.Item.Fate is LineFate.Taken or LineFate.Known).ToList();
            if (ready.Count == zones.Count)
                continue;
            foreach (var (at, line) in ready.Where(l => l.Item.Fate == LineFate.Taken))
            {
                decided[at] = line with
                {
                    Fate = LineFate.Refused,
                    Findings = [.. line.Findings, new(Verdict.Block, new("metering.registers-together", ("count", $"{zones.Count}")))],
                };
            }
        }

        return decided;
    }

    private static LineDecision Decide(ReadingSheet sheet, SheetLine line, BuildingMetering metering)
    {
        var text = line.Typed.Trim();
        if (text.Length == 0)
            return new(line, LineFate.Empty, null, null, null, []);
        if (metering.Find(line.Meter, sheet.Day) is not { } place || !place.Meter.Zones.Contains(line.Zone))
            return Refused(line, new("metering.register-foreign"));
        if (sheet.Lines.Count(l => l.Meter == line.Meter && l.Zone == line.Zone) > 1)
            return Refused(line, new("metering.line-twice"));
        if (!Fixed.TryParse(Plain(text), out var index))
            return Refused(line, new("metering.index-unreadable", ("text", text.Length > 20 ? text[..20] + "…" : text)));
        var reading = metering.Case(place, line.Zone, index, sheet.Day, line.Serial);
        if (reading.There?.Index == index && IdentityRules.Serial(reading) is null)
            return new(line, LineFate.Known, index, reading.Use, reading.Expected, []);
        var findings = Rules.Judge(reading);
        var fate = Rules.Worst(findings) == Verdict.Block ? LineFate.Refused : LineFate.Taken;
        // Beside what cannot be, doubts are only noise; a guess of what was meant stays.
        var told = fate == LineFate.Refused
            ? [.. findings.Where(f => f.Verdict == Verdict.Block || f.Code == "metering.digit-slipped")]
            : findings;
        var decision = new LineDecision(line, fate, index, reading.Use, reading.Expected, told);
        return fate == LineFate.Taken && decision.Doubts.Except(line.Confirmed, StringComparer.Ordinal).Any()
            ? decision with { Fate = LineFate.Doubtful }
            : decision;
    }

    private static LineDecision Refused(SheetLine line, Refusal reason) =>
        new(line, LineFate.Refused, null, null, null, [new(Verdict.Block, reason)]);

    /// <summary>With comma or point, and spaces between thousands; a sign is no part of an index.</summary>
    private static string Plain(string text) =>
        text.Any(c => !char.IsAsciiDigit(c) && c is not (',' or '.' or ' ' or '\u00A0')) || text.Length > 30
            ? ""
            : string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace(',', '.').ToString(CultureInfo.InvariantCulture);
}
