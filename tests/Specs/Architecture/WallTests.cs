using Mono.Cecil;
using Shouldly;

namespace Ochag.Specs.Architecture;

/// <summary>What is seen from outside a module, and what its code may touch.</summary>
public sealed class WallTests
{
    private static readonly string[] Tests = ["Ochag.Specs", "Ochag.Stores", "Ochag.Scenarios", "Ochag.Bench", "Ochag.Migrations"];

    public static TheoryData<string> Modules => [.. Product.Modules];

    public static TheoryData<string> Assemblies =>
        [.. Product.Modules.Concat(["Foundation", "Storage", "Documents", "Server"])];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Nothing_of_a_module_is_public_but_its_contracts_and_its_wiring(string module) =>
        Product.Types("Ochag." + module)
            .Where(t => t.IsPublic && t.FullName != $"Ochag.{module}.{module}Module" && !IsIn(t, $"Ochag.{module}.Contracts"))
            .Select(t => t.FullName).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Modules))]
    public void Contracts_speak_neither_of_the_database_nor_in_machine_time_nor_in_floating_point(string module) =>
        Product.Types("Ochag." + module).Where(t => IsIn(t, $"Ochag.{module}.Contracts"))
            .SelectMany(t => Spoken(t).Where(IsForeignToContracts).Select(r => $"{t.FullName}: {r.FullName}"))
            .Distinct().ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Internals_are_shown_to_tests_only(string part) =>
        Product.Assembly("Ochag." + part).Assembly.CustomAttributes
            .Where(a => a.AttributeType.Name == "InternalsVisibleToAttribute")
            .Select(a => (string)a.ConstructorArguments[0].Value)
            .Except(Tests).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_class_is_sealed_static_or_abstract(string part) =>
        Product.Types("Ochag." + part)
            .Where(t => t.IsClass && !t.IsValueType && !t.IsSealed && !t.IsAbstract && !IsPage(t))
            .Select(t => t.FullName).ShouldBeEmpty();

    [Theory]
    [InlineData("Foundation")]
    [InlineData("Metering")]
    [InlineData("Billing")]
    public void Money_and_quantities_are_never_floating_point(string part) =>
        Product.Types("Ochag." + part).SelectMany(Product.WithNested).Distinct()
            .Where(Product.UsesFloatingPoint).Select(t => t.FullName).ShouldBeEmpty();

    [Fact]
    public void Evaluation_is_a_pure_function_of_facts_without_clock_chance_or_input()
    {
        EvaluationTypes().ShouldNotBeEmpty();
        EvaluationTypes().SelectMany(Purity.Breaches).ShouldBeEmpty();
    }

    [Fact]
    public void Validation_is_a_pure_function_of_readings_without_clock_chance_or_input()
    {
        TypesIn("Metering", "Validation").ShouldNotBeEmpty();
        TypesIn("Metering", "Validation").SelectMany(Purity.Breaches).ShouldBeEmpty();
    }

    [Fact]
    public void Evaluation_keeps_no_state_between_calls() =>
        EvaluationTypes().SelectMany(t => t.Fields)
            .Where(f => f.IsStatic && !f.IsInitOnly && !f.HasConstant && !f.DeclaringType.Name.StartsWith('<') && !f.Name.StartsWith('<'))
            .Select(f => f.FullName).ShouldBeEmpty();

    /// <summary>Otherwise golden cases could pass by an entrance that no bill goes through.</summary>
    [Fact]
    public void The_cases_runner_enters_billing_through_its_contracts_only()
    {
        var runner = Product.Types("Ochag.Server").Where(t => IsIn(t, "Ochag.Server.Cases"))
            .SelectMany(Product.WithNested).Distinct().ToList();
        runner.ShouldNotBeEmpty();
        runner.SelectMany(t => Product.Touched(t).OfType<TypeReference>()
                .Where(r => r.Namespace.StartsWith("Ochag.Billing", StringComparison.Ordinal)
                    && !r.Namespace.StartsWith("Ochag.Billing.Contracts", StringComparison.Ordinal))
                .Select(r => $"{t.FullName}: {r.FullName}"))
            .Distinct().ShouldBeEmpty();
    }

    /// <summary>Razor writes the class of a page or a part, and leaves it open.</summary>
    private static bool IsPage(TypeDefinition type) =>
        type.BaseType.FullName.StartsWith("Microsoft.AspNetCore.Components.", StringComparison.Ordinal)
        || (type.BaseType is TypeDefinition own && IsPage(own))
        || type.Name == "_Imports";

    private static IEnumerable<TypeDefinition> EvaluationTypes() => TypesIn("Billing", "Evaluation");

    private static IEnumerable<TypeDefinition> TypesIn(string module, string folder) => Product.Types("Ochag." + module)
        .Where(t => IsIn(t, $"Ochag.{module}.{folder}")).SelectMany(Product.WithNested).Distinct();

    private static bool IsIn(TypeDefinition type, string space) =>
        Product.Outermost(type).Namespace is var own && (own == space || own.StartsWith(space + ".", StringComparison.Ordinal));

    /// <summary>What the public members of a contract say.</summary>
    private static IEnumerable<MemberReference> Spoken(TypeDefinition type) =>
        type.Methods.Where(m => m.IsPublic).SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType))
            .Concat(type.Fields.Where(f => f.IsPublic).Select(f => f.FieldType))
            .SelectMany(Product.Parts);

    private static bool IsForeignToContracts(MemberReference r) =>
        r.FullName is "System.DateTime" or "System.DateTimeOffset" or "System.Double" or "System.Single"
        || r.FullName.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal)
        || r.FullName.StartsWith("System.Linq.IQueryable", StringComparison.Ordinal);
}
