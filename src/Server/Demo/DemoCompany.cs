using System.Security.Cryptography;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo.Tour;
using Ochag.Server.Staff;

namespace Ochag.Server.Demo;

/// <summary>A sign-in of the demo, with the password in the clear: it opens invented data only.</summary>
internal sealed record DemoLogin(string Login, string Password, string Name, string Role);

/// <summary>
/// The generated company: two cities in different time zones, about two thousand accounts, fourteen billed months; one
/// month more of the second city waits for whoever wants to see a run.
/// Every step looks first what is there already, so a start that was interrupted goes on.
/// </summary>
internal sealed class DemoCompany(
    IRegistry registry, IRegistryIntake intake, IBilling billing, Generation generation, TourFiller tour, StaffDirectory staff,
        IClock clock)
{
    /// <summary>How many months of a city are billed.</summary>
    public const int Months = 14;

    private const ulong Seed = 20_26;
    private const string CityOfTheTour = "chita";

    private static readonly (string Code, string Name, string Zone, int WaitingMonths)[] Cities =
        [("chita", "Чита", "Asia/Chita", 0), ("ulan-ude", "Улан-Удэ", "Asia/Irkutsk", 1)];

    private static readonly (string Street, int[] Flats)[] Streets =
    [
        ("ул. Очажная", [60, 80, 36, 100]), ("ул. Угольщиков", [48, 72, 24, 90]), ("пр-кт Тепловиков", [144, 118, 54]),
        ("ул. Кедровая", [16, 12, 8, 18]), ("пер. Котельный", [60, 60]),
    ];

    private static readonly (string Login, string Name, string Role)[] People =
    [
        ("admin", "Администратор Демо", Roles.Administrator), ("engineer", "Инженер Расчётова", Roles.Engineer),
        ("operator", "Оператор Окнова", Roles.Operator), ("auditor", "Ревизор Сверкин", Roles.Auditor),
        ("carer", "Опекунова Мария", Roles.Marks),
    ];

    /// <summary>False: the database holds territories that the demo did not make.</summary>
    public async Task<bool> MayUse(CancellationToken stop) =>
        (await registry.ListTerritories(stop)).All(t => Cities.Any(c => c.Code == t.Code));

    public async Task<Refusal?> Make(IProgress<string> progress, CancellationToken stop)
    {
        var last = BillingPeriod.Of(clock.GetCurrentInstant().InUtc().Date).PlusMonths(-1);
        foreach (var city in Cities)
        {
            var territory = await Territory(city, last, stop);
            if (territory.Refusal is { } refusal)
                return refusal;
            if (await Fill(territory.Value, last, progress, stop) is { } refused)
                return refused;
        }

        return null;
    }

    /// <summary>Makes the people of the demo on an empty staff list; null: they are there already.</summary>
    public async Task<IReadOnlyList<DemoLogin>?> Hire(CancellationToken stop)
    {
        if (!await staff.IsEmpty(stop))
            return null;
        var logins = new List<DemoLogin>();
        foreach (var (login, name, role) in People)
        {
            var made = new DemoLogin(login, RandomNumberGenerator.GetHexString(20, lowercase: true), name, role);
            var result = await staff.Create(made.Login, made.Name, made.Password, [(role, null)], "demo");
            if (!result.Succeeded)
                throw new InvalidOperationException($"The demo's {login} was not made: {result}");
            logins.Add(made);
        }

        return logins;
    }

    private async Task<Outcome<TerritoryRecord>> Territory(
        (string Code, string Name, string Zone, int WaitingMonths) city, BillingPeriod last, CancellationToken stop)
    {
        var found = await registry.FindTerritory(city.Code, stop);
        if (!found.IsRefused)
            return found;
        var made = await intake.AddTerritory(
            new(city.Code, city.Name, city.Zone, "ru-354", Currency.Rub, last.PlusMonths(1 - Months - city.WaitingMonths),
                "АО «Очаг-Демо»"),
            stop);
        if (made.IsRefused)
            return made;
        await billing.RecordParameters(made.Value.Id, TerritoryParameters.Make(), "demo", "invented decision of the demo region", stop);
        var houses = Streets.SelectMany(s => s.Flats.Select((flats, i) => new HouseDraft(
            $"г. {city.Name}, {s.Street}, д. {2 * i + 1}",
            $"demo:{s.Street}:{i}",
            1962 + 7 * i,
            flats switch { < 20 => 2, < 70 => 5, _ => 9 },
            Flats: flats))).ToList();
        await intake.AddHouses(made.Value.Id, houses, stop);
        return made;
    }

    private async Task<Refusal?> Fill(TerritoryRecord territory, BillingPeriod last, IProgress<string> progress, CancellationToken stop)
    {
        var through = territory.BilledSince.PlusMonths(Months - 1);
        var posted = (await billing.ListRuns([territory.Id], stop))
            .Where(r => r.State.Counts()).Select(r => r.Period).ToHashSet();
        // A demo of an earlier version has billed its months: houses that came now would have none.
        if (territory.Code == CityOfTheTour && posted.Count == 0)
            await tour.Fill(territory, stop);
        var filled = new Told<GenerationProgress>(
            progress, p => $"{territory.Name}: {p.Accounts} accounts in {p.Houses} of {p.HousesInAll} houses");
        await generation.FillHouses(territory, new(Seed, last, Shops: true), filled, stop);
        for (var month = territory.BilledSince; month <= through; month = month.PlusMonths(1))
        {
            if (posted.Contains(month))
                continue;
            var told = new Told<RunRecord>(progress, r => $"{territory.Name}, {r.Period}: {r.Lines} lines of {r.Accounts} accounts");
            var run = await billing.Run(territory, month, "demo", told, stop);
            if (run.Refusal is { } refusal)
                return refusal;
        }

        return null;
    }

    private sealed class Told<T>(IProgress<string> to, Func<T, string> text) : IProgress<T>
    {
        public void Report(T value) => to.Report(text(value));
    }
}
