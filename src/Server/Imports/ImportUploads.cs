using System.Text.Json;
using Ochag.Server.Settings;

namespace Ochag.Server.Imports;

/// <summary>A file that was brought to the console and is not taken in yet.</summary>
public sealed record ImportUpload(
    Guid Id, long Territory, string Kind, string Name, string By, IReadOnlyDictionary<string, string> Mapping);

/// <summary>
/// Files on their way in: beside the data, each with a note of whose it is, so that a restart loses none. Names are made
/// here; what a person calls the file is only told.
/// </summary>
internal sealed class ImportUploads(OchagSettings settings)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly string _folder = Path.GetFullPath(Path.Combine(settings[SettingCatalogue.DataPath], "data", "imports"));

    public string PathOf(Guid id) => Path.Combine(_folder, $"{id:N}.data");

    public async Task<ImportUpload> Receive(ImportUpload upload, Stream content, CancellationToken stop)
    {
        Sweep();
        await using (var file = File.Create(PathOf(upload.Id)))
            await content.CopyToAsync(file, stop);
        await Write(upload, stop);
        return upload;
    }

    public async Task<ImportUpload?> Find(Guid id, CancellationToken stop)
    {
        try
        {
            await using var note = File.OpenRead(NoteOf(id));
            return await JsonSerializer.DeserializeAsync<ImportUpload>(note, cancellationToken: stop);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Never brought, thrown away, or taken in just now.
            return null;
        }
    }

    /// <summary>Exchanged whole: whoever reads the note meanwhile sees the old one or the new one.</summary>
    public async Task Write(ImportUpload upload, CancellationToken stop)
    {
        var next = NoteOf(upload.Id) + ".next";
        await File.WriteAllTextAsync(next, JsonSerializer.Serialize(upload), stop);
        File.Move(next, NoteOf(upload.Id), overwrite: true);
    }

    public void Remove(Guid id)
    {
        File.Delete(NoteOf(id));
        File.Delete(PathOf(id));
    }

    private string NoteOf(Guid id) => Path.Combine(_folder, $"{id:N}.json");

    /// <summary>Throws away what nobody came back for: such files hold personal data. How many they were.</summary>
    public int Sweep()
    {
        Directory.CreateDirectory(_folder);
        // The files' own clock tells now: that of the program may be another.
        var mark = Path.Combine(_folder, "now");
        File.WriteAllText(mark, "");
        var now = File.GetLastWriteTimeUtc(mark);
        File.Delete(mark);
        var old = new DirectoryInfo(_folder).EnumerateFiles().Where(f => f.LastWriteTimeUtc + Kept < now).ToList();
        old.ForEach(f => f.Delete());
        return old.Count(f => f.Extension == ".data");
    }
}
