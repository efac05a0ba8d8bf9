using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Server.Api.Keys;
using Ochag.Storage;

namespace Ochag.Server.Api;

/// <summary>
/// Requests that change something happen once, however often they come: the answer is kept for a day with the key of the
/// request, in the transaction of its effect. A process that is killed has kept both or neither.
/// </summary>
internal sealed class Answers(OchagDb db, Caller caller, IClock clock)
{
    public const string Header = "Idempotency-Key";
    public static readonly Duration Kept = Duration.FromHours(24);

    /// <summary>Does the work and keeps its answer, or gives the answer that was kept.</summary>
    /// <param name="work">Is given the body and a number that is the same for the same request.</param>
    public async Task<IResult> Once<T>(HttpContext http, Func<T, Guid, Task<Reply>> work)
        where T : class
    {
        var token = http.Request.Headers[Header].ToString();
        if (token.Length is 0 or > ApiAnswer.TokenLength || token.Any(c => c is <= ' ' or > '~'))
        {
            return Problems.Wrong(http, token.Length == 0
                ? new("api.idempotency-key-missing")
                : new("api.idempotency-key-wrong", ("most", $"{ApiAnswer.TokenLength}")));
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var bytes = body.ToArray();
        var read = Read<T>(http, bytes);
        if (read.Refusal is { } unreadable)
            return Problems.Wrong(http, unreadable);
        var answer = await Keep(token, HashOf(http.Request, bytes), () => work(read.Value, NumberOf(token)), http.RequestAborted);
        return answer.IsRefused
            ? Problems.Of(http, StatusCodes.Status422UnprocessableEntity, answer.Refusal!)
            : answer.Value.ToResult();
    }

    /// <summary>
    /// The row is put before the work: a second request with the same token waits at it until the first is through, and
    /// then finds the answer. Refused with <c>api.idempotency-reused</c>.
    /// </summary>
    internal async Task<Outcome<Reply>> Keep(string token, string hash, Func<Task<Reply>> work, CancellationToken stop)
    {
        var (key, now) = (caller.Key.Id, clock.GetCurrentInstant());
        var over = now - Kept;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Set<ApiAnswer>().Where(a => a.At < over).ExecuteDeleteAsync(stop);
        var at = now.ToDateTimeUtc();
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO api_answers (key_id, token, request_hash, at, status, content_type, body)
            VALUES ({key}, {token}, {hash}, {at}, 0, '', '') ON CONFLICT DO NOTHING
            """, stop) > 0;
        var mine = db.Set<ApiAnswer>().Where(a => a.KeyId == key && a.Token == token);
        if (!isNew)
        {
            var kept = await mine.AsNoTracking().SingleAsync(stop);
            return kept.RequestHash == hash
                ? new Reply(kept.Status, kept.ContentType, kept.Body)
                : new Refusal("api.idempotency-reused");
        }

        var reply = await work();
        await mine.ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Status, reply.Status).SetProperty(a => a.ContentType, reply.ContentType)
                .SetProperty(a => a.Body, reply.Body), stop);
        await transaction.CommitAsync(stop);
        return reply;
    }

    private static Outcome<T> Read<T>(HttpContext http, byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Problems.OptionsOf(http)) is { } read ? read : Unreadable("$");
        }
        catch (JsonException e)
        {
            // Where, but not what: the text of the exception names our types.
            return Unreadable(e.Path is { Length: > 0 } path ? path : $"{e.LineNumber + 1}:{e.BytePositionInLine + 1}");
        }
    }

    private static Refusal Unreadable(string place) => new("api.body-unreadable", ("place", place));

    private static string HashOf(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What the request is known by in the evidence of what it recorded.</summary>
    private Guid NumberOf(string token) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Key.Id:N} {token}")).AsSpan(0, 16));
}
