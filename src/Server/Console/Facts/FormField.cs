namespace Ochag.Server.Console.Facts;

/// <summary>How a field of a form of facts is typed.</summary>
public enum FieldKind
{
    Text,
    Day,
    Number,
    Whole,
    Choice,
    Tick,
}

/// <summary>A field of a form of facts.</summary>
public sealed record FormField(FieldKind Kind, string Name, string Label)
{
    public string? Help { get; init; }
    public bool Required { get; init; } = true;
    public int MaxLength { get; init; } = 200;
    public IReadOnlyList<(string Value, string Text)> Options { get; init; } = [];

    /// <summary>What stands in it when the form is opened.</summary>
    public string Value { get; init; } = "";

    /// <summary>What is recorded now, as it would be typed: beside what was typed when two people wrote; null: nothing is.</summary>
    public string? Now { get; init; }

    /// <summary>Codes of refusals that are said here.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>A typed value as a person reads it: an option by its text, a day by its usual form.</summary>
    public string Say(string? typed) => Kind switch
    {
        _ when string.IsNullOrEmpty(typed) => "—",
        FieldKind.Choice => Options.FirstOrDefault(o => o.Value == typed).Text ?? typed!,
        FieldKind.Day => Readings.SheetInput.Day(typed) is { } day ? Formats.Brief(day) : typed!,
        FieldKind.Number => FormReader.NumberOf(typed!) is { } number ? Formats.Of(number) : typed!,
        FieldKind.Tick => "✓",
        _ => typed!,
    };
}
