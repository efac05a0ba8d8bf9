using System.Text.Json;
using Ochag.Billing.Contracts;

namespace Ochag.Server.Cases;

/// <summary>What became of one case.</summary>
/// <param name="Status">pass, fail or not-yet.</param>
internal sealed record CaseResult(
    string Id, string Kind, string Status, IReadOnlyDictionary<string, string> Expected, IReadOnlyDictionary<string, string> Actual);

/// <summary>Runs golden cases (tests/golden-cases.md) through the functions of the program itself.</summary>
internal static class GoldenCases
{
    private static readonly Dictionary<string, CheckKind> Kinds = CaseKinds.All.Select(k => KeyValuePair.Create(k.Key, Widened(k.Value)))
        .Concat(CheckKinds.All).Concat(ChargeKinds.All).Concat(ReductionKinds.All).ToDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<CaseResult> Run(JsonElement cases, RulePack pack) =>
        [.. cases.EnumerateArray().Select(c => RunOne(c, pack))];

    private static CaseResult RunOne(JsonElement golden, RulePack pack)
    {
        var (id, kind) = (golden.Text("id"), golden.Text("kind"));
        var expected = golden.GetProperty("expected").EnumerateObject()
            .ToDictionary(p => p.Name, p => TextOf(p.Value), StringComparer.Ordinal);
        if (!Kinds.TryGetValue(kind, out var compute))
            return new(id, kind, "not-yet", expected, new Dictionary<string, string>(StringComparer.Ordinal));

        var actual = Compute(compute, new CaseInput(golden.GetProperty("input")), pack);
        var shown = expected.ToDictionary(e => e.Key, e => Show(actual, e.Key, e.Value), StringComparer.Ordinal);
        if (actual.Fault is { } fault)
            shown["fail"] = fault;
        var passed = actual.Fault is null && expected.All(e => shown[e.Key] == e.Value);
        return new(id, kind, passed ? "pass" : "fail", expected, shown);
    }

    private static (IReadOnlyDictionary<string, CaseValue> Values, string? Fault) Compute(
        CheckKind compute, CaseInput input, RulePack pack)
    {
        try
        {
            var values = compute(input, pack);
            return input.Unknown.FirstOrDefault() is { } unknown
                ? (values, $"input: unknown key '{unknown}'")
                : (values, null);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidOperationException or ArgumentException)
        {
            return (new Dictionary<string, CaseValue>(StringComparer.Ordinal), e.Message);
        }
    }

    private static string Show((IReadOnlyDictionary<string, CaseValue> Values, string? Fault) actual, string key, string expected) =>
        actual.Values.TryGetValue(key, out var value) ? value.Show(expected) : "";

    private static string TextOf(JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.String => expected.GetString()!,
        JsonValueKind.Array => string.Join(", ", expected.EnumerateArray().Select(TextOf)),
        _ => expected.GetRawText(),
    };

    private static CheckKind Widened(CaseKind compute) => (input, pack) =>
        compute(input, pack).ToDictionary(v => v.Key, v => (CaseValue)v.Value, StringComparer.Ordinal);
}
