using NodaTime;

namespace Ochag.Registry.Contracts;

/// <summary>One record of a chain, what it says and where it comes from.</summary>
/// <param name="SupersededAt">When another record took its place; null: it is what we know now.</param>
public sealed record FactLine<T>(long Id, T Value, LocalDate From, LocalDate? To, FactOrigin Origin, Instant? SupersededAt)
{
    public bool IsKnown => SupersededAt is null;

    public bool Contains(LocalDate day) => From <= day && (To is null || day <= To);
}

/// <summary>All records of one subject, also those that others have taken the place of.</summary>
/// <param name="Lines">The latest record first.</param>
public sealed record FactChain<T>(IReadOnlyList<FactLine<T>> Lines)
{
    /// <summary>What we know now, the latest days first.</summary>
    public IEnumerable<FactLine<T>> Known => Lines.Where(l => l.IsKnown).OrderByDescending(l => l.From);

    /// <summary>
    /// Which state of the chain somebody looks at: changes with every record and with every end of one. A form carries it,
    /// so that who comes second is shown what the first has written.
    /// </summary>
    public string Version => Versions.Of(Lines.Select(l => (l.Id, !l.IsKnown)));
}

/// <summary>States of chains as forms carry them.</summary>
public static class Versions
{
    /// <summary>Refuses a form that was opened on another state of the chain than the one that holds now.</summary>
    public const string ChangedMeanwhile = "registry.changed-meanwhile";

    /// <summary>"latest record.records that were superseded": a record only comes, and only ends.</summary>
    public static string Of(IEnumerable<(long Id, bool Superseded)> records)
    {
        var (latest, ended) = (0L, 0);
        foreach (var (id, superseded) in records)
            (latest, ended) = (Math.Max(latest, id), superseded ? ended + 1 : ended);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{latest}.{ended}");
    }
}
