using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>The company that works here, as bills and pages name it.</summary>
/// <param name="Since">The day from which it is called so.</param>
public sealed record CompanyRecord(string Name, string? TaxNumber, LocalDate Since, FactOrigin Origin);

/// <summary>Whose program this is: one company for all territories.</summary>
public interface ICompany
{
    /// <summary>Null: nobody has told yet.</summary>
    Task<CompanyRecord?> Find(CancellationToken cancel);

    /// <summary>
    /// Records the name and number from today on; what was known before is kept. Refused with
    /// <c>registry.company-name-wrong</c>, <c>registry.company-tax-number-wrong</c> or <c>registry.changed-meanwhile</c>.
    /// </summary>
    Task<Outcome<CompanyRecord>> Change(string name, string? taxNumber, string by, CancellationToken cancel);
}
