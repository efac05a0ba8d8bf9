using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>An absence is recorded, or a record of one is put right.</summary>
/// <param name="Record">The record that is put right; null: a new one.</param>
/// <param name="Absence">Null: it was recorded by mistake, and nothing takes its place.</param>
/// <param name="Version">State of the chain that the form was opened on.</param>
public sealed record RecordAbsence(
    BuildingId Building, AccountId Account, long? Record, Absence? Absence, string Evidence, string Version);

/// <summary>
/// Temporary absences of an account's people (p.86-97) as people at a desk record them. Refusals:
/// <c>billing.absence-days-turned</c>, <c>billing.absence-day-wrong</c>, <c>billing.absence-before-account</c>,
/// <c>billing.absence-persons-wrong</c>, <c>billing.absence-persons-many</c>, <c>billing.absence-applied-later</c>,
/// <c>billing.absence-evidence-missing</c>, <c>registry.record-unknown</c>, <c>registry.nothing-changed</c> and
/// <c>registry.changed-meanwhile</c>.
/// </summary>
public interface IAbsences
{
    /// <summary>All absences ever recorded of an account, the latest record first.</summary>
    Task<FactChain<Absence>> Read(AccountId account, CancellationToken cancel);

    /// <summary>Everything that is wrong with it; none: it is recorded.</summary>
    Task<IReadOnlyList<Refusal>> Record(TerritoryRecord territory, RecordAbsence absence, string by, CancellationToken cancel);
}
