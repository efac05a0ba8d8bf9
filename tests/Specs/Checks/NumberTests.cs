using Ochag.Foundation.Checks;
using Shouldly;

namespace Ochag.Specs.Checks;

/// <summary>Numbers that are public (of the state, of banks and large companies) or stand in standards as examples.</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData("7707083893", true)]
    [InlineData("7736050003", true)]
    [InlineData("500100732259", true)]
    [InlineData("7707083894", false)]
    [InlineData("500100732258", false)]
    [InlineData("500100732269", false)]
    [InlineData("0000000000", false)]
    [InlineData("000000000000", false)]
    [InlineData("77070838931", false)]
    [InlineData("770708389", false)]
    [InlineData("", false)]
    [InlineData(" 7707083893", false)]
    [InlineData("770708389O", false)]
    [InlineData("٧٧٠٧٠٨٣٨٩٣", false)]
    public void An_inn_has_its_check_digits(string inn, bool valid) => RussianNumbers.IsInn(inn).ShouldBe(valid);

    [Theory]
    [InlineData("112-233-445 95", true)]
    [InlineData("11223344595", true)]
    [InlineData("112-233-445 94", false)]
    [InlineData("087-654-303 00", true)]
    [InlineData("100-018-999 00", true)]
    [InlineData("100-019-899 00", true)]
    [InlineData("100-018-999 01", false)]
    [InlineData("112-233-44595", false)]
    [InlineData("112 233 445 95", false)]
    [InlineData("112-233-445 9", false)]
    [InlineData("1122334459", false)]
    public void A_snils_has_its_check_number(string snils, bool valid) => RussianNumbers.IsSnils(snils).ShouldBe(valid);

    [Theory]
    [InlineData("001-001-998 77", true)]
    [InlineData("000-000-001 00", true)]
    [InlineData("001-001-999 65", true)]
    [InlineData("001-001-999 66", false)]
    public void A_snils_up_to_001_001_998_was_given_without_a_check(string snils, bool valid) =>
        RussianNumbers.IsSnils(snils).ShouldBe(valid);

    [Theory]
    [InlineData("044525225", true)]
    [InlineData("017501500", true)]
    [InlineData("144525225", false)]
    [InlineData("04452522", false)]
    [InlineData("0445252250", false)]
    public void A_bic_has_nine_digits_and_begins_with_a_nought(string bic, bool valid) => RussianNumbers.IsBic(bic).ShouldBe(valid);

    [Theory]
    [InlineData("40702810638000000123", "044525225", true)]
    [InlineData("40702810638000000123", "044525226", false)]
    [InlineData("40702810000000002851", "044030827", false)]
    [InlineData("4070281063800000012", "044525225", false)]
    [InlineData("40702810638000000123", "44525225", false)]
    [InlineData("40702810638000000123", "144525225", false)]
    public void An_account_fits_its_bank(string account, string bic, bool valid) =>
        RussianNumbers.IsAccount(account, bic).ShouldBe(valid);

    [Fact]
    public void An_account_in_a_settlement_centre_takes_the_region_of_the_centre_into_its_key()
    {
        RussianNumbers.IsAccount("40101810045250010041", "044525000").ShouldBeTrue();
        RussianNumbers.IsAccount("40101810045250010042", "044525000").ShouldBeFalse();
        // The last three digits of a centre, 000 to 002, would give the key of another account.
        RussianNumbers.IsAccount("40702810638000000123", "044525000").ShouldBeFalse();
    }

    [Theory]
    [InlineData("30101810400000000225", "044525225", true)]
    [InlineData("30101810500000000225", "044525225", false)]
    [InlineData("30101810400000000225", "044525226", false)]
    [InlineData("40702810638000000123", "044525225", false)]
    public void A_correspondent_account_fits_its_bank(string account, string bic, bool valid) =>
        RussianNumbers.IsCorrespondentAccount(account, bic).ShouldBe(valid);

    [Theory]
    [InlineData("773601001", true)]
    [InlineData("7736AZ001", true)]
    [InlineData("7736az001", false)]
    [InlineData("7736Я1001", false)]
    [InlineData("77360100", false)]
    [InlineData("77360100A", false)]
    public void A_kpp_has_its_form(string kpp, bool valid) => RussianNumbers.IsKpp(kpp).ShouldBe(valid);

    [Theory]
    [InlineData("1027700132195", true)]
    [InlineData("1027700070518", true)]
    [InlineData("1027700132196", false)]
    [InlineData("102770013219", false)]
    public void An_ogrn_has_its_check_digit(string ogrn, bool valid) => RussianNumbers.IsOgrn(ogrn).ShouldBe(valid);

    [Theory]
    [InlineData("304500116000157", true)]
    [InlineData("304500116000158", false)]
    [InlineData("30450011600015", false)]
    public void An_ogrnip_has_its_check_digit(string ogrnip, bool valid) => RussianNumbers.IsOgrnip(ogrnip).ShouldBe(valid);

    [Theory]
    [InlineData("14360570", true)]
    [InlineData("20077720", true)]
    [InlineData("00032129", true)]
    [InlineData("32855961", true)]
    [InlineData("14360080", true)] // its remainder is 10, and 10 again
    [InlineData("32850002", true)]
    [InlineData("32855968", false)]
    [InlineData("14360571", false)]
    [InlineData("1436057", false)]
    [InlineData("1436057O", false)]
    public void An_edrpou_has_its_check_digit(string code, bool valid) => UkrainianNumbers.IsEdrpou(code).ShouldBe(valid);

    [Theory]
    [InlineData("1759013776", true)]
    [InlineData("9000000002", true)]
    [InlineData("1759013770", false)]
    [InlineData("175901377", false)]
    public void An_rnokpp_has_its_check_digit(string number, bool valid) => UkrainianNumbers.IsRnokpp(number).ShouldBe(valid);

    [Theory]
    [InlineData("UA213223130000026007233566001", true)]
    [InlineData("UA21 3223 1300 0002 6007 2335 6600 1", true)]
    [InlineData("UA223223130000026007233566001", false)]
    [InlineData("ua213223130000026007233566001", false)]
    [InlineData("DE213223130000026007233566001", false)]
    [InlineData("UA21322313000002600723356600", false)]
    [InlineData("UA", false)]
    [InlineData("", false)]
    public void An_iban_has_its_check_digits(string iban, bool valid) => UkrainianNumbers.IsIban(iban).ShouldBe(valid);
}
