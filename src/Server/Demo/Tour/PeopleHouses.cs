using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>Houses where the people of flat 1 are odd: who is away, who stays, who owes, who shares.</summary>
internal static class PeopleHouses
{
    /// <summary>
    /// No water meter can stand here. Three of four were away from the third to the eighteenth, fourteen full days; they
    /// came back with proof. The neighbours were away too and brought no papers.
    /// </summary>
    public static void AbsentFamily(TourHouse house)
    {
        Away("Отпускников Роман Юрьевич", proof: true);
        Away("Беспечный Марк Ильич", proof: false);

        void Away(string holder, bool proof)
        {
            var months = house.Months;
            house.Flat(holder, "58.7", people: 4, metersPossible: false).With(Service.Electricity, "120")
                .Absences.Add(new(months.Day(3), months.Day(18), Persons: 3, proof, Applied: months.Day(20)));
        }
    }

    /// <summary>Three guests for twenty days count as residents by days; of a neighbour's three for five days nobody speaks.</summary>
    public static void TemporaryResidents(TourHouse house)
    {
        var months = house.Months;
        house.Flat("Гостеприимова Анна Юрьевна", "49.9", people: 2, metersPossible: false).With(Service.Electricity, "200")
            .WithStay(months.Day(5), months.Day(24), people: 3);
        house.Flat("Короткова Дарья Олеговна", "50.2", people: 2, metersPossible: false).With(Service.Electricity, "150")
            .WithStay(months.Day(5), months.Day(9), people: 3);
    }

    /// <summary>One of three persons has half of his share of the water within the norm free of charge.</summary>
    public static void Beneficiary(TourHouse house)
    {
        house.Flat("Ветеранов Степан Кузьмич", "46.2", people: 3)
            .With(Service.ColdWater, "12").With(Service.HotWater, "6").With(Service.Electricity, "180")
            .Benefits.Add(new(0, [Service.ColdWater, Service.HotWater], Persons: 1, Exact.Of(50), house.Opened, null));
        MeterHouses.Ordinary(house);
    }

    /// <summary>Came here with debts of two services and nothing else that is odd.</summary>
    public static void Debtor(TourHouse house)
    {
        var flat = house.Flat("Долгин Аркадий Савельевич", "63.4", people: 2)
            .With(Service.ColdWater, "6").With(Service.HotWater, "4").With(Service.Electricity, "170");
        flat.Openings.Add((Service.Heating, new(84_310_55, Currency.Rub)));
        flat.Openings.Add((Service.HotWater, new(12_045_20, Currency.Rub)));
        MeterHouses.Ordinary(house);
    }

    /// <summary>Two thirds and one third of one account: the total is split so that no kopeck is lost.</summary>
    public static void TwoHolders(TourHouse house)
    {
        house.Flat("", "57.0", people: 2).HeldBy(("Половинкина Зоя Андреевна", 2, 3), ("Третьяков Лев Андреевич", 1, 3))
            .With(Service.ColdWater, "6").With(Service.HotWater, "4").With(Service.Electricity, "150");
        MeterHouses.Ordinary(house);
    }

    /// <summary>
    /// A workshop without a water meter: by its contract 0.02 m3 an hour, ten hours a day (p.43); tariffs without VAT, and
    /// VAT on top.
    /// </summary>
    public static void Company(TourHouse house)
    {
        house.Room("пом. 1", "ООО «Примерная мастерская»", "80").With(Service.Electricity, "420")
            .Loads.Add(new(0, "ТП-17", Service.ColdWater, Exact.Parse("0.02"), Exact.Of(10), house.Opened, null));
        MeterHouses.Ordinary(house);
    }
}
