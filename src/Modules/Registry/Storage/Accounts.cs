using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Registry.Storage;

internal sealed class Account
{
    public required AccountId Id { get; init; }
    public required PremisesId PremisesId { get; init; }

    /// <summary>The building of the premises: accounts are read by building.</summary>
    public required BuildingId BuildingId { get; init; }

    /// <summary>The number on the bill, ten digits.</summary>
    public required string Number { get; init; }
}

/// <summary>When the account is open: EffectiveFrom is its first day, EffectiveTo its last.</summary>
internal sealed record AccountTermFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required HolderKind HolderKind { get; init; }
    public required short Owners { get; init; }
}

internal sealed class Holder
{
    public required HolderId Id { get; init; }
    public required HolderKind Kind { get; init; }

    /// <summary>Full name of a person, name of a company. Personal data.</summary>
    public required string Name { get; init; }

    public required string NameKey { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? TaxNumber { get; init; }

    /// <summary>When the name and everything else of the person was erased; null: it is kept.</summary>
    public Instant? ErasedAt { get; init; }
}

internal sealed record HolderShareFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required HolderId HolderId { get; init; }
    public required int Numerator { get; init; }
    public required int Denominator { get; init; }
}

internal sealed record ResidentsFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required short Count { get; init; }
    public required bool Temporary { get; init; }
}

internal sealed record ConnectionFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required Service Service { get; init; }
}

internal sealed class Meter
{
    public required MeterId Id { get; init; }
    public required BuildingId BuildingId { get; init; }

    /// <summary>Null: a meter of the whole building.</summary>
    public PremisesId? PremisesId { get; init; }

    public required Service Service { get; init; }
    public required string Serial { get; init; }
    public required short Digits { get; init; }
    public required Fixed Multiplier { get; init; }

    /// <summary>Its registers, as a bit for each <see cref="Zone"/>.</summary>
    public required short Zones { get; init; }
}

/// <summary>From the day of installation to the last day before removal.</summary>
internal sealed record InstallationFact : Fact
{
    public required MeterId MeterId { get; init; }
}

internal sealed record VerificationFact : Fact
{
    public required MeterId MeterId { get; init; }
}

internal sealed record MeterFailureFact : Fact
{
    public required MeterId MeterId { get; init; }
}

/// <summary>A seal on a meter, from the day on which it was put to the last on which it was whole.</summary>
internal sealed record SealFact : Fact
{
    public required MeterId MeterId { get; init; }
    public required string Number { get; init; }
}

/// <summary>Why a household must not be left without supply. Personal data of the most guarded kind.</summary>
internal sealed record HouseholdMarkFact : Fact
{
    public required AccountId AccountId { get; init; }
    public required MarkReason Reason { get; init; }
}
