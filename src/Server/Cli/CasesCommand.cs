using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ochag.Billing.Contracts;
using Ochag.Server.Cases;

namespace Ochag.Server.Cli;

/// <summary>"cases": golden cases of the rules.</summary>
internal static class CasesCommand
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        var file = SharedOptions.File("FILE", "Golden cases or a worked building, JSON.");
        var json = SharedOptions.Json();
        var pack = new Option<string>("--pack")
        {
            Description = "Rule pack that golden cases are laid over; a worked building names its own.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "ru-354",
        };
        pack.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => !Packs().Contains(t.Value, StringComparer.Ordinal)) is { } wrong)
                result.AddError($"--pack cannot be '{wrong.Value}': it is one of {string.Join(", ", Packs())}.");
        });
        var run = new Command("run", "Run golden cases through the evaluator; exit 1 when any fails.") { file, pack, json };
        run.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(pack)!, parsed.GetValue(json)));
        return new Command("cases", "Golden cases of the rules.") { run };
    }

    private static string PacksFolder => Path.Combine(AppContext.BaseDirectory, "rulepacks");

    private static IEnumerable<string> Packs() =>
        Directory.GetDirectories(PacksFolder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    private static int Run(string file, string packName, bool json)
    {
        IReadOnlyList<CaseResult> results;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            var worked = root.ValueKind == JsonValueKind.Object;
            var pack = RulePack.Read(Path.Combine(PacksFolder, worked ? root.Text("rulepack") : packName));
            if (pack.Refusal is { } refusal)
                return Refused.Tell(refusal);
            results = worked ? WorkedComparison.Run(root, pack.Value) : GoldenCases.Run(root, pack.Value);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            Say.Fault($"{file} is not a file of golden cases: {e.Message}");
            return Commands.Failed;
        }

        int Count(string status) => results.Count(r => r.Status == status);
        if (json)
        {
            Say.Line(JsonSerializer.Serialize(
                new
                {
                    passed = Count("pass"),
                    failed = Count("fail"),
                    notYet = Count("not-yet"),
                    cases = results.Select(r => new { id = r.Id, kind = r.Kind, status = r.Status, expected = r.Expected,
                        actual = r.Actual }),
                },
                Json));
        }
        else
        {
            foreach (var result in results.Where(r => r.Status == "fail"))
                Say.Line($"fail     {result.Id,-8} {result.Kind,-12} expected {Show(result.Expected)}, actual {Show(result.Actual)}");
            Say.Line($"{Count("pass")} passed, {Count("fail")} failed, {Count("not-yet")} not yet");
        }

        return Count("fail") == 0 ? Commands.Done : Commands.Failed;
    }

    private static string Show(IReadOnlyDictionary<string, string> values) =>
        string.Join(' ', values.Select(v => $"{v.Key}={v.Value}"));
}
