using Ochag.Foundation;

namespace Ochag.Metering.Intervals;

/// <summary>
/// The uses of a day in few bytes: each as its difference in millionths from the one before, in as many bytes of seven bits
/// as it takes (LEB128, zigzag); a missing one is a zero byte. A day of 48 like half-hours takes some 100 bytes.
/// </summary>
internal static class PackedDay
{
    public static byte[] Pack(IReadOnlyList<Fixed?> uses)
    {
        var bytes = new List<byte>(uses.Count * 3);
        var before = 0L;
        foreach (var use in uses)
        {
            if (use is not { } known)
            {
                bytes.Add(0);
                continue;
            }

            var step = known.Millionths - before;
            // One more than the zigzag, so that zero is left for what is missing.
            for (var rest = unchecked((ulong)((step << 1) ^ (step >> 63))) + 1; ; rest >>= 7)
            {
                if (rest < 0x80)
                {
                    bytes.Add((byte)rest);
                    break;
                }

                bytes.Add((byte)((rest & 0x7F) | 0x80));
            }

            before = known.Millionths;
        }

        return [.. bytes];
    }

    /// <exception cref="InvalidDataException">It was not packed by <see cref="Pack"/>.</exception>
    public static IReadOnlyList<Fixed?> Unpack(ReadOnlySpan<byte> packed)
    {
        var uses = new List<Fixed?>();
        var (before, at) = (0L, 0);
        while (at < packed.Length)
        {
            var (number, shift) = (0UL, 0);
            byte part;
            do
            {
                if (at == packed.Length || shift > 63)
                    throw new InvalidDataException("A packed day breaks off.");
                part = packed[at++];
                number |= (ulong)(part & 0x7F) << shift;
                shift += 7;
            }
            while (part >= 0x80);
            if (number == 0)
            {
                uses.Add(null);
                continue;
            }

            number--;
            before += (long)(number >> 1) ^ -(long)(number & 1);
            uses.Add(new Fixed(before));
        }

        return uses;
    }
}
