using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.RulePacks;

namespace Ochag.Server.Console.Workings;

/// <summary>A stored fact that a line rests on, in words, with the page that shows it and who recorded it.</summary>
/// <param name="Path">Null: no page shows it yet.</param>
/// <param name="Origin">Null: known by its document alone.</param>
internal sealed record Ground(string What, string? Path, FactOrigin? Origin, string Evidence)
{
    public static IReadOnlyList<Ground> Of(IStringLocalizer<Texts> texts, WorkingView view) =>
        [.. view.Sources.Select(s => new Teller(texts, view).Tell(s)).OfType<Ground>().Distinct()];

    private sealed class Teller(IStringLocalizer<Texts> texts, WorkingView view)
    {
        private readonly string _account = $"/console/accounts/{view.Account.Id.Value}";

        public Ground? Tell(object source) => source switch
        {
            RecordedReading r => With(
                $"{texts["factKind.Reading"]} {Formats.Of(r.Index)} {Taken(r)}", _account + "#meters",
                new(r.RecordedBy, r.RecordedAt, r.Evidence)),
            ResidentsLine r => With(
                $"{texts["factKind.Residents"]}: {r.Count} {texts["unit.person"]}, {Formats.Span(r.From, r.To)}",
                $"{_account}#residents-{r.Fact}", r.Origin),
            RecordedParameter p => Parameter(p),
            RecordedQuality q => Quality(q),
            RecordedAct a => With(
                texts["evidence.act", texts["act." + a.Act.Kind], Formats.Brief(a.Act.Drawn)], _account + "/acts", a.Origin),
            RecordedBenefit b => With(
                $"{texts["factKind.Benefit"]} {texts["evidence.benefit", Formats.Of(b.Benefit.Percent), Persons(b), Span(b)]}",
                null, b.Origin),
            RecordedLoad l => With(
                texts["evidence.load", l.Load.Number, Units.Say(l.Load.PerHour, Dimension.Load), Formats.Span(l.Load.From, l.Load.To)],
                null, l.Origin),
            _ => null,
        };

        private WorkingUnits Units => new(texts, view.Line.Line, view.Territory.Currency);

        private static Ground With(string what, string? path, FactOrigin origin) => new(what, path, origin, origin.Evidence);

        private Ground Parameter(RecordedParameter p)
        {
            var row = new RuleRow(p.Table, p.Key, p.From, p.To, p.Value.ToExact(), Backing.Territory, p.Evidence, "", Replaced: false);
            var what = $"{RuleWords.Name(texts, p.Table, p.Key)}: {RuleWords.Value(texts, row, view.Territory.Currency)}";
            return new($"{what}, {Formats.Span(p.From, p.To)}", $"/console/rules/{view.Territory.Id.Value}", null, p.Evidence);
        }

        private Ground Quality(RecordedQuality q)
        {
            var zone = view.Territory.TimeZone;
            var days = $"{Formats.Of(q.Event.From, zone)} – {Formats.Of(q.Event.To, zone)}";
            var what = texts["evidence.quality", texts["quality.kind." + q.Event.Kind], days].Value;
            return With(
                q.WithdrawnAt is null ? what : $"{what} ({texts["evidence.withdrawn"]})",
                $"/console/buildings/{q.Building.Value}/quality#event-{q.Event.Fact}", q.Origin);
        }

        private string Taken(RecordedReading r) =>
            texts["evidence.reading", Formats.Brief(r.Taken), texts["source." + r.Source]];

        private string Persons(RecordedBenefit b) => $"{b.Benefit.Persons} {texts["unit.person"]}";

        private static string Span(RecordedBenefit b) => Formats.Span(b.Benefit.From, b.Benefit.To);
    }
}
