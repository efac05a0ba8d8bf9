using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Quality;

/// <summary>Whether a recorded event stands in what is posted.</summary>
public enum QualityLook
{
    /// <summary>Every month that it touches was run after it was recorded.</summary>
    Counted,

    /// <summary>A month that it touches is not run yet.</summary>
    Ahead,

    /// <summary>A month that it touches was run before it was recorded or withdrawn.</summary>
    Waiting,
    Withdrawn,
}

/// <summary>What an event changes: its hours, the accounts and months that it touches.</summary>
public sealed record QualityEffect(Exact Hours, int Accounts, IReadOnlyList<BillingPeriod> Posted, IReadOnlyList<BillingPeriod> Open)
{
    internal static QualityEffect Of(QualityEvent quality, QualityPlace place, IReadOnlyCollection<RunRecord> runs)
    {
        var (from, to) = (quality.From.InZone(place.Zone).Date, (quality.To - Duration.Epsilon).InZone(place.Zone).Date);
        var months = new List<BillingPeriod>();
        for (var month = BillingPeriod.Of(from); month <= BillingPeriod.Of(to); month = month.PlusMonths(1))
            months.Add(month);
        return new(
            Exact.Fraction((quality.To - quality.From).ToInt64Nanoseconds(), NodaConstants.NanosecondsPerHour),
            place.Accounts.Count(a => a.Value.Contains(quality.Service) && (quality.Accounts?.Contains(a.Key) ?? true)),
            [.. months.Where(m => RunOf(m, runs) is not null)],
            [.. months.Where(m => RunOf(m, runs) is null)]);
    }

    internal QualityLook LookOf(RecordedQuality recorded, IReadOnlyCollection<RunRecord> runs)
    {
        var started = Posted.Select(m => RunOf(m, runs)!.StartedAt).ToList();
        if (recorded.WithdrawnAt is { } withdrawn)
            return started.Exists(s => s > recorded.Origin.RecordedAt && s < withdrawn) ? QualityLook.Waiting : QualityLook.Withdrawn;
        return started.Exists(s => s <= recorded.Origin.RecordedAt) ? QualityLook.Waiting
            : Open.Count > 0 ? QualityLook.Ahead
            : QualityLook.Counted;
    }

    private static RunRecord? RunOf(BillingPeriod month, IReadOnlyCollection<RunRecord> runs) =>
        runs.FirstOrDefault(r => r.Period == month && r.State.Counts());
}

/// <summary>A recorded event as the page lists it.</summary>
public sealed record QualityRow(RecordedQuality Recorded, QualityEffect Effect, QualityLook Look)
{
    public QualityEvent Event => Recorded.Event;
}

/// <summary>What the page of a building's quality hours shows.</summary>
public sealed class QualityView
{
    public required BuildingCard Card { get; init; }
    public required TerritoryRecord Territory { get; init; }
    public required QualityPlace Place { get; init; }
    public required IReadOnlyList<QualityRow> Rows { get; init; }

    /// <summary>Engineers and administrators of the territory record and withdraw; the others read.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>The key of the form: the same form records once.</summary>
    public required Guid Key { get; init; }

    public FormState Form { get; init; } = new();

    /// <summary>What the form as it stands would change; null: it was not asked, or it is refused.</summary>
    public QualityEffect? Preview { get; init; }

    /// <summary>What was done before this page: a text, and the event it is about.</summary>
    public string? Said { get; init; }

    public long About { get; init; }

    public IReadOnlyList<PremisesLine> Accounts =>
        [.. Card.Premises.Where(p => p.Account is not null).OrderBy(p => p.SortKey, StringComparer.Ordinal)];

    public string Address => $"/console/buildings/{Card.Id.Value}/quality";
}
