using System.Threading.RateLimiting;

namespace Ochag.Server.Api.Keys;

/// <summary>How many requests a key has left in this minute: counted for each key by itself, in this process.</summary>
internal sealed class KeyLimits : IDisposable
{
    private readonly PartitionedRateLimiter<ApiKey> _limiter = PartitionedRateLimiter.Create<ApiKey, Guid>(key =>
        RateLimitPartition.GetFixedWindowLimiter(
            key.Id, _ => new FixedWindowRateLimiterOptions { PermitLimit = key.PerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Null: it may go on; else the time after which it may.</summary>
    public TimeSpan? Refuse(ApiKey key)
    {
        using var lease = _limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _limiter.Dispose();
}
