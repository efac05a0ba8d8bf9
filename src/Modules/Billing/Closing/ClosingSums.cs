using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Closing;

/// <summary>What of a line the sheet needs.</summary>
internal readonly record struct ClosingLine(
    AccountId Account, short Number, Service Service, short Component, Unit Unit, Fixed Quantity, long AmountMinor, Fixed VatRate,
    long VatMinor, bool VatOnTop, byte[] Working);

/// <summary>
/// Adds lines up into groups that are alike. The prices of a line stand in its working, and nowhere else: the tape is looked
/// through for the tariffs that were put in, without being computed again.
/// </summary>
internal sealed class ClosingSums
{
    private readonly Dictionary<Key, Sums> _groups = [];
    private readonly Dictionary<AccountId, int> _services = [];
    private readonly List<Fixed> _prices = [];

    public long Lines { get; private set; }

    /// <exception cref="FormatException">The working cannot be read; nothing of the line was added.</exception>
    public void Add(in ClosingLine line)
    {
        var key = KeyOf(line);
        if (!_groups.TryGetValue(key, out var sums))
            _groups[key] = sums = new();
        sums.Add(line);
        Lines++;
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_services, line.Account, out _)
            |= 1 << (int)line.Service;
    }

    public IReadOnlyList<ClosingGroup> Groups(Currency currency) =>
    [
        .. _groups.OrderBy(g => g.Key.Service).ThenBy(g => g.Key.Component).ThenBy(g => g.Key.Unit).ThenBy(g => g.Key.Low)
            .ThenBy(g => g.Key.High).ThenBy(g => g.Key.Prices).ThenBy(g => g.Key.VatOnTop).ThenBy(g => g.Key.VatRate)
            .Select(g => new ClosingGroup(
                g.Key.Service, Component.FromCode(g.Key.Component), g.Key.Unit, g.Key.Prices > 0 ? g.Key.Low : null,
                g.Key.Prices > 0 ? g.Key.High : null, g.Key.Prices, g.Key.VatRate, g.Key.VatOnTop, g.Value.Lines,
                new(g.Value.Quantity), new(g.Value.Amount, currency), new(g.Value.Vat, currency))),
    ];

    public IReadOnlyDictionary<Service, int> Accounts() => Enum.GetValues<Service>()
        .Select(s => (Service: s, Count: _services.Values.Count(v => (v & 1 << (int)s) != 0)))
        .Where(s => s.Count > 0).ToDictionary(s => s.Service, s => s.Count);

    private Key KeyOf(in ClosingLine line)
    {
        _prices.Clear();
        Working.Numbers(line.Working, (int)Symbol.Tariff, _prices);
        _prices.Sort();
        var different = 0;
        for (var i = 0; i < _prices.Count; i++)
            different += i == 0 || _prices[i] != _prices[i - 1] ? 1 : 0;
        return new(
            line.Service, line.Component, line.Unit, different == 0 ? default : _prices[0], different == 0 ? default : _prices[^1],
            (short)different, line.VatRate, line.VatOnTop);
    }

    private readonly record struct Key(
        Service Service, short Component, Unit Unit, Fixed Low, Fixed High, short Prices, Fixed VatRate, bool VatOnTop);

    private sealed class Sums
    {
        public long Lines { get; private set; }
        public long Quantity { get; private set; }
        public long Amount { get; private set; }
        public long Vat { get; private set; }

        public void Add(in ClosingLine line)
        {
            Lines++;
            Quantity = checked(Quantity + line.Quantity.Millionths);
            Amount = checked(Amount + line.AmountMinor);
            Vat = checked(Vat + line.VatMinor);
        }
    }
}
