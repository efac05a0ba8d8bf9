using NodaTime;

namespace Ochag.Server.Hosting;

/// <summary>The framework's clock (cookies, locks) told by ours, so that a test moves both at once.</summary>
internal sealed class ClockTime(IClock clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetCurrentInstant().ToDateTimeOffset();
}
