using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Registry.Edits;

/// <summary>What every change of a fact is asked. Pure.</summary>
internal static class EditRules
{
    private static readonly LocalDate Earliest = new(1950, 1, 1);

    /// <param name="version">State of the chain now.</param>
    /// <param name="since">First day on which there is something to record of; null: no such day.</param>
    public static IEnumerable<Refusal> Step(FactStep step, string version, LocalDate today, LocalDate? since = null)
    {
        if (step.Version != version)
            yield return new(Versions.ChangedMeanwhile);
        if (step.From > today)
            yield return new("registry.step-of-the-future", ("today", Day(today)));
        else if (step.From < Earliest)
            yield return new("registry.step-too-early", ("day", Day(Earliest)));
        else if (step.From < since)
            yield return new("registry.step-before-account", ("day", Day(since.Value)));
        if (step.To < step.From)
            yield return new("registry.step-days-turned", ("from", Day(step.From)));
        if (step.Evidence.Trim().Length is 0 or > FactStep.EvidenceLength)
            yield return new("registry.step-evidence-missing", ("most", $"{FactStep.EvidenceLength}"));
    }

    public static string Day(LocalDate day) => $"{day:uuuu-MM-dd}";
}
