using System.Text.RegularExpressions;
using Mono.Cecil.Cil;
using Ochag.Specs.Architecture;
using Shouldly;

namespace Ochag.Specs.Tidy;

/// <summary>A function is a screen, a file is a subject, a line is read without scrolling.</summary>
public sealed partial class SizeTests
{
    private const int FunctionLines = 70;
    private const int FileLines = 400;
    private const int LineColumns = 140;
    private const int MarkupColumns = 200;
    private const long FileBytes = 1024 * 1024;

    private static readonly string[] Code = [".cs", ".razor", ".ts", ".tsx", ".css", ".js"];

    public static TheoryData<string> Assemblies =>
        [.. Product.Modules.Concat(["Foundation", "Storage", "Documents", "Server", "Specs"])];

    /// <summary>
    /// Measured on the compiled code, from a method's first to its last sequence point: signature and lambdas of one line
    /// count little less than a reader would count. Constructors are left out, because the initialisers of fields all
    /// over the class are compiled into them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_function_is_longer_than_a_screen(string part) =>
        Product.Types("Ochag." + part).SelectMany(Product.WithNested).Distinct()
            .SelectMany(t => t.Methods).Where(m => m.HasBody && !m.IsConstructor)
            .Select(m => (m.FullName, Lines: LinesOf(m.DebugInformation)))
            .Where(m => m.Lines > FunctionLines)
            .Select(m => $"{m.FullName}: {m.Lines} lines")
            .ShouldBeEmpty();

    [Fact]
    public void No_file_of_code_is_longer_than_a_subject_needs() =>
        CodeFiles().Select(f => (File: f, Repository.Lines(f).Length))
            .Where(f => f.Length > FileLines).Select(f => $"{f.File}: {f.Length} lines").ShouldBeEmpty();

    [Fact]
    public void No_line_of_code_needs_scrolling() =>
        CodeFiles().SelectMany(f => Repository.Lines(f).Select((line, i) =>
                (Place: $"{f}:{i + 1}", line.Length, IsSentence: Sentence().IsMatch(line))))
            .Where(l => l.Length > LimitOf(l.Place) && !l.IsSentence).Select(l => $"{l.Place}: {l.Length} columns").ShouldBeEmpty();

    [Fact]
    public void No_large_file_is_kept_in_the_repository() =>
        Repository.Files.Where(f => new FileInfo(Path.Combine(Repository.Root, f)).Length > FileBytes).ShouldBeEmpty();

    private static IEnumerable<string> CodeFiles() => Repository.Files.Where(f =>
        Code.Contains(Path.GetExtension(f)) && !f.Contains("/Migrations/20", StringComparison.Ordinal)
        && !f.EndsWith("ModelSnapshot.cs", StringComparison.Ordinal));

    /// <summary>A text for people is searched for whole, so it may stay whole.</summary>
    [GeneratedRegex("\"[^\"]{70,}\"", RegexOptions.None, 1000)]
    private static partial Regex Sentence();

    /// <summary>An element with its attributes, or a rule of a style sheet, is better left whole a little longer.</summary>
    private static int LimitOf(string place) =>
        place.Contains(".razor:", StringComparison.Ordinal) || place.Contains(".css:", StringComparison.Ordinal)
            ? MarkupColumns
            : LineColumns;

    private static int LinesOf(MethodDebugInformation debug)
    {
        var points = debug.SequencePoints
            .Where(p => !p.IsHidden && p.Document.Url.EndsWith(".cs", StringComparison.Ordinal)
                && !p.Document.Url.EndsWith(".g.cs", StringComparison.Ordinal))
            .ToList();
        return points.Count == 0 ? 0 : points.Max(p => p.EndLine) - points.Min(p => p.StartLine) + 1;
    }
}
