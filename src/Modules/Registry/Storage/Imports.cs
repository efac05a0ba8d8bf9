using NodaTime;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Registry.Storage;

internal sealed class Import
{
    public required ImportId Id { get; init; }
    public required TerritoryId TerritoryId { get; init; }
    public required string Kind { get; init; }
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string Hash { get; init; }

    public required string Layout { get; init; }

    /// <summary>The columns of its head, a JSON list.</summary>
    public required string Head { get; init; }

    public required ImportState State { get; set; }
    public long Rows { get; set; }
    public long Taken { get; set; }
    public long Doubtful { get; set; }
    public long Unchanged { get; set; }
    public long Refused { get; set; }
    public required Instant StartedAt { get; init; }
    public required string StartedBy { get; init; }
    public Instant? EndedAt { get; set; }

    /// <summary>Why it broke off, or who took it back.</summary>
    public string? Fault { get; set; }
}

/// <summary>Rows of a table that an import wrote, or facts that it superseded: what taking it back has to touch.</summary>
internal sealed class ImportWrite
{
    public required ImportId ImportId { get; init; }

    /// <summary>The batch that wrote them, from 1: the last is taken back first.</summary>
    public required int Batch { get; init; }

    public required string Table { get; init; }
    public required long First { get; init; }
    public required long Last { get; init; }
    public required bool Superseded { get; init; }
}

/// <summary>A row that was refused, or taken with a doubt.</summary>
internal sealed class ImportRemarkRow
{
    public required ImportId ImportId { get; init; }
    public required long Line { get; init; }
    public required RowFate Fate { get; init; }
    public required string Code { get; init; }

    /// <summary>The facts of the reason, a JSON list: name, value, name, value.</summary>
    public required string Facts { get; init; }

    /// <summary>The row as it was written, a JSON list. May hold personal data.</summary>
    public required string Fields { get; init; }
}

/// <summary>What a foreign column was taken for the last time.</summary>
internal sealed class ImportMapping
{
    public required string Kind { get; init; }

    /// <summary>The foreign name, folded.</summary>
    public required string Foreign { get; init; }

    public required string Column { get; set; }
}
