using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;

namespace Ochag.Registry.Edits;

/// <summary>A record of residents is put right, or was a mistake altogether.</summary>
internal sealed class CorrectResidentsHandler(EditDesk desk)
{
    public static IEnumerable<Refusal> Wrong(Correction<Household> correction) =>
        correction.Value?.Count is < 0 or > MoveResidentsHandler.Most
            ? [new("registry.residents-count-wrong", ("least", "0"), ("most", $"{MoveResidentsHandler.Most}"))]
            : [];

    public Task<IReadOnlyList<Refusal>> Run(
        TerritoryRecord territory, Correction<Household> correction, string by, CancellationToken cancel) =>
        desk.Correct<ResidentsFact, Household>(
            territory, f => f.AccountId == correction.Account, correction, by,
            correction.Value is { } right ? old => old with { Count = (short)right.Count, Temporary = right.Temporary } : null,
            (a, b) => a.Temporary == b.Temporary, Wrong(correction), cancel);
}
