using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>
/// A meter of one register whose readings are told as what was used: the index is counted here, so that a house of the
/// tour reads as "six cubic metres each month", not as a column of indexes.
/// </summary>
internal sealed class TourMeter(BuildingId house, MeterDraft draft, LocalDate started)
{
    // Everybody's day of telling: before the 25th, so that the reading belongs to its month.
    private const int DayOfReading = 20;

    private readonly List<ReadingDraft> _readings = [];
    private readonly List<VolumeDraft> _volumes = [];

    public MeterDraft Draft { get; } = draft;
    public IReadOnlyList<ReadingDraft> Readings =>
        _readings.Count > 0 ? _readings : [Reading(started, ReadingSource.Act, ReadingMark.Initial)];
    public IReadOnlyList<VolumeDraft> Volumes => _volumes;

    /// <summary>What the meter shows now.</summary>
    public Fixed Index { get; private set; } = Fixed.Of(100);

    /// <summary>The same use each month, told by the people of the flat.</summary>
    public TourMeter Monthly(string used, BillingPeriod from, BillingPeriod through)
    {
        foreach (var month in TourMonths.From(from, through))
            Tells(month.FirstDay.PlusDays(DayOfReading - 1), used);
        return this;
    }

    /// <summary>So much was used since the reading before, and this is a reading.</summary>
    public TourMeter Tells(
        LocalDate day, string used, ReadingSource source = ReadingSource.Consumer, ReadingMark mark = ReadingMark.None)
    {
        if (_readings.Count == 0)
            _readings.Add(Reading(started, ReadingSource.Act, ReadingMark.Initial));
        Uses(used);
        _readings.Add(Reading(day, source, mark));
        return this;
    }

    /// <summary>So much was used, and nobody tells.</summary>
    public TourMeter Uses(string used)
    {
        Index += Fixed.Parse(used);
        return this;
    }

    /// <summary>A month's volume of a meter that is read from afar: no indexes.</summary>
    public TourMeter Shows(BillingPeriod month, string volume)
    {
        _volumes.Add(new(house, null, null, Draft.Service, month, [new(Zone.Single, Fixed.Parse(volume))]));
        return this;
    }

    private ReadingDraft Reading(LocalDate day, ReadingSource source, ReadingMark mark) =>
        new(default, house, day, day, source, mark, [new(Zone.Single, Index)]);
}
