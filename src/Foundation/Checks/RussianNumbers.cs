using System.Globalization;

namespace Ochag.Foundation.Checks;

/// <summary>
/// Whether a Russian number is written right: its form and its check digits. That it was given to somebody is not known
/// from it.
/// </summary>
public static class RussianNumbers
{
    /// <summary>Taxpayer's number: 10 digits of a company, 12 of a person (FNS algorithm).</summary>
    public static bool IsInn(string text) => text.Length switch
    {
        10 => Digits.Are(text, 10) && HasRegion(text) && Fits(text, 9, 2, 4, 10, 3, 5, 9, 4, 6, 8),
        12 => Digits.Are(text, 12) && HasRegion(text)
            && Fits(text, 10, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) && Fits(text, 11, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8),
        _ => false,
    };

    /// <summary>
    /// Insurance number, as printed ("112-233-445 95") or as 11 digits. Numbers up to 001-001-998 were given out before
    /// there was a check, so of them only the form is known (PFR algorithm).
    /// </summary>
    public static bool IsSnils(string text)
    {
        const int LastWithoutCheck = 1_001_998;
        if (text is [_, _, _, '-', _, _, _, '-', _, _, _, ' ', _, _])
            text = text.Remove(11, 1).Remove(7, 1).Remove(3, 1);
        if (!Digits.Are(text, 11))
            return false;
        var check = Digits.Sum(text.AsSpan(0, 9), 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100;
        return Number(text.AsSpan(0, 9)) <= LastWithoutCheck || check == Number(text.AsSpan(9));
    }

    /// <summary>Bank's code: nine digits, the first is 0 (Bank of Russia, rules 732-P of 24.09.2020).</summary>
    public static bool IsBic(string text) => Digits.Are(text, 9) && text[0] == '0';

    /// <summary>
    /// A customer's account in a bank, by its key (Bank of Russia, order 515 of 08.09.1997). Accounts in a settlement
    /// centre of the Bank of Russia itself (RKC) take another beginning into the key.
    /// </summary>
    public static bool IsAccount(string account, string bic) =>
        IsBic(bic) && Digits.Are(account, 20) && HasKey(IsSettlementCentre(bic) ? Centre(bic) : bic[6..], account);

    /// <summary>A bank's own account in the Bank of Russia (order 515 of 08.09.1997): 301, and it ends as the BIC does.</summary>
    public static bool IsCorrespondentAccount(string account, string bic) =>
        IsBic(bic) && Digits.Are(account, 20) && HasKey(Centre(bic), account)
        && account.StartsWith("301", StringComparison.Ordinal) && account.EndsWith(bic[6..], StringComparison.Ordinal);

    /// <summary>Reason of tax registration: NNNN, two digits or Latin capitals, NNN. It has no check digit.</summary>
    public static bool IsKpp(string text) =>
        text.Length == 9 && Digits.Are(text.AsSpan(0, 4), 4) && Digits.Are(text.AsSpan(6), 3)
        && text.AsSpan(4, 2) is [>= '0' and <= '9' or >= 'A' and <= 'Z', >= '0' and <= '9' or >= 'A' and <= 'Z'];

    /// <summary>A company's number in the state register (order of the Ministry of Finance 165n of 30.10.2017).</summary>
    public static bool IsOgrn(string text) => Digits.Are(text, 13) && Number(text.AsSpan(0, 12)) % 11 % 10 == Digits.Of(text[12]);

    /// <summary>An entrepreneur's number in the state register (the same order).</summary>
    public static bool IsOgrnip(string text) => Digits.Are(text, 15) && Number(text.AsSpan(0, 14)) % 13 % 10 == Digits.Of(text[14]);

    /// <summary>Region 00 is never given; without this ten noughts would pass.</summary>
    private static bool HasRegion(string inn) => !inn.StartsWith("00", StringComparison.Ordinal);

    private static bool Fits(string inn, int place, params ReadOnlySpan<int> weights) =>
        Digits.Sum(inn.AsSpan(0, place), weights) % 11 % 10 == Digits.Of(inn[place]);

    private static bool HasKey(string beginning, string account) => Digits.Sum(beginning + account, 7, 1, 3) % 10 == 0;

    private static bool IsSettlementCentre(string bic) => bic[6..8] == "00";

    private static string Centre(string bic) => "0" + bic[4..6];

    private static long Number(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
