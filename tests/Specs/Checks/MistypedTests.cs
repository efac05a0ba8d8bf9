using FsCheck;
using FsCheck.Fluent;
using Ochag.Foundation;
using Ochag.Foundation.Checks;
using Ochag.Specs.Numbers;
using Shouldly;

namespace Ochag.Specs.Checks;

/// <summary>What the checks are for: one digit that was typed wrong.</summary>
public sealed class MistypedTests
{
    private const string Bic = "044525225";

    private static readonly Gen<string> Accounts = Completed(20, 8, "", n => RussianNumbers.IsAccount(n, Bic));

    private static readonly Gen<string> Ibans = Completed(29, 2, "UA", UkrainianNumbers.IsIban);

    public static TheoryData<string, int> Unsure => new()
    {
        // Two remainders share a digit there, so some mistakes pass. Of a thousand, at most so many (counted: 17, 0.2, 17, 37,
        // 22, 16).
        { "inn 10", 25 },
        { "snils", 2 },
        { "ogrn", 25 },
        { "ogrnip", 45 },
        { "edrpou", 30 },
        { "rnokpp", 25 },
    };

    [Fact]
    public void No_single_wrong_digit_of_an_account_passes() =>
        Accounts.Holds(account => Wrong(account).All(w => !RussianNumbers.IsAccount(w, Bic)), 200);

    [Fact]
    public void No_single_wrong_digit_of_an_iban_passes() =>
        Ibans.Holds(iban => Wrong(iban).All(w => !UkrainianNumbers.IsIban(w)), 200);

    /// <summary>Its two check digits never miss together.</summary>
    [Fact]
    public void No_single_wrong_digit_of_a_persons_inn_passes() =>
        Check("inn 12").Number.Holds(inn => Wrong(inn).All(w => !RussianNumbers.IsInn(w)), 500);

    [Fact]
    public void A_wrong_last_digit_never_passes()
    {
        foreach (var name in Unsure.Select(u => u.Data.Item1))
            Check(name).Number.Holds(number => Wrong(number).All(w => w[..^1] != number[..^1] || !Check(name).IsValid(w)), 200);
    }

    /// <summary>Said honestly: of these numbers the check finds nearly all wrong digits, not all.</summary>
    [Theory]
    [MemberData(nameof(Unsure))]
    public void Few_single_wrong_digits_pass(string name, int mostOfAThousand)
    {
        var (number, isValid) = Check(name);
        var tried = number.Sample(1_000, 300).SelectMany(Wrong).ToList();
        (tried.Count(isValid) * 1_000m / tried.Count).ShouldBeLessThanOrEqualTo(mostOfAThousand);
    }

    [Fact]
    public void Any_text_gets_an_answer()
    {
        var texts = ArbMap.Default.GeneratorFor<string?>().Select(t => t ?? "");
        texts.Holds(text => !RussianNumbers.IsBic(text) || text.Length == 9);
        texts.Holds(text => new Func<string, bool>[]
        {
            RussianNumbers.IsInn, RussianNumbers.IsSnils, RussianNumbers.IsKpp, RussianNumbers.IsOgrn, RussianNumbers.IsOgrnip,
            UkrainianNumbers.IsEdrpou, UkrainianNumbers.IsRnokpp, UkrainianNumbers.IsIban,
            t => RussianNumbers.IsAccount(t, t), t => RussianNumbers.IsCorrespondentAccount(t, Bic),
        }.All(check => !check(text) || text.Any(char.IsAsciiDigit)));
    }

    private static (Gen<string> Number, Func<string, bool> IsValid) Check(string name)
    {
        (int Length, int Free, Func<string, bool> IsValid) = name switch
        {
            "inn 10" => (10, 1, (Func<string, bool>)RussianNumbers.IsInn),
            "inn 12" => (12, 2, RussianNumbers.IsInn),
            "snils" => (11, 2, RussianNumbers.IsSnils),
            "ogrn" => (13, 1, RussianNumbers.IsOgrn),
            "ogrnip" => (15, 1, RussianNumbers.IsOgrnip),
            "edrpou" => (8, 1, UkrainianNumbers.IsEdrpou),
            "rnokpp" => (10, 1, UkrainianNumbers.IsRnokpp),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such number."),
        };
        return (Ending(Length, Free, IsValid), IsValid);
    }

    /// <summary>Any digits, the first other than 0, and the only ending of so many digits with which they are valid.</summary>
    private static Gen<string> Ending(int length, int free, Func<string, bool> isValid) =>
        from head in Gen.Choose(1, 9)
        from digits in Gen.Choose(0, 9).ArrayOf(length - free - 1)
        let own = head + string.Concat(digits)
        select Fills(free).Select(end => own + end).Single(isValid);

    /// <summary>Any digits after the prefix, completed at a place by the only digits (one or two) with which they are valid.</summary>
    private static Gen<string> Completed(int length, int place, string prefix, Func<string, bool> isValid)
    {
        var free = prefix.Length > 0 ? 2 : 1;
        return
            from digits in Gen.Choose(0, 9).ArrayOf(length - prefix.Length - free)
            let own = prefix + string.Concat(digits)
            select Fills(free).Select(fill => own.Insert(place, fill)).First(isValid);
    }

    private static IEnumerable<string> Fills(int digits) =>
        digits == 1 ? Enumerable.Range(0, 10).Select(d => $"{d}") : Enumerable.Range(0, 100).Select(d => $"{d:00}");

    /// <summary>The number with each of its digits turned into each other one.</summary>
    private static IEnumerable<string> Wrong(string number) =>
        from place in Enumerable.Range(0, number.Length)
        where char.IsAsciiDigit(number[place])
        from other in "0123456789"
        where other != number[place]
        select number[..place] + other + number[(place + 1)..];
}
