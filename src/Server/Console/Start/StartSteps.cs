using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Start;

/// <summary>What is in the base of a territory that is not billed yet.</summary>
/// <param name="Territory">Null: there is none yet.</param>
/// <param name="Rules">The rule pack can be read.</param>
/// <param name="EmptyHouses">Houses that have flats by their register and no premises.</param>
/// <param name="Own">Tariffs, norms and other numbers that the territory decided.</param>
/// <param name="MonthIsOver">The first billed month has ended, so that it can be run.</param>
public sealed record StartFacts(
    bool Company, TerritoryRecord? Territory, bool Rules = false, int Houses = 0, int EmptyHouses = 0, int Accounts = 0,
    EnteredCounts? Entered = null, bool Readings = false, int Own = 0, bool Opening = false, bool MonthIsOver = false)
{
    /// <summary>Kinds are counted up to here; more is told as "over".</summary>
    public const int MostCounted = 10_000;
}

public enum StepState
{
    Done,

    /// <summary>What to do now: one step at a time.</summary>
    Next,
    Later,

    /// <summary>A month can be billed without it.</summary>
    Optional,
}

/// <summary>A step on the way to the first billed month.</summary>
/// <param name="Count">Null: nothing to count.</param>
/// <param name="Path">The form that does it; null: it waits for a step before it.</param>
/// <param name="ByAdministrator">Only who administers may do it; the others are for engineers too.</param>
public sealed record StartStep(string Key, StepState State, int? Count, string? Path, bool ByAdministrator = false);

/// <summary>
/// The way from an empty base to the first billed month. Each step is told from what is in the base, so that it is true
/// whoever brought it, by a page or by a command.
/// </summary>
internal static class StartSteps
{
    public static IReadOnlyList<StartStep> Of(StartFacts facts)
    {
        var steps = All(facts).ToList();
        var next = steps.FindIndex(s => s.State == StepState.Later);
        if (next >= 0)
            steps[next] = steps[next] with { State = StepState.Next };
        return steps;
    }

    private static IEnumerable<StartStep> All(StartFacts facts)
    {
        yield return new("company", Needed(facts.Company), null, "/console/territories/company", ByAdministrator: true);
        yield return new(
            "territory", Needed(facts.Territory is not null), null,
            facts.Territory is null ? "/console/territories/new" : "/console/territories", ByAdministrator: true);
        var territory = facts.Territory;
        yield return new("rules", Needed(facts.Rules), null, territory is null ? null : $"/console/rules/{territory.Id.Value}");
        yield return Taken("houses", facts.Houses, true);
        yield return Taken("premises", facts.Entered?.Premises ?? 0, true);
        yield return Taken("accounts", facts.Accounts, true);
        yield return Taken("connections", facts.Entered?.Connections ?? 0, true);
        yield return Taken("residents", facts.Entered?.Residents ?? 0, false);
        yield return Taken("holders", facts.Entered?.Holders ?? 0, false);
        yield return Taken("meters", facts.Entered?.MeterCount ?? 0, false);
        yield return Taken("readings", facts.Readings ? 1 : 0, false) with { Count = null };
        yield return new(
            "tariffs", Needed(facts.Own > 0), facts.Own, territory is null ? null : $"/console/tariffs?territory={territory.Code}");
        yield return Taken("balances", facts.Opening ? 1 : 0, false) with { Count = null };
        yield return new("run", StepState.Later, null, territory is null ? null : $"/console/runs?territory={territory.Code}");

        StartStep Taken(string kind, int count, bool needed) => new(
            kind, count > 0 ? StepState.Done : needed ? StepState.Later : StepState.Optional, count,
            territory is null ? null : $"/console/imports?kind={kind}&territory={territory.Code}");
    }

    private static StepState Needed(bool done) => done ? StepState.Done : StepState.Later;
}
