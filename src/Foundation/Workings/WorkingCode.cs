namespace Ochag.Foundation.Workings;

/// <summary>
/// The stored form of a working: version byte, formula, steps in reverse Polish order, four bytes of check sum. Numbers
/// are varints (zigzag where signed); the format is described in docs/adr/0005-workings.md.
/// </summary>
internal static class WorkingCode
{
    public const byte Version = 1;
    public const int CheckSumLength = 4;

    public const byte Decimal = 0x01;
    public const byte Fraction = 0x02;
    public const byte Source = 0x03;
    public const byte During = 0x04;
    public const byte Add = 0x10;
    public const byte Subtract = 0x11;
    public const byte Multiply = 0x12;
    public const byte Divide = 0x13;
    public const byte Negate = 0x14;
    public const byte Min = 0x15;
    public const byte Max = 0x16;
    public const byte Round = 0x20;
    public const byte Quantity = 0x21;
    public const byte Name = 0x22;
    public const byte Discard = 0x23;

    public static int WriteVarint(Span<byte> to, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            to[length++] = (byte)(value & 0x7F | 0x80);
        to[length++] = (byte)value;
        return length;
    }

    /// <summary>FNV-1a: catches an altered byte, is no defence against a forger (the ledger's hash chain is).</summary>
    public static uint CheckSum(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes)
            hash = unchecked((hash ^ b) * 16777619u);
        return hash;
    }
}
