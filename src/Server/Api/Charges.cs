using System.ComponentModel;
using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Api.Keys;
using Ochag.Server.Audit;
using Ochag.Server.Console.Workings;

namespace Ochag.Server.Api;

/// <summary>What was charged to an account, and how each line was worked out.</summary>
internal static class Charges
{
    private const string Lines = "/accounts/{id:long}/charges";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet(Lines, List).Needs(Scopes.Charges).Audited(AuditActions.AccountRead)
            .WithTags("Charges").WithSummary("Balance and posted lines of an account")
            .WithDescription("Newest month first; `month` (like 2026-10) chooses one.")
            .Produces<ChargesShape>().Refuses(400, 404);
        api.MapGet(Lines + "/{month}/{run:long}/{number:int}", Work).Needs(Scopes.Charges).Audited(AuditActions.WorkingRead)
            .WithTags("Charges").WithSummary("How a line was worked out")
            .WithDescription("Step by step from the stored working, with names in the language of Accept-Language, checked again just now.")
            .Produces<WorkingShape>().Refuses(404);
    }

    internal sealed record ChargesShape(
        long Account, string Number, [property: Description("Opening balance and all posted lines.")] MoneyShape Balance,
        IReadOnlyList<LineShape> Lines);

    internal sealed record LineShape(
        [property: Description("Month in which it was posted, like 2026-10.")] string Month,
        long Run, int Line,
        [property: Description("Month that it is about: another one when it corrects.")] string Period,
        Service Service, [property: Description("Within the service: `volume`, `excess.carrier`.")] string Component,
        [property: Description("What the volume rests on: `meter`, `average+norm`.")] string Basis,
        [property: Description("A decimal as text.")] string Quantity, Unit Unit,
        MoneyShape Amount, [property: Description("Per cent, a decimal as text.")] string VatRate, MoneyShape Vat,
        [property: Description("VAT is added to the amount; else it is inside.")] bool VatOnTop,
        [property: Description("To be paid.")] MoneyShape Total);

    internal sealed record WorkingShape(
        LineShape Line, string RulePack, int EvaluatorVersion, int Formula,
        [property: Description("Paragraph of the law; null: the rule pack has none for it.")] string? Paragraph,
        [property: Description("`agrees` when the checker, which shares no arithmetic with the evaluator, comes to the same.")]
        Console.Workings.Verdict Verdict,
        IReadOnlyList<StepShape> Steps);

    internal sealed record StepShape(string Name, IReadOnlyList<TermShape> Terms, NumberShape Result);

    internal sealed record TermShape(
        [property: Description("Before the number: empty, +, −, ×, ÷, min or max.")] string Sign, string Name, NumberShape Number,
        [property: Description("The stored fact that the number comes from; null: none.")] FactShape? Fact);

    internal sealed record NumberShape(
        [property: Description("Exact: a decimal or a fraction.")] string Exact,
        [property: Description("With its unit, for people.")] string Text);

    internal sealed record FactShape(FactKind Kind, long Id);

    /// <summary>Whom the answers ask.</summary>
    internal sealed record Asked(
        IRegistryDesk Desk, IBilling Billing, IBillingFacts Facts, IMetering Metering, Caller Caller, IStringLocalizer<Texts> Texts);

    private static async Task<IResult> List(long id, string? month, [AsParameters] Asked asked, HttpContext http)
    {
        if (month is not null && !BillingPeriod.TryParse(month, out _))
            return Problems.Wrong(http, new("api.month-wrong"));
        var stop = http.RequestAborted;
        if (await asked.Desk.FindAccount(new(id), await asked.Caller.Sight(stop), stop) is not { } card)
            return Problems.Absent(http);
        http.IsAbout(card.Number, card.Territory.Value);
        var territory = await asked.Caller.Of(card.Territory, stop);
        var lines = await asked.Billing.ListCharges(card.Id, stop);
        return Results.Ok(new ChargesShape(
            card.Id.Value, card.Number, MoneyShape.Of((await asked.Billing.Balance(card.Id, territory.Currency, stop)).Total),
            [.. lines.Where(l => month is null || l.Key.PostedIn.ToString() == month).Select(Show)]));
    }

    private static async Task<IResult> Work(
        long id, string month, long run, int number, [AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (!BillingPeriod.TryParse(month, out var posted) || number is < 0 or > short.MaxValue)
            return Problems.Absent(http);
        var card = await asked.Desk.FindAccount(new(id), await asked.Caller.Sight(stop), stop);
        var line = card is null ? null : await asked.Billing.FindLine(new(posted, card.Id, new(run), (short)number), stop);
        if (card is null || line is null)
            return Problems.Absent(http);
        http.IsAbout($"{card.Number} {posted} {number}", card.Territory.Value);
        var territory = await asked.Caller.Of(card.Territory, stop);
        var view = await WorkingView.Make(
            line, card, territory, new(asked.Desk, asked.Billing, asked.Facts, asked.Metering), stop);
        var units = new WorkingUnits(asked.Texts, line.Line, territory.Currency);
        return Results.Ok(new WorkingShape(
            Show(line.Line), line.RulePack, line.EvaluatorVersion, view.FormulaNumber, view.Formula?.Paragraph, view.Verdict,
            [.. view.Steps.Select(s => Show(s, units, asked.Texts))]));
    }

    private static LineShape Show(PostedLine l) => new(
        l.Key.PostedIn.ToString(), l.Key.Run.Value, l.Key.Number, l.Period.ToString(), l.Service, l.Component.ToString(),
        l.Basis.ToString(), l.Quantity.ToString(), l.Unit, MoneyShape.Of(l.Amount), l.VatRate.ToString(), MoneyShape.Of(l.Vat),
        l.VatOnTop, MoneyShape.Of(l.Total));

    private static StepShape Show(PlainStep step, WorkingUnits units, IStringLocalizer<Texts> texts) => new(
        texts[step.LabelKey],
        [.. step.Terms.Select(t => new TermShape(
            t.Sign, texts[t.LabelKey], new(Infix.Number(t.Value), units.Say(t.Value, t.Dimension, step.PricesHeat)),
            t.Node.Source is { } kind ? new(kind, t.Node.SourceId) : null))],
        new(Infix.Number(step.Result), units.Say(step.Result, step.Dimension)));
}
