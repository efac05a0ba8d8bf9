namespace Ochag.Foundation;

/// <summary>
/// A generator of pseudo-random numbers that gives the same sequence for the same seed on every machine and in every
/// release (SplitMix64), for demo data and properties. Not for secrets.
/// </summary>
public sealed class Seeded(ulong seed)
{
    private readonly ulong _seed = seed;
    private ulong _state = seed;

    public ulong NextBits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both inclusive.</summary>
    public long Next(long least, long most) =>
        least + (long)(NextBits() % checked((ulong)(most - least) + 1));

    public int Next(int least, int most) => (int)Next((long)least, most);

    /// <summary>True in <paramref name="percent"/> cases of a hundred.</summary>
    public bool Chance(int percent) => Next(1, 100) <= percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(0, from.Count - 1)];

    /// <summary>A generator of its own for a part of the data, so that parts do not shift one another.</summary>
    public Seeded Fork(ulong label) => new(unchecked(_seed * 31 + label * 0x9E3779B97F4A7C15));
}
