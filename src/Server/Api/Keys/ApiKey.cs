using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Api.Keys;

/// <summary>What another program shows to be let in. The secret itself is nowhere: only its hash is kept.</summary>
internal sealed class ApiKey
{
    public const int NameLength = 60;

    public required Guid Id { get; init; }

    /// <summary>What people call it; it stands in the journal and beside what the key has recorded.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, which is random enough to need no salt.</summary>
    public required string Hash { get; init; }

    /// <summary>The beginning of the secret, to tell keys apart.</summary>
    public required string Hint { get; init; }

    /// <summary>Codes of <see cref="Keys.Scopes"/>, parted by spaces.</summary>
    public required string Scopes { get; init; }

    /// <summary>Null: every territory.</summary>
    public long? TerritoryId { get; init; }

    public required int PerMinute { get; init; }
    public required Instant CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required Instant ExpiresAt { get; init; }
    public Instant? RevokedAt { get; init; }
    public Instant? UsedAt { get; init; }

    public IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsOver(Instant now) => RevokedAt is not null || ExpiresAt <= now;
}

/// <summary>The answer to a request that changed something, kept for whoever asks again because he never got it.</summary>
internal sealed class ApiAnswer
{
    public const int TokenLength = 100;

    public required Guid KeyId { get; init; }

    /// <summary>What the caller sent as Idempotency-Key.</summary>
    public required string Token { get; init; }

    /// <summary>SHA-256 of method, address and body.</summary>
    public required string RequestHash { get; init; }

    public required Instant At { get; init; }
    public int Status { get; init; }
    public string ContentType { get; init; } = "";
    public string Body { get; init; } = "";
}

internal sealed class ApiModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<ApiKey>(e =>
        {
            e.ToTable("api_keys");
            e.HasKey(k => k.Id);
            e.Property(k => k.Id).ValueGeneratedNever();
            e.Property(k => k.Name).HasMaxLength(ApiKey.NameLength);
            e.Property(k => k.Hash).HasMaxLength(64);
            e.Property(k => k.Hint).HasMaxLength(20);
            e.Property(k => k.Scopes).HasMaxLength(200);
            e.Property(k => k.CreatedBy).HasMaxLength(100);
            e.Ignore(k => k.ScopeList);
            e.HasIndex(k => k.Hash).IsUnique();
            e.HasIndex(k => k.Name).IsUnique();
        });
        model.Entity<ApiAnswer>(e =>
        {
            e.ToTable("api_answers");
            e.HasKey(a => new { a.KeyId, a.Token });
            e.Property(a => a.Token).HasMaxLength(ApiAnswer.TokenLength);
            e.Property(a => a.RequestHash).HasMaxLength(64);
            e.Property(a => a.ContentType).HasMaxLength(100);
            e.HasOne<ApiKey>().WithMany().HasForeignKey(a => a.KeyId).OnDelete(DeleteBehavior.Cascade);
            e.HasIndex(a => a.At);
        });
    }
}
