using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports;

/// <summary>Reads what imports there were and what they remarked.</summary>
internal sealed class ImportBook(OchagDb db)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(IReadOnlyList<string> fields) => JsonSerializer.Serialize(fields, Readable);

    public static string Text((string Name, string Value)[] facts) => Text([.. facts.SelectMany(f => new[] { f.Name, f.Value })]);

    public static ImportRecord Record(Import i) => new(
        i.Id, i.TerritoryId, i.Kind, i.File, i.Hash, i.Layout, i.State, new(i.Rows, i.Taken, i.Doubtful, i.Unchanged, i.Refused),
        i.StartedAt, i.StartedBy, i.EndedAt, i.Fault);

    public async Task<IReadOnlyList<ImportRecord>> List(IReadOnlyCollection<TerritoryId> territories, int limit, CancellationToken cancel)
    {
        var seen = territories.ToArray();
        var rows = await db.Set<Import>().AsNoTracking().Where(i => seen.Contains(i.TerritoryId))
            .OrderByDescending(i => i.Id).Take(limit).ToListAsync(cancel);
        return [.. rows.Select(Record)];
    }

    public async Task<ImportRecord?> Find(ImportId import, CancellationToken cancel) =>
        await db.Set<Import>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == import, cancel) is { } row ? Record(row) : null;

    public async Task<IReadOnlyList<ImportRemark>> ListRemarks(
        ImportId import, RowFate fate, long afterLine, int limit, CancellationToken cancel)
    {
        var rows = await db.Set<ImportRemarkRow>().AsNoTracking()
            .Where(r => r.ImportId == import && r.Fate == fate && r.Line > afterLine)
            .OrderBy(r => r.Line).ThenBy(r => r.Code).Take(limit).ToListAsync(cancel);
        return [.. rows.Select(r => new ImportRemark(r.Line, r.Fate, new(r.Code, Facts(r.Facts)), Fields(r.Fields)))];
    }

    public async Task<IReadOnlyList<string>> ColumnsOf(ImportId import, CancellationToken cancel) =>
        await db.Set<Import>().AsNoTracking().Where(i => i.Id == import).Select(i => i.Head).FirstOrDefaultAsync(cancel) is { } head
            ? Fields(head)
            : [];

    private static string[] Fields(string text) => JsonSerializer.Deserialize<string[]>(text)!;

    private static (string, string)[] Facts(string text) => [.. Fields(text).Chunk(2).Select(f => (f[0], f[1]))];
}
