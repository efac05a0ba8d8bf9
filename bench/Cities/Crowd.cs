using System.Globalization;
using Ochag.Foundation;

namespace Ochag.Bench.Cities;

/// <summary>
/// Names and numbers with the variety of a city: generated accounts share five hundred full names, and their numbers run
/// without a gap, so that a wrong digit is always the number of somebody else.
/// </summary>
internal static class Crowd
{
    private static readonly string[] Beginnings = Words(
        "аб бар бел бор бур вар вер вол гал гор гри дем дор дру ем ерм жар жел заб зим зол ив иж кал кар кол кор крас куз лар леб лог "
        + "лук мар мел мир мор мух нег ник ов орл пав пет пол пру рад рог рум сав сам сер сид скор сол тар тим тол труб ус фед фил хал "
        + "хар цар чер чул шам шев шир щер юд юр ягод як");

    private static readonly string[] Middles = Words(
        "ад ак ал ам ан ап ар ат аш ед ел ем ен ер ет еш ик ил им ин ир ит иш об ок ол ом он оп ор от уб уд ук ул ум ун ур уш ын");

    private static readonly string[] Ends = Words("ов ев ин енко чук ский цев кин ович юк");

    private static readonly string[] Men = Words(
        "Александр Алексей Анатолий Андрей Антон Аркадий Артём Борис Вадим Валентин Валерий Василий Виктор Виталий Владимир Вячеслав "
        + "Геннадий Георгий Григорий Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл Константин Леонид Максим Михаил Никита Николай Олег "
        + "Павел Пётр Роман Семён Сергей Степан Тимур Фёдор Юрий Яков");

    private static readonly string[] Women = Words(
        "Александра Алёна Алина Алла Анастасия Анна Валентина Валерия Вера Вероника Виктория Галина Дарья Диана Евгения Екатерина Елена "
        + "Елизавета Зинаида Зоя Инна Ирина Кристина Ксения Лариса Лидия Любовь Людмила Маргарита Марина Мария Надежда Наталья Нина Оксана "
        + "Ольга Полина Раиса Светлана София Тамара Татьяна Ульяна Юлия");

    private static readonly string[] Fathers = Words(
        "Александр Андре Антон Борис Вадим Валентин Василь Виктор Владимир Геннадь Григорь Денис Дмитри Евгень Егор Иван Игор Леонид "
        + "Максим Михайл Никола Олег Павл Петр Роман Семён Серге Степан Фёдор Юрь");

    public static string Name(Seeded random)
    {
        var stem = random.Pick(Beginnings) + random.Pick(Middles) + random.Pick(Ends);
        var surname = char.ToUpper(stem[0], CultureInfo.InvariantCulture) + stem[1..];
        var father = random.Pick(Fathers);
        var soft = father[^1] is 'е' or 'ь' or 'и' or 'а';
        if (!random.Chance(54))
            return $"{surname} {random.Pick(Men)} {father}{(soft ? "евич" : "ович")}";
        var hers = stem.EndsWith("ский", StringComparison.Ordinal) ? surname[..^2] + "ая"
            : stem[^1] is 'в' or 'н' ? surname + "а"
            : surname;
        return $"{hers} {random.Pick(Women)} {father}{(soft ? "евна" : "овна")}";
    }

    /// <summary>
    /// Ten digits as a numbering with check digits has them: few of the numbers that can be are somebody's.
    /// Generated ones begin with a lower digit.
    /// </summary>
    public static string AccountNumber(Seeded random) => random.Next(3_000_000_000L, 9_999_999_999L).ToString(CultureInfo.InvariantCulture);

    /// <summary>Of a range that nobody has, nine digits wide; one in seven has none.</summary>
    public static string? Phone(Seeded random) => random.Next(0, 999_999_999) is var number && number % 7 == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"+70{number:000000000}");

    /// <summary>A factory's number of eight digits; a third of the meters bear a letter before it.</summary>
    public static string Serial(Seeded random)
    {
        var digits = random.Next(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);
        return random.Chance(33) ? random.Pick(Words("А В Г М Т Э")) + digits : digits;
    }

    /// <summary>Streets of the town that fills up what the register lacks.</summary>
    public static string Street(Seeded random)
    {
        var stem = random.Pick(Beginnings) + random.Pick(Middles);
        return char.ToUpper(stem[0], CultureInfo.InvariantCulture) + stem[1..] + random.Pick(Words("ная овая ская инская евская ова ина"));
    }

    private static string[] Words(string text) => text.Split(' ');
}
