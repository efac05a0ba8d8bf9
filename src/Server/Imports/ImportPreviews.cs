using System.Collections.Concurrent;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Imports;

/// <summary>
/// What was found in the files that wait to be taken in. Only remembered: after a restart a file is looked into anew.
/// </summary>
internal sealed class ImportPreviews
{
    private readonly ConcurrentDictionary<Guid, ImportPreview> _found = new();

    public ImportPreview? Of(Guid upload) => _found.GetValueOrDefault(upload);

    public void Keep(Guid upload, ImportPreview preview) => _found[upload] = preview;

    public void Forget(Guid upload) => _found.TryRemove(upload, out _);
}
