using System.Text.RegularExpressions;
using Shouldly;

namespace Ochag.Specs.Architecture;

public sealed partial class NamespaceTests
{
    [Fact]
    public void A_namespace_is_the_folder_that_the_file_lies_in() =>
        Repository.CSharp("src", "tests", "tools", "bench")
            .Select(f => (File: f, Stated: Stated().Match(Repository.Text(f)), Expected: Expected(f)))
            .Where(x => x.Stated.Success && x.Stated.Groups["name"].Value != x.Expected)
            .Select(x => $"{x.File}: {x.Stated.Groups["name"].Value}, not {x.Expected}")
            .ShouldBeEmpty();

    private static string Expected(string file)
    {
        var folders = file.Split('/')[..^1];
        var own = folders[0] switch
        {
            "src" when folders[1] == "Modules" => folders[2..],
            "bench" => ["Bench", .. folders[1..]],
            _ => folders[1..],
        };
        return "Ochag." + string.Join('.', own);
    }

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stated();
}
