using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Storage;

namespace Ochag.Server.Api.Keys;

/// <summary>What an administrator wishes of a new key.</summary>
/// <param name="Territory">Null: every territory.</param>
internal sealed record KeyWish(string Name, IReadOnlyList<string> Scopes, long? Territory, int Days, int PerMinute);

/// <summary>Keys of the interface: made, found by their secret, revoked.</summary>
internal sealed class KeyBook(OchagDb db, IClock clock)
{
    /// <summary>A secret says whose it is: whoever finds one in a file knows what he has found.</summary>
    public const string Prefix = "ochag_";

    public const int MostPerMinute = 6000;
    private const int SecretBytes = 32;
    private const int HintLength = 10;

    /// <summary>A table of requests would wear the disk: "last used" is right to a minute.</summary>
    private static readonly Duration UsedStep = Duration.FromMinutes(1);

    /// <summary>The key and its secret, which is told this once. Refused with <c>api.key-name-taken</c>.</summary>
    public async Task<Outcome<(ApiKey Key, string Secret)>> Make(KeyWish wish, string by, CancellationToken stop)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = clock.GetCurrentInstant();
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(),
            Name = wish.Name,
            Hash = HashOf(secret),
            Hint = secret[..HintLength],
            Scopes = string.Join(' ', wish.Scopes),
            TerritoryId = wish.Territory,
            PerMinute = wish.PerMinute,
            CreatedAt = now,
            CreatedBy = by,
            ExpiresAt = now + Duration.FromDays(wish.Days),
        };
        // Asked in the transaction that holds every writer back: two who choose one name at once do not meet in the index.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.ReserveIds<ApiKey>(cancel: stop);
        if (await db.Set<ApiKey>().AnyAsync(k => k.Name == wish.Name, stop))
            return new Refusal("api.key-name-taken", ("name", wish.Name));
        db.Add(key);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return (key, secret);
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> List(CancellationToken stop) =>
        [.. (await db.Set<ApiKey>().AsNoTracking().ToListAsync(stop)).OrderByDescending(k => k.CreatedAt)];

    public async Task<ApiKey?> Find(Guid id, CancellationToken stop) =>
        await db.Set<ApiKey>().AsNoTracking().FirstOrDefaultAsync(k => k.Id == id, stop);

    /// <summary>Its next request is refused; a key that is revoked stays so.</summary>
    public async Task Revoke(Guid id, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await db.Set<ApiKey>().Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), stop);
    }

    /// <summary>The key of a secret that counts now; null for any other, whatever is wrong with it.</summary>
    public async Task<ApiKey?> Recognise(string secret, CancellationToken stop)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 100)
            return null;
        var (hash, now) = (HashOf(secret), clock.GetCurrentInstant());
        var key = await db.Set<ApiKey>().AsNoTracking().FirstOrDefaultAsync(k => k.Hash == hash, stop);
        if (key is null || key.IsOver(now))
            return null;
        if (key.UsedAt is not { } used || now - used >= UsedStep)
        {
            await db.Set<ApiKey>().Where(k => k.Id == key.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.UsedAt, now), stop);
        }

        return key;
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
