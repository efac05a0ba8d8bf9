using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.RulePacks;

namespace Ochag.Server.Console.Tariffs;

/// <summary>A territory's own numbers and the drafts of such.</summary>
/// <param name="Others">Territories that the person may work in, this one among them.</param>
public sealed record TariffsView(
    TerritoryRecord Territory, IReadOnlyList<TerritoryRecord> Others, IReadOnlyList<RuleRow> Rows, IReadOnlyList<KeptDraft> Drafts,
    NodaTime.LocalDate Today, Foundation.Refusal? Refusal);

/// <summary>A draft at its second look.</summary>
/// <param name="Seen">Another version, which the person had before him when he decided; null: he decides now.</param>
/// <param name="Effect">Null: it cannot be recorded, and the obstacle says why.</param>
/// <param name="Address">Of the sample building.</param>
public sealed record DraftView(
    TerritoryRecord Territory, KeptDraft Draft, KeptDraft? Seen, DraftEffect? Effect, Foundation.Refusal? Obstacle, string? Address);

/// <summary>The form of a draft.</summary>
/// <param name="Draft">The draft that is changed; null: a new one.</param>
/// <param name="Theirs">What somebody else made of it while the form was open; null: nobody did.</param>
public sealed record DraftFormView(
    TerritoryRecord Territory, KeptDraft? Draft, KeptDraft? Theirs, FormState Form,
    IReadOnlyList<(ParameterTable Table, string Key)> Known);
