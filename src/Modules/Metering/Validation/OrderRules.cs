using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>How a reading stands among the days: its own, the meter's, and those of other readings.</summary>
internal static class OrderRules
{
    public static Finding? Order(ReadingCase reading)
    {
        if (reading.Day > reading.Today)
            return Block("metering.reading-of-the-future", ("value", Say.Day(reading.Day)));
        if (reading.Day < reading.Meter.Installed)
            return Block("metering.meter-not-installed", ("day", Say.Day(reading.Meter.Installed)));
        return reading.Meter.Removed is { } removed && reading.Day > removed
            ? Block("metering.meter-removed", ("day", Say.Day(removed)))
            : null;
    }

    /// <summary>Another index of the same day: who comes second is told what is there.</summary>
    public static Finding? There(ReadingCase reading) => reading.There is { } there && there.Index != reading.Index
        ? Block("metering.reading-there", ("known", $"{there.Index}"), ("who", there.By))
        : null;

    /// <summary>Between two known days an index lies between theirs; months that are billed by them change.</summary>
    public static Finding? Backdated(ReadingCase reading)
    {
        if (reading.After is not { } after || reading.There is not null)
            return null;
        if (reading.Index > after.Index && reading.Before?.Index <= after.Index)
            return Block("metering.reading-above-later", ("later", $"{after.Index}"), ("day", Say.Day(after.Day)));
        return new(Verdict.Warn, new("metering.reading-backdated", ("day", Say.Day(after.Day))));
    }

    /// <summary>The first index of a meter has nothing to be compared with: use is counted from it.</summary>
    public static Finding? First(ReadingCase reading) => reading.Known.Count == 0
        ? new(Verdict.Warn, new("metering.reading-first"))
        : null;

    private static Finding Block(string code, params (string Name, string Value)[] facts) => new(Verdict.Block, new(code, facts));
}
