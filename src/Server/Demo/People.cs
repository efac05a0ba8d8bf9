using System.Globalization;
using Ochag.Foundation;

namespace Ochag.Server.Demo;

/// <summary>Invented people: names put together at random, telephone numbers of a range that nobody has.</summary>
internal static class People
{
    private static readonly string[] Stems =
        ["Абрамов", "Бурлаков", "Верхотуров", "Гантимуров", "Дорофеев", "Епифанцев", "Забелин", "Измайлов", "Карташов", "Лоншаков",
            "Мигунов", "Номоконов", "Овчинников", "Пешков", "Размахнин", "Савватеев", "Токмаков", "Усольцев", "Филиппов", "Хлызов",
                "Цыренжапов", "Чупров", "Шестаков", "Щеглов", "Эпов", "Юрганов", "Ярославцев"];

    private static readonly (string Name, string Patronymic)[] Men =
        [("Алексей", "Петрович"), ("Баир", "Дашиевич"), ("Виктор", "Ильич"), ("Геннадий", "Степанович"), ("Иван", "Андреевич"),
            ("Константин", "Львович"), ("Михаил", "Юрьевич"), ("Пётр", "Семёнович"), ("Сергей", "Матвеевич"), ("Юрий", "Олегович")];

    private static readonly (string Name, string Patronymic)[] Women =
        [("Анна", "Викторовна"), ("Валентина", "Егоровна"), ("Дарима", "Баировна"), ("Екатерина", "Львовна"), ("Зинаида", "Макаровна"),
            ("Людмила", "Ивановна"), ("Марина", "Сергеевна"), ("Наталья", "Юрьевна"), ("Ольга", "Фёдоровна"), ("Татьяна", "Алексеевна")];

    public static string Name(Seeded random)
    {
        var woman = random.Chance(54);
        var (name, patronymic) = random.Pick(woman ? Women : Men);
        return $"{random.Pick(Stems)}{(woman ? "а" : "")} {name} {patronymic}";
    }

    public static string Company(Seeded random) =>
        $"ООО «{random.Pick(["Каравай", "Кедровый орех", "Ромашка", "Аптечный двор", "Швейный уголок", "Северный чай", "Книжная полка"])}»";

    public static string Phone(Seeded random) =>
        string.Create(CultureInfo.InvariantCulture, $"+7000{random.Next(0, 9_999_999):0000000}");
}
