using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>An act about a premises is recorded, or a record of one is put right.</summary>
/// <param name="Record">The record that is put right; null: a new one.</param>
/// <param name="Act">Null: it was recorded by mistake, and nothing takes its place.</param>
/// <param name="Evidence">Number and day of the paper.</param>
/// <param name="Version">State of the chain that the form was opened on.</param>
public sealed record RecordAct(
    BuildingId Building, PremisesId Premises, long? Record, MeterAct? Act, string Evidence, string Version);

/// <summary>
/// Acts as people at a desk record them: refused access, checks, interference, unauthorised connections. Refusals:
/// <c>metering.act-of-the-future</c>, <c>metering.act-too-early</c>, <c>metering.act-days-turned</c>,
/// <c>metering.act-after-drawn</c>, <c>metering.act-index-missing</c>, <c>metering.act-meter-absent</c>,
/// <c>metering.act-power-wrong</c>, <c>metering.act-there</c>,
/// <c>metering.act-evidence-missing</c>, <c>metering.step-over-dial</c>, <c>registry.record-unknown</c>,
/// <c>registry.nothing-changed</c> and <c>registry.changed-meanwhile</c>.
/// </summary>
public interface IMeterActs
{
    /// <summary>All acts ever recorded of premises, the latest record first.</summary>
    Task<FactChain<MeterAct>> Read(PremisesId premises, CancellationToken cancel);

    /// <summary>Everything that is wrong with it; none: it is recorded.</summary>
    Task<IReadOnlyList<Refusal>> Record(TerritoryRecord territory, RecordAct act, string by, CancellationToken cancel);
}
