using NodaTime;
using Ochag.Foundation;
using Shouldly;

namespace Ochag.Specs.Architecture;

/// <summary>The check is itself checked: a rule that sees nothing would pass for ever.</summary>
public sealed class PurityTests
{
    [Theory]
    [InlineData(nameof(AsksTheClock))]
    [InlineData(nameof(ReadsAFile))]
    [InlineData(nameof(MakesAnId))]
    [InlineData(nameof(TakesAChance))]
    [InlineData(nameof(GoesAway))]
    [InlineData(nameof(AsksTheMachine))]
    public void An_impure_function_is_seen(string name) => Breaches(name).ShouldNotBeEmpty();

    [Fact]
    public void A_function_of_its_arguments_is_left_alone()
    {
        Breaches(nameof(Adds)).ShouldBeEmpty();
        Breaches(nameof(Counts)).ShouldBeEmpty();
    }

    [Fact]
    public void Floating_point_is_seen_also_where_it_is_only_passed_through()
    {
        Product.UsesFloatingPoint(Type(nameof(Halves))).ShouldBeTrue();
        Product.UsesFloatingPoint(Type(nameof(Adds))).ShouldBeFalse();
    }

    private static IEnumerable<string> Breaches(string name) => Product.WithNested(Type(name)).SelectMany(Purity.Breaches);

    private static Mono.Cecil.TypeDefinition Type(string name) => Product.Types("Ochag.Specs").Single(t => t.Name == name);

    private static class AsksTheClock
    {
        public static Instant Now(IClock clock) => clock.GetCurrentInstant();
    }

    private static class ReadsAFile
    {
        public static IEnumerable<int> Lengths(string[] names) => names.Select(n => File.ReadAllText(n).Length);
    }

    private static class MakesAnId
    {
        public static string Name() => Guid.CreateVersion7().ToString();
    }

    private static class TakesAChance
    {
        public static bool Toss() => new Seeded(1).Chance(50);
    }

    private static class GoesAway
    {
        public static async Task Wait() => await Task.Yield();
    }

    private static class AsksTheMachine
    {
        public static int Cores() => Environment.ProcessorCount;
    }

    private static class Adds
    {
        public static Exact Sum(IEnumerable<Exact> parts) => parts.Aggregate(Exact.Zero, (a, b) => a + b);
    }

    private static class Counts
    {
        public static IEnumerable<int> To(int last)
        {
            for (var i = 1; i <= last; i++)
                yield return i;
        }
    }

    private static class Halves
    {
        public static long Of(long value) => (long)(value * 0.5);
    }
}
