namespace Ochag.Registry.Contracts;

/// <summary>A utility service (Decree 354 p.4). The numbers are stored: never renumber.</summary>
public enum Service : short
{
    ColdWater = 1,
    HotWater = 2,
    Drainage = 3,
    Heating = 4,
    Electricity = 5,
    Gas = 6,
}

/// <summary>A register of a meter: the single one, or a zone of the day (rules.md 1.2). Stored: never renumber.</summary>
public enum Zone : short
{
    Single = 0,
    Day = 1,
    Night = 2,
    Peak = 3,
    HalfPeak = 4,
}

public enum PremisesKind : short
{
    Living = 1,
    NonLiving = 2,
}

public enum HolderKind : short
{
    Person = 1,
    Company = 2,
}

/// <summary>How common-house needs of a service are counted (rules.md 1.4).</summary>
public enum CommonNeedsMode : short
{
    /// <summary>By the building's meter: the rest after all premises.</summary>
    Meter = 1,

    /// <summary>By the norm per m2 of common property.</summary>
    Norm = 2,
}

/// <summary>Why a household must not be left without supply. Stored: never renumber.</summary>
public enum MarkReason : short
{
    /// <summary>Somebody breathes by an apparatus at home: oxygen, ventilation.</summary>
    HomeOxygen = 1,

    /// <summary>Dialysis or another apparatus that must not stop.</summary>
    Dialysis = 2,

    /// <summary>A person with a disability.</summary>
    Disability = 3,

    /// <summary>A child under three.</summary>
    Infant = 4,

    /// <summary>Somebody very old lives alone.</summary>
    AgedAlone = 5,

    /// <summary>Somebody who does not leave the bed.</summary>
    Bedridden = 6,
}
