using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Foundation.Checks;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>Who holds an account, alone or by shares.</summary>
internal sealed class HoldersImport(OchagDb db, IRegistry registry) : AccountRows(db, registry)
{
    private const int LargestShare = 1_000_000;
    private readonly Dictionary<AccountId, List<(string NameKey, HolderShareFact Share)>> _known = [];

    public override string Name => "holders";

    public override IReadOnlyList<ImportColumn> Columns { get; } =
    [
        ImportWords.Account,
        new("name", ImportValue.Text, true, "Иванова Мария Петровна", "фио", "абонент", "собственник", "наименование", "владелец", "піб"),
        ImportWords.HolderKind,
        new("share", ImportValue.Text, false, "1/2", "доля", "частка"),
        new("phone", ImportValue.Text, false, "+7 924 000-00-00", "телефон", "тел", "моб телефон"),
        new("email", ImportValue.Text, false, "", "почта", "e mail", "электронная почта"),
        new("tax_number", ImportValue.Text, false, "", "инн", "єдрпоу", "рнокпп"),
        ImportWords.From, ImportWords.To,
    ];

    protected override async Task Read(IReadOnlyList<AccountPlace> accounts, CancellationToken cancel)
    {
        var ids = accounts.Select(a => a.Id).ToArray();
        var rows = await (
            from share in Db.Set<HolderShareFact>().AsNoTracking().Known()
            join holder in Db.Set<Holder>() on share.HolderId equals holder.Id
            where ids.Contains(share.AccountId)
            select new { share, holder.NameKey }).ToListAsync(cancel);
        _known.Clear();
        foreach (var row in rows)
            Of(row.share.AccountId).Add((row.NameKey, row.share));
    }

    protected override async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, ImportCells cells, AccountPlace account, CancellationToken cancel)
    {
        var name = cells.Text("name", RegistryModel.NameLength);
        var kind = cells.Choice<HolderKind>("holder_kind") ?? HolderKind.Person;
        var (numerator, denominator) = Share(cells);
        var (phone, email, tax) = (cells.Text("phone", 60), cells.Text("email"), cells.Text("tax_number", RegistryModel.NumberLength));
        var from = cells.Date("from") ?? batch.Territory.BilledSince.FirstDay;
        var to = cells.Date("to");
        if (to < from)
            cells.Refuse("imports.days-turned", "to", $"{to}");
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);

        var doubts = new List<Refusal>();
        var key = SearchKey.Fold(name);
        var known = Of(account.Id);
        var same = known.Where(k => k.NameKey == key).Select(k => k.Share).ToList();
        var holder = same.Count > 0 ? same[^1].HolderId : new(await batch.Book.NewId<Holder>(cancel));
        if (same.Count == 0)
        {
            batch.Book.Add(new Holder
            {
                Id = holder,
                Kind = kind,
                Name = name,
                NameKey = key,
                Phone = Phone(phone, doubts),
                Email = Email(email, doubts),
                TaxNumber = TaxNumber(tax, kind, doubts),
            });
        }

        var changed = await batch.Book.Put(
            same,
            new HolderShareFact
            {
                Id = 0,
                AccountId = account.Id,
                HolderId = holder,
                Numerator = numerator,
                Denominator = denominator,
                EffectiveFrom = from,
                EffectiveTo = to,
                Recorded = batch.Book.Recorded,
            },
            cancel);
        if (!changed)
            return RowVerdict.Unchanged(row);
        known.RemoveAll(k => k.NameKey == key);
        known.AddRange(same.Select(s => (key, s)));
        if (!name.Any(char.IsLetter))
            doubts.Add(new("registry.name-unusual", ("name", name)));
        if (SharesOver(known.Select(k => k.Share), from))
            doubts.Add(new("registry.shares-over-one", ("account", cells.Text("account"))));
        return RowVerdict.Taken(row, doubts);
    }

    private List<(string NameKey, HolderShareFact Share)> Of(AccountId account) =>
        _known.TryGetValue(account, out var list) ? list : _known[account] = [];

    private static bool SharesOver(IEnumerable<HolderShareFact> shares, NodaTime.LocalDate day) => shares
        .Where(s => s.EffectiveFrom <= day && (s.EffectiveTo is null || s.EffectiveTo >= day))
        .Aggregate(Exact.Zero, (sum, s) => sum + Exact.Fraction(s.Numerator, s.Denominator)) > Exact.One;

    private static (int Numerator, int Denominator) Share(ImportCells cells)
    {
        var text = cells.Text("share", RegistryModel.NumberLength);
        if (text.Length is 0 or 1 && text is "" or "1")
            return (1, 1);
        if (text.Split('/') is [var over, var under] && Whole(over, out var numerator) && Whole(under, out var denominator)
            && numerator > 0 && denominator >= numerator && denominator <= LargestShare)
        {
            return (numerator, denominator);
        }

        cells.Refuse("registry.share-wrong", "share", text);
        return (1, 1);
    }

    private static bool Whole(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>A telephone that cannot be dialled is left out, and the row is marked.</summary>
    private static string? Phone(string text, List<Refusal> doubts)
    {
        if (text.Length == 0)
            return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length is >= 5 and <= 15 && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '(' or ')'))
            return (text[0] == '+' ? "+" : "") + digits;
        doubts.Add(new("registry.phone-wrong", ("phone", text)));
        return null;
    }

    private static string? Email(string text, List<Refusal> doubts)
    {
        if (text.Length == 0)
            return null;
        if (text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && text.LastIndexOf('.') > at + 1
            && !text.Contains(' ', StringComparison.Ordinal))
            return text;
        doubts.Add(new("registry.email-wrong", ("email", text)));
        return null;
    }

    private static string? TaxNumber(string text, HolderKind kind, List<Refusal> doubts)
    {
        if (text.Length == 0)
            return null;
        if (!RussianNumbers.IsInn(text) && !UkrainianNumbers.IsEdrpou(text) && !UkrainianNumbers.IsRnokpp(text))
            doubts.Add(new("registry.tax-number-wrong", ("number", text), ("kind", $"{kind}")));
        return text;
    }
}
