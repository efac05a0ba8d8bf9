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

    internal static async Task<WorkingView> Make(
        ExplainedLine line, AccountCard account, TerritoryRecord territory, IBilling billing, IMetering metering, CancellationToken stop)
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

        view.Steps = WorkingSteps.Of(view.Root, (Formula)view.FormulaNumber);
        view.Formula = billing.FindFormula(line.RulePack, view.FormulaNumber);
        await view.FindSources(billing, metering, stop);
        return view;
    }

    internal T? SourceOf<T>(WorkingNode node)
        where T : class => node.Source is { } kind ? _sources.GetValueOrDefault((kind, node.SourceId)) as T : null;

    private async Task FindSources(IBilling billing, IMetering metering, CancellationToken stop)
    {
        foreach (var reading in await metering.FindReadings(Ids(FactKind.Reading), stop))
            _sources[(FactKind.Reading, reading.Id)] = reading;
        foreach (var parameter in await billing.FindParameters(Ids(FactKind.Parameter), stop))
            _sources[(FactKind.Parameter, parameter.Id)] = parameter;
        foreach (var residents in Account.Residents)
            _sources[(FactKind.Residents, residents.Fact)] = residents;

        long[] Ids(FactKind kind) => [.. Root!.Inside.Where(n => n.Source == kind).Select(n => n.SourceId).Distinct()];
    }
}
