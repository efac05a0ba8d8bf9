using Ochag.Billing.Contracts;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Workings;

/// <summary>The verdict of the checker that shares no arithmetic with the evaluator.</summary>
public enum Verdict
{
    Agrees,
    Differs,

    /// <summary>The stored working cannot be read: altered, or of a newer program.</summary>
    Unreadable,
}

/// <summary>Who knows what the numbers of a working rest on.</summary>
internal sealed record WorkingSources(IRegistryDesk Desk, IBilling Billing, IBillingFacts Facts, IMetering Metering);

/// <summary>A line with its working made readable, and the stored facts that its numbers name.</summary>
public sealed class WorkingView
{
    private readonly Dictionary<(FactKind, long), object> _sources = [];

    private WorkingView(ExplainedLine line, AccountCard account, TerritoryRecord territory) =>
        (Line, Account, Territory) = (line, account, territory);

    public ExplainedLine Line { get; }
    public AccountCard Account { get; }
    public TerritoryRecord Territory { get; }
    public Verdict Verdict { get; private set; } = Verdict.Unreadable;
    public Replayed? Again { get; private set; }
    public PackFormula? Formula { get; private set; }
    public int FormulaNumber { get; private set; }
    internal WorkingNode? Root { get; private set; }
    internal IReadOnlyList<PlainStep> Steps { get; private set; } = [];

    internal StoryFacts? Facts { get; private set; }

    /// <summary>What the law says of the line: of its formula, and of why it went this way.</summary>
    internal Func<LineStory, IReadOnlyList<string>> Paragraphs { get; private set; } = _ => [];

    /// <summary>The stored facts that the numbers name, in the order of the working.</summary>
    internal IReadOnlyList<object> Sources =>
        [.. Root!.Whole.Where(n => n.Source is not null).DistinctBy(n => (n.Source, n.SourceId)).Select(n => Find(n)).OfType<object>()];

    internal static async Task<WorkingView> Make(
        ExplainedLine line, AccountCard account, TerritoryRecord territory, WorkingSources asked, CancellationToken stop)
    {
        var view = new WorkingView(line, account, territory);
        try
        {
            var working = Working.Read(line.Working);
            view.FormulaNumber = working.Formula;
            view.Root = WorkingNode.Of(working);
            view.Again = Replay.Run(working);
            view.Verdict = view.Again.Amount == line.Line.Amount.ToExact()
                && view.Again.Quantity.Round(Ochag.Foundation.Fixed.Places) == line.Line.Quantity.Millionths
                    ? Verdict.Agrees
                    : Verdict.Differs;
        }
        catch (FormatException)
        {
            return view; // said on the page: an altered working is for people to see, not a fault of the server
        }

        var formula = (Formula)view.FormulaNumber;
        view.Steps = WorkingSteps.Of(view.Root, formula);
        view.Formula = asked.Billing.FindFormula(line.RulePack, view.FormulaNumber);
        var acts = await asked.Metering.ListActs(account.PremisesId, stop);
        await view.FindSources(acts, asked, stop);
        var building = await asked.Desk.FindBuilding(account.Building, [account.Territory], stop);
        view.Paragraphs = story => view.ParagraphsOf(story, clause =>
            asked.Billing.FindClause(line.RulePack, line.Line.Service, clause));
        view.Facts = new(line.Line, view.Root, formula, territory.Currency, territory.TimeZone)
        {
            Meters = account.Meters,
            Acts = [.. acts.Where(a => a.SupersededAt is null)],
            HasHeatMeter = building?.Meters.Any(m => m.Service == Service.Heating) ?? false,
            InARow = LineStory.InARow(line.Line, await asked.Billing.ListCharges(account.Id, stop)),
            Source = view.Find,
        };
        return view;
    }

    private IReadOnlyList<string> ParagraphsOf(LineStory story, Func<Clause, string?> find)
    {
        var own = story.Law.Contains(Clause.Company) ? null : Formula?.Paragraph;
        return [.. story.Law.Select(find).Prepend(own).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    internal T? SourceOf<T>(WorkingNode node)
        where T : class => Find(node) as T;

    private object? Find(WorkingNode node) => node.Source is { } kind ? _sources.GetValueOrDefault((kind, node.SourceId)) : null;

    private async Task FindSources(IReadOnlyList<RecordedAct> acts, WorkingSources asked, CancellationToken stop)
    {
        foreach (var reading in await asked.Metering.FindReadings(Ids(FactKind.Reading), stop))
            _sources[(FactKind.Reading, reading.Id)] = reading;
        foreach (var parameter in await asked.Billing.FindParameters(Ids(FactKind.Parameter), stop))
            _sources[(FactKind.Parameter, parameter.Id)] = parameter;
        foreach (var residents in Account.Residents)
            _sources[(FactKind.Residents, residents.Fact)] = residents;
        foreach (var act in acts)
            _sources[(FactKind.MeterAct, act.Act.Id)] = act;
        foreach (var quality in await asked.Facts.FindQuality(Ids(FactKind.QualityEvent), stop))
            _sources[(FactKind.QualityEvent, quality.Event.Fact)] = quality;
        foreach (var benefit in await asked.Facts.FindBenefits(Ids(FactKind.Benefit), stop))
            _sources[(FactKind.Benefit, benefit.Benefit.Fact)] = benefit;
        foreach (var load in await asked.Facts.FindLoads(Ids(FactKind.ContractLoad), stop))
            _sources[(FactKind.ContractLoad, load.Load.Fact)] = load;

        long[] Ids(FactKind kind) => [.. Root!.Whole.Where(n => n.Source == kind).Select(n => n.SourceId).Distinct()];
    }
}
