using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>A territory: one time zone, rule pack, currency and calendar.</summary>
public readonly record struct TerritoryId(long Value) : ITypedId<TerritoryId, long>
{
    public static TerritoryId From(long value) => new(value);
}

public readonly record struct SupplierId(long Value) : ITypedId<SupplierId, long>
{
    public static SupplierId From(long value) => new(value);
}

public readonly record struct BuildingId(long Value) : ITypedId<BuildingId, long>
{
    public static BuildingId From(long value) => new(value);

    /// <summary>Lists go on after an id.</summary>
    public static bool operator >(BuildingId a, BuildingId b) => a.Value > b.Value;
    public static bool operator <(BuildingId a, BuildingId b) => a.Value < b.Value;
}

/// <summary>A room or flat of a building, living or not.</summary>
public readonly record struct PremisesId(long Value) : ITypedId<PremisesId, long>
{
    public static PremisesId From(long value) => new(value);

    /// <summary>Lists go on after an id.</summary>
    public static bool operator >(PremisesId a, PremisesId b) => a.Value > b.Value;
    public static bool operator <(PremisesId a, PremisesId b) => a.Value < b.Value;
}

/// <summary>A personal account: who pays for one premises, from a day to a day.</summary>
public readonly record struct AccountId(long Value) : ITypedId<AccountId, long>
{
    public static AccountId From(long value) => new(value);

    /// <summary>Lists go on after an id.</summary>
    public static bool operator >(AccountId a, AccountId b) => a.Value > b.Value;
    public static bool operator <(AccountId a, AccountId b) => a.Value < b.Value;
}

/// <summary>A person or a company that holds accounts.</summary>
public readonly record struct HolderId(long Value) : ITypedId<HolderId, long>
{
    public static HolderId From(long value) => new(value);
}

public readonly record struct MeterId(long Value) : ITypedId<MeterId, long>
{
    public static MeterId From(long value) => new(value);
}
