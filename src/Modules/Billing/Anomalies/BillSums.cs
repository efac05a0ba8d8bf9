using Ochag.Registry.Contracts;

namespace Ochag.Billing.Anomalies;

/// <summary>
/// The sums of a bill by service, packed: a byte for the service, then minor units as a zigzag number of seven bits a byte.
/// The head of a bill carries them, so that comparing two months need not read their lines.
/// </summary>
internal static class BillSums
{
    public static byte[] Pack(IReadOnlyList<(Service Service, long Minor)> sums)
    {
        Span<byte> bytes = stackalloc byte[sums.Count * 11];
        var at = 0;
        foreach (var (service, minor) in sums)
        {
            bytes[at++] = (byte)service;
            var rest = unchecked((ulong)((minor << 1) ^ (minor >> 63)));
            for (; rest >= 0x80; rest >>= 7)
                bytes[at++] = (byte)(rest & 0x7f | 0x80);
            bytes[at++] = (byte)rest;
        }

        return bytes[..at].ToArray();
    }

    /// <exception cref="FormatException">The bytes end within a number.</exception>
    public static IReadOnlyList<(Service Service, long Minor)> Read(ReadOnlySpan<byte> bytes)
    {
        var sums = new List<(Service, long)>();
        for (var at = 0; at < bytes.Length;)
        {
            var service = (Service)bytes[at++];
            var (rest, shift) = (0UL, 0);
            do
            {
                if (at == bytes.Length || shift > 63)
                    throw new FormatException("The sums of a bill end within a number.");
                rest |= (ulong)(bytes[at] & 0x7f) << shift;
                shift += 7;
            }
            while ((bytes[at++] & 0x80) != 0);
            sums.Add((service, (long)(rest >> 1) ^ -(long)(rest & 1)));
        }

        return sums;
    }
}
