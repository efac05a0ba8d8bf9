using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Tour;

/// <summary>A stop of the tour with what it leads to.</summary>
/// <param name="Key">Of its texts and its place on the page.</param>
/// <param name="Number">From 1, over all themes.</param>
/// <param name="Lines">Posted lines that show the oddity.</param>
/// <param name="Waits">Some of its lines are of a month that is not billed yet.</param>
public sealed record TourView(
    string Key, string Theme, int Number, BuildingId Building, string Address, PremisesLine Premises, IReadOnlyList<PostedLine> Lines,
    bool Waits);
