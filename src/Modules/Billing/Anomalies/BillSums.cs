using Ochag.Registry.Contracts;

namespace Ochag.Billing.Anomalies;

/// <summary>What a service comes to on a bill.</summary>
/// <param name="Estimated">By an average or a norm, all of it or a part.</param>
internal readonly record struct ServiceSum(Service Service, long Minor, bool Estimated);

/// <summary>
/// The sums of a bill by service, packed: a byte for the service, its highest bit set where it was estimated; then minor
/// units as a zigzag number of seven bits a byte. The head of a bill carries them, so that comparing two months need not
/// read their lines.
/// </summary>
internal static class BillSums
{
    private const byte EstimatedBit = 0x80;

    public static byte[] Pack(IReadOnlyList<ServiceSum> sums)
    {
        Span<byte> bytes = stackalloc byte[sums.Count * 11];
        var at = 0;
        foreach (var (service, minor, estimated) in sums)
        {
            bytes[at++] = (byte)((byte)service | (estimated ? EstimatedBit : 0));
            var rest = unchecked((ulong)((minor << 1) ^ (minor >> 63)));
            for (; rest >= 0x80; rest >>= 7)
                bytes[at++] = (byte)(rest & 0x7f | 0x80);
            bytes[at++] = (byte)rest;
        }

        return bytes[..at].ToArray();
    }

    /// <exception cref="FormatException">The bytes end within a number.</exception>
    public static IReadOnlyList<ServiceSum> Read(ReadOnlySpan<byte> bytes)
    {
        var sums = new List<ServiceSum>();
        for (var at = 0; at < bytes.Length;)
        {
            var head = bytes[at++];
            var (rest, shift) = (0UL, 0);
            do
            {
                if (at == bytes.Length || shift > 63)
                    throw new FormatException("The sums of a bill end within a number.");
                rest |= (ulong)(bytes[at] & 0x7f) << shift;
                shift += 7;
            }
            while ((bytes[at++] & 0x80) != 0);
            sums.Add(new((Service)(head & ~EstimatedBit), (long)(rest >> 1) ^ -(long)(rest & 1), (head & EstimatedBit) != 0));
        }

        return sums;
    }
}
