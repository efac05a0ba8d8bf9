using Ochag.Foundation;

namespace Ochag.Bench.Fuzz;

/// <summary>Spoils a good file in the ways that files get spoilt, and in those that somebody would try.</summary>
/// <param name="words">What a parser may trip over; spliced in at random.</param>
internal sealed class Mutator(Seeded random, IReadOnlyList<byte[]> words)
{
    private const int MostChanges = 6;
    private const int LongestRun = 3_000;

    public byte[] Spoil(byte[] good)
    {
        var bytes = new List<byte>(good);
        for (var changes = random.Chance(60) ? 1 : random.Next(2, MostChanges); changes > 0; changes--)
            Change(bytes);
        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        var at = random.Next(0, bytes.Count);
        switch (random.Next(0, 7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(0, 7));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(0, 255);
                break;
            case 2: // cut in half
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3: // a piece lost
                bytes.RemoveRange(at, random.Next(0, Math.Min(bytes.Count - at, 200)));
                break;
            case 4: // a piece twice, or elsewhere
                var from = random.Next(0, bytes.Count);
                bytes.InsertRange(at, bytes.GetRange(from, random.Next(0, Math.Min(bytes.Count - from, 400))));
                break;
            case 5: // the same sign without end
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(0, 255), random.Next(0, LongestRun)));
                break;
            default:
                bytes.InsertRange(at, random.Pick(words));
                break;
        }
    }
}
