using Mono.Cecil;

namespace Ochag.Specs.Architecture;

/// <summary>What makes a function depend on more than its arguments.</summary>
internal static class Purity
{
    private static readonly string[] Forbidden =
    [
        // Time.
        "NodaTime.IClock", "NodaTime.SystemClock", "System.TimeProvider", "System.Diagnostics.Stopwatch",
        "System.DateTime System.DateTime::get_", "System.DateTimeOffset System.DateTimeOffset::get_",
        // Chance.
        "System.Random", "Ochag.Foundation.Seeded", "System.Guid System.Guid::", "System.Security.Cryptography.RandomNumber",
        // The world outside.
        "Microsoft.", "System.IO.", "System.Net.", "System.Data.", "System.Console", "Ochag.Storage.",
        // Others at the same time.
        "System.Threading.",
    ];

    public static IEnumerable<string> Breaches(TypeDefinition type) => Product.Touched(type)
        .Where(r => Forbidden.Any(f => r.FullName.StartsWith(f, StringComparison.Ordinal)) || IsOfTheMachine(r))
        .Select(r => $"{type.FullName}: {r.FullName}").Distinct();

    // The compiler itself asks an iterator's thread; whatever else Environment tells is the machine's.
    private static bool IsOfTheMachine(MemberReference r) =>
        r.FullName.Contains(" System.Environment::", StringComparison.Ordinal) && r.Name != "get_CurrentManagedThreadId";
}
