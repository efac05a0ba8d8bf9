using Ochag.Foundation;

namespace Ochag.Registry.Addresses;

/// <summary>
/// An address taken apart; each part folded, empty where it is not told. Kinds of streets and settlements are one word
/// for all their spellings ("пр-кт", "просп." and "проспект" are "проспект").
/// </summary>
internal sealed record AddressParts(
    string Region, string District, string Settlement, string StreetKind, string Street, string House, string Block, string Building,
    string Letter, string Flat)
{
    public static readonly AddressParts Nothing = new("", "", "", "", "", "", "", "", "", "");

    /// <summary>The same for every spelling of one house; region and district only tell apart what this does not.</summary>
    public string HouseKey =>
        string.Join('|', Settlement, StreetKind, Street, House, SearchKey.AsCyrillic(Block), Building, SearchKey.AsCyrillic(Letter));

    /// <summary>Names a house: without a street a settlement of one row of houses.</summary>
    public bool IsHouse => House.Length > 0 && (Street.Length > 0 || Settlement.Length > 0);

    public static AddressParts Of(string address) => AddressReader.Read(address);
}

/// <summary>What a word before or after a name makes of it.</summary>
internal enum AddressRank
{
    Region,
    District,
    Settlement,
    Street,
    House,
    Block,
    Building,
    Letter,
    Flat,
    Ignored,
}

/// <summary>The words that tell what a part of an address is, with the one word that each kind is kept as.</summary>
internal static class AddressWords
{
    private static readonly Dictionary<string, (AddressRank Rank, string Kind)> Known = new(StringComparer.Ordinal);

    static AddressWords()
    {
        Add(AddressRank.Region, "область обл oblast;республика респ;край;ао");
        Add(AddressRank.District, "район р-н рн");
        Add(AddressRank.Settlement,
            "город г гор м місто city;пгт;рп;дп;поселок п пос;село с;аул;станица ст-ца;хутор х;снт;нп;территория тер;смт;деревня дер;"
            + "городок в-г;квартал кв-л;микрорайон мкр мкрн мкн");
        Add(AddressRank.Street,
            "улица ул вул вулиця str street;проспект пр-кт просп пр-т пр;переулок пер провулок пров;бульвар б-р бул бульв;"
            + "проезд пр-д проїзд;шоссе ш шосе;набережная наб набережна;площадь пл площа;тракт;тупик туп;линия лінія;аллея ал алея;"
            + "километр км;сквер;спуск узвіз");
        Add(AddressRank.House, "дом д буд будинок house");
        Add(AddressRank.Block, "корпус корп к");
        Add(AddressRank.Building, "строение стр соор секция");
        Add(AddressRank.Letter, "литера лит літ литер");
        Add(AddressRank.Flat, "квартира кв ком комната оф офис помещение пом кімн flat");
        Add(AddressRank.Ignored, "россия рф украина україна");
    }

    public static (AddressRank Rank, string Kind)? Of(string word) => Known.TryGetValue(word, out var found) ? found : null;

    /// <summary>Kinds apart by semicolons, each with its spellings; the first stands for them all.</summary>
    private static void Add(AddressRank rank, string kinds)
    {
        foreach (var kind in kinds.Split(';'))
        {
            var spellings = kind.Split(' ');
            foreach (var spelling in spellings)
                Known.TryAdd(spelling, (rank, spellings[0]));
        }
    }
}
