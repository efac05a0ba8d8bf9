using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Facts;

/// <summary>A record as a history shows it.</summary>
/// <param name="Act">What may be done with it: a text and the address of its form.</param>
public sealed record HistoryLine(
    string What, LocalDate From, LocalDate? To, FactOrigin Origin, Instant? SupersededAt, (string Text, string Path)? Act = null)
{
    /// <summary>It happened on its day and does not last.</summary>
    public bool IsMoment { get; init; }

    /// <summary>Why it ended with nothing in its place; null: another record says it, or it counts.</summary>
    public string? End { get; init; }

    /// <summary>The address of what it is about; null: the page says it.</summary>
    public (string Text, string Path)? Subject { get; init; }
}

/// <summary>What saving a form would do, before it is done.</summary>
/// <param name="Lines">Sentences of what changes.</param>
/// <param name="Doubts">Sentences of what is doubtful: whoever saves has seen them.</param>
/// <param name="Effect">What it does to an account's month; null: nothing of money is asked.</param>
/// <param name="Seen">Of what was typed: the form carries it back.</param>
public sealed record FormPreview(
    IReadOnlyList<string> Lines, IReadOnlyList<string> Doubts, ReadingEffect? Effect, Currency Currency, string Seen);

/// <summary>
/// A form of dated facts: what is asked, the state that it was opened on, and, where somebody else has written meanwhile,
/// both versions side by side.
/// </summary>
public sealed class FactFormView
{
    public required string Title { get; init; }
    public required string Lead { get; init; }

    /// <summary>Where the person came from and goes back to.</summary>
    public required (string Text, string Path) Back { get; init; }

    /// <summary>Where the form is sent to; its own address.</summary>
    public required string Path { get; init; }

    public required string Version { get; init; }
    public required IReadOnlyList<FormField> Fields { get; init; }
    public required string Submit { get; init; }
    public required DateTimeZone Zone { get; init; }

    /// <summary>The last month that is posted; null: none is.</summary>
    public BillingPeriod? Posted { get; init; }

    /// <summary>What the person should know before he saves.</summary>
    public string? Note { get; init; }

    /// <summary>The record that was written last; null: nothing is recorded yet.</summary>
    public HistoryLine? Last { get; init; }

    public FormState Form { get; set; } = new();

    /// <summary>Somebody else has written since the form was opened.</summary>
    public bool IsConflict { get; set; }

    /// <summary>What saving would do is shown first, and what was shown is what is saved.</summary>
    public bool LooksFirst { get; init; }

    /// <summary>What saving would do; null: not asked yet.</summary>
    public FormPreview? Preview { get; set; }

    public FormField? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);
}
