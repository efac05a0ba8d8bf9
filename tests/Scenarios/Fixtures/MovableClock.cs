using NodaTime;

namespace Ochag.Scenarios.Fixtures;

/// <summary>Time that stands still until a scenario moves it.</summary>
public sealed class MovableClock(Instant start) : IClock
{
    private readonly Lock _lock = new();
    private Instant _now = start;

    public Instant GetCurrentInstant()
    {
        lock (_lock)
            return _now;
    }

    public void Advance(Duration by)
    {
        lock (_lock)
            _now += by;
    }

    public void MoveTo(Instant now)
    {
        lock (_lock)
            _now = now >= _now ? now : throw new ArgumentOutOfRangeException(nameof(now), now, "Time does not go back.");
    }
}
