using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Facts;

namespace Ochag.Server.Console.Thresholds;

/// <summary>The thresholds of one service in a territory.</summary>
/// <param name="Others">Territories that the person may work in, this one among them.</param>
public sealed record ThresholdsView(
    TerritoryRecord Territory, IReadOnlyList<TerritoryRecord> Others, Service Service, IReadOnlyList<ServiceThreshold> Rows,
    LocalDate Today);

/// <summary>One threshold with its history.</summary>
public sealed record ThresholdView(
    TerritoryRecord Territory, ServiceThreshold Threshold, LocalDate Today, IReadOnlyList<HistoryLine> Lines, bool Said);
