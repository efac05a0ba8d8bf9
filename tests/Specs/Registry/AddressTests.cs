using Ochag.Registry.Addresses;
using Shouldly;

namespace Ochag.Specs.Registry;

/// <summary>Free spellings of an address come to the same parts.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("обл. Омская, р-н. Исилькульский, п. Лесной, ул. Ленина, д. 7", "омская", "исилькульский", "лесной", "улица ленина", "7")]
    [InlineData("обл. Омская, г. Омск, ул. Заозерная 4-я, д. 9", "омская", "", "омск", "улица заозерная 4-я", "9")]
    [InlineData("Омская обл, г Омск, 4-я Заозёрная ул, 9", "омская", "", "омск", "улица заозерная 4-я", "9")]
    [InlineData("г. Омск, ул. 10 лет Октября, д. 141", "", "", "омск", "улица 10 лет октября", "141")]
    [InlineData("г Омск ул 10 лет Октября 141", "", "", "омск", "улица 10 лет октября", "141")]
    [InlineData("г. Омск, ул. 11 Линия, д. 34", "", "", "омск", "улица 11 линия", "34")]
    [InlineData("Омск, Ленина, 7", "", "", "омск", " ленина", "7")]
    [InlineData("Омск Ленина 7", "", "", "", " омск ленина", "7")]
    [InlineData("ул. Ленина д.7", "", "", "", "улица ленина", "7")]
    [InlineData("м. Житомир, вул. Київська, буд. 12", "", "", "житомир", "улица київська", "12")]
    [InlineData("обл. Свердловская, г. Екатеринбург, д. 69, к. 14", "свердловская", "", "екатеринбург", " ", "69")]
    [InlineData("р-н Любинский, д. Петровка, ул. Новая, д. 3", "", "любинский", "петровка", "улица новая", "3")]
    public void An_address_is_taken_apart(string text, string region, string district, string settlement, string street, string house)
    {
        var parts = AddressParts.Of(text);
        (parts.Region, parts.District, parts.Settlement, $"{parts.StreetKind} {parts.Street}", parts.House)
            .ShouldBe((region, district, settlement, street, house));
    }

    [Theory]
    [InlineData("ул. Ленина, д. 7, корп. 2, кв. 5", "7", "2", "", "", "5")]
    [InlineData("ул. Ленина, д.7 к2 кв5", "7", "2", "", "", "5")]
    [InlineData("пр-кт. Менделеева, д. 36б", "36", "", "", "б", "")]
    [InlineData("ул. Косарева, д. 19, лит. а", "19", "", "", "а", "")]
    [InlineData("ул. Ленина 7-5", "7", "", "", "", "5")]
    [InlineData("ул. Ленина, 7 А, 5", "7", "", "", "а", "5")]
    [InlineData("ул. Ленина, д. 22/1, стр. 3", "22/1", "", "3", "", "")]
    public void A_house_has_a_block_a_building_a_letter_and_a_flat(
        string text, string house, string block, string building, string letter, string flat)
    {
        var parts = AddressParts.Of(text);
        (parts.House, parts.Block, parts.Building, parts.Letter, parts.Flat).ShouldBe((house, block, building, letter, flat));
    }

    [Theory]
    [InlineData("г. Чита, ул. Алая, д. 5А", "Чита г, Алая улица, дом 5, литера А")]
    [InlineData("г. Чита, пр-кт. Мира, д. 5, к. 2", "город Чита, проспект Мира 5 корпус 2")]
    [InlineData("г. Чита, ул. Алая, д. 5А", "г. Чита, ул. Алая, д. 5a")]
    public void Spellings_of_one_house_have_one_key(string one, string other) =>
        AddressParts.Of(other).HouseKey.ShouldBe(AddressParts.Of(one).HouseKey);

    [Theory]
    [InlineData("г. Чита, ул. Алая, д. 5", "г. Чита, пер. Алая, д. 5")]
    [InlineData("г. Чита, ул. Алая, д. 5", "г. Чита, ул. Алая, д. 5, к. 1")]
    [InlineData("г. Чита, ул. Алая 1-я, д. 5", "г. Чита, ул. Алая 2-я, д. 5")]
    public void Different_houses_have_different_keys(string one, string other) =>
        AddressParts.Of(other).HouseKey.ShouldNotBe(AddressParts.Of(one).HouseKey);

    [Theory]
    [InlineData("")]
    [InlineData(",,,")]
    [InlineData("д.")]
    [InlineData("ул.")]
    [InlineData("- . , №")]
    [InlineData("\0\u0001 ,, к к к д д")]
    public void Rubbish_is_no_house(string text) => AddressParts.Of(text).IsHouse.ShouldBeFalse();
}
