using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage.Books;

namespace Ochag.Registry.Edits;

/// <summary>A passport of premises changes from a day, or one of its versions is put right on its own days.</summary>
internal sealed class ChangePassportHandler(EditDesk desk)
{
    private static readonly Fixed MostArea = Fixed.Of(100_000);
    private const int MostRooms = 99;

    public static IReadOnlyList<Refusal> Decide(ChangePassport change, EditScene<PremisesPassportFact> scene)
    {
        var refusals = EditRules.Step(change.Step, scene.Version, scene.Today).ToList();
        var passport = change.Passport;
        if (passport.Area <= Fixed.Zero || passport.Area > MostArea)
            refusals.Add(new("registry.area-wrong", ("most", $"{MostArea}")));
        if (passport.HeatedArea < Fixed.Zero || passport.HeatedArea > passport.Area)
            refusals.Add(new("registry.heated-area-wrong", ("area", $"{passport.Area}")));
        if (passport.Rooms is < 1 or > MostRooms)
            refusals.Add(new("registry.rooms-wrong", ("most", $"{MostRooms}")));
        if (change.Record is { } record && scene.Find(record) is null)
            refusals.Add(new("registry.record-unknown"));
        else if (Under(change, scene) is { } old && Timeline.SayTheSame(old, Fact(change, old.EffectiveFrom, null, old.Recorded)))
            refusals.Add(new("registry.nothing-changed"));
        return refusals;
    }

    public Task<IReadOnlyList<Refusal>> Run(TerritoryRecord territory, ChangePassport change, string by, CancellationToken cancel) =>
        desk.Run<PremisesPassportFact>(
            territory, f => f.PremisesId == change.Premises, null, (by, change.Step.Evidence), scene => Decide(change, scene),
            async (scene, book) =>
            {
                var known = scene.Known.ToList();
                var (from, to) = Days(change, scene);
                await book.Put(known, Fact(change, from, to, book.Recorded), cancel);
            },
            cancel);

    /// <summary>A new version holds until the next one that is known; one that is put right keeps its days.</summary>
    private static (LocalDate From, LocalDate? To) Days(ChangePassport change, EditScene<PremisesPassportFact> scene)
    {
        if (change.Record is { } record && scene.Find(record) is { } old)
            return (old.EffectiveFrom, old.EffectiveTo);
        var next = scene.Known.Where(k => k.EffectiveFrom > change.Step.From).Min(k => (LocalDate?)k.EffectiveFrom);
        return (change.Step.From, next?.PlusDays(-1));
    }

    /// <summary>The version that holds on the day; null: none does.</summary>
    private static PremisesPassportFact? Under(ChangePassport change, EditScene<PremisesPassportFact> scene) =>
        change.Record is { } record
            ? scene.Find(record)
            : scene.Known.FirstOrDefault(k =>
                k.EffectiveFrom <= change.Step.From && (k.EffectiveTo is null || change.Step.From <= k.EffectiveTo));

    private static PremisesPassportFact Fact(ChangePassport change, LocalDate from, LocalDate? to, Ochag.Storage.Recorded recorded) => new()
    {
        Id = 0,
        PremisesId = change.Premises,
        Kind = change.Passport.Kind,
        Area = change.Passport.Area,
        OwnHeatSource = change.Passport.OwnHeatSource,
        ColdMeterPossible = change.Passport.ColdMeterPossible,
        HotMeterPossible = change.Passport.HotMeterPossible,
        HeatedArea = change.Passport.HeatedArea,
        Rooms = (short?)change.Passport.Rooms,
        EffectiveFrom = from,
        EffectiveTo = to,
        Recorded = recorded,
    };
}
