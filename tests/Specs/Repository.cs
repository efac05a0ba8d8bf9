namespace Ochag.Specs;

/// <summary>The working copy that the tests were built from, and its files without what is built or downloaded.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs =
        [".git", "artifacts", "bin", "obj", "node_modules", "dist", "data", "TestResults", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> CSharp(params string[] folders) => Files.Where(f =>
        f.EndsWith(".cs", StringComparison.Ordinal)
        && !f.Contains("/Migrations/20", StringComparison.Ordinal)
        && !f.EndsWith("ModelSnapshot.cs", StringComparison.Ordinal)
        && folders.Any(d => f.StartsWith(d + "/", StringComparison.Ordinal)));

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (NotOurs.Contains(Path.GetFileName(child)))
                continue;
            foreach (var file in Walk(child))
                yield return file;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ochag.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run inside the working copy: no Ochag.slnx above them.");
    }
}
