using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Registry.Storage;

internal sealed class Territory
{
    public required TerritoryId Id { get; init; }

    /// <summary>Short name on the command line: "chita".</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }
    public required string TimeZone { get; init; }
    public required string RulePack { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>The first month that is billed here.</summary>
    public required BillingPeriod BilledSince { get; init; }
}

internal sealed class Supplier
{
    public required SupplierId Id { get; init; }
    public required TerritoryId TerritoryId { get; init; }
    public required string Name { get; init; }
    public string? TaxNumber { get; init; }
}

/// <summary>The company that works here, from a day on.</summary>
internal sealed record CompanyFact : Fact
{
    public required string Name { get; init; }
    public string? TaxNumber { get; init; }
}

internal sealed class Building
{
    public required BuildingId Id { get; init; }
    public required TerritoryId TerritoryId { get; init; }
    public required string Address { get; init; }

    /// <summary>Folded for search: lower case, ё as е, look-alike Latin letters as Cyrillic.</summary>
    public required string AddressKey { get; init; }

    /// <summary>The id it came with ("reforma:9201097"); null: entered here.</summary>
    public string? ExternalId { get; init; }

    public int? YearBuilt { get; init; }
    public int? Floors { get; init; }

    /// <summary>Degrees times 10^6, WGS 84; null: unknown.</summary>
    public int? LatitudeMicro { get; init; }

    public int? LongitudeMicro { get; init; }

    /// <summary>Flats by the register it came from; null: the register does not say.</summary>
    public int? FlatsDeclared { get; init; }

    /// <summary>Living area by the register, m2.</summary>
    public Fixed? LivingArea { get; init; }

    /// <summary>Area of the common property by the register, m2.</summary>
    public Fixed? CommonArea { get; init; }

    /// <summary>What was doubtful when it was taken in; null: nothing.</summary>
    public string? Doubt { get; init; }

    /// <summary>The same house under another id, which has all that was entered under this one; null: a house of its own.</summary>
    public BuildingId? MergedIntoId { get; init; }
}

internal sealed record BuildingPassportFact : Fact
{
    public required BuildingId BuildingId { get; init; }
    public required Fixed CommonArea { get; init; }
    public required string HotWaterSystem { get; init; }
    public required short ElectricitySources { get; init; }
    public required bool HeatMeterPossible { get; init; }
}

internal sealed record CommonNeedsFact : Fact
{
    public required BuildingId BuildingId { get; init; }
    public required Service Service { get; init; }
    public required CommonNeedsMode Mode { get; init; }
    public required bool Capped { get; init; }
}

internal sealed class Premises
{
    public required PremisesId Id { get; init; }
    public required BuildingId BuildingId { get; init; }

    /// <summary>Flat or room: "12", "12а".</summary>
    public required string Number { get; init; }

    /// <summary>Sorts 2 before 10.</summary>
    public required string SortKey { get; init; }
}

internal sealed record NormChoiceFact : Fact
{
    public required PremisesId PremisesId { get; init; }
    public required Service Service { get; init; }
    public required string Key { get; init; }
}

internal sealed record GasSupplyFact : Fact
{
    public required PremisesId PremisesId { get; init; }
    public required string Group { get; init; }
    public required Fixed YearVolume { get; init; }
    public required Fixed DistributionYearVolume { get; init; }
}

internal sealed record PremisesPassportFact : Fact
{
    public required PremisesId PremisesId { get; init; }
    public required PremisesKind Kind { get; init; }
    public required Fixed Area { get; init; }
    public required bool OwnHeatSource { get; init; }
    public required bool ColdMeterPossible { get; init; }
    public required bool HotMeterPossible { get; init; }

    /// <summary>Heated part of the area, m2; null: nobody has told.</summary>
    public Fixed? HeatedArea { get; init; }

    public short? Rooms { get; init; }
}
