using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ochag.Specs.Architecture;

/// <summary>The product's assemblies as compiled, read without being loaded.</summary>
internal static class Product
{
    public static readonly string[] Modules = ["Registry", "Metering", "Billing"];

    private static readonly Dictionary<string, ModuleDefinition> Loaded = new(StringComparer.Ordinal);

    public static ModuleDefinition Assembly(string name)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(name, out var module))
            {
                module = ModuleDefinition.ReadModule(
                    Path.Combine(AppContext.BaseDirectory, (name == "Ochag.Server" ? "ochag" : name) + ".dll"),
                    new ReaderParameters { ReadSymbols = true });
                Loaded[name] = module;
            }

            return module;
        }
    }

    /// <summary>Types that a person wrote: neither the compiler's nor EF's generated migrations.</summary>
    public static IEnumerable<TypeDefinition> Types(string assembly) => Assembly(assembly).GetTypes().Where(t =>
        !t.Name.StartsWith('<') && !(t.DeclaringType?.Name.StartsWith('<') ?? false)
        && !Outermost(t).Namespace.EndsWith(".Migrations", StringComparison.Ordinal)
        && Outermost(t).Namespace.StartsWith("Ochag.", StringComparison.Ordinal));

    public static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    /// <summary>The type with everything nested in it, also what the compiler made of its lambdas and iterators.</summary>
    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) =>
        type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>All that a type's code touches: types of fields, signatures and locals, and members that it calls.</summary>
    public static IEnumerable<MemberReference> Touched(TypeDefinition type)
    {
        var own = type.Fields.Select(f => f.FieldType)
            .Concat(type.Interfaces.Select(i => i.InterfaceType))
            .Append(type.BaseType);
        var methods = type.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType)
            .Append(m.ReturnType)
            .Concat(m.HasBody ? m.Body.Variables.Select(v => v.VariableType) : []));
        var called = type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)
            .Select(i => i.Operand).OfType<MemberReference>();
        return own.Concat(methods).SelectMany(Parts).Concat(called.SelectMany(Parts)).Where(r => r is not null);
    }

    /// <summary>A reference with all that it is made of: element types, generic arguments, the declaring type.</summary>
    public static IEnumerable<MemberReference> Parts(MemberReference? reference)
    {
        if (reference is null)
            yield break;
        yield return reference;
        IEnumerable<MemberReference?> inner = reference switch
        {
            GenericInstanceType g => g.GenericArguments.Append(g.ElementType),
            TypeSpecification s => [s.ElementType],
            GenericInstanceMethod m => m.GenericArguments.Append<MemberReference>(m.ElementMethod),
            MethodReference m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType).Append(m.DeclaringType),
            FieldReference f => [f.FieldType, f.DeclaringType],
            _ => [],
        };
        foreach (var part in inner.SelectMany(Parts))
            yield return part;
    }

    public static bool UsesFloatingPoint(TypeDefinition type) =>
        Touched(type).Any(r => r.FullName is "System.Double" or "System.Single")
        || type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Any(i =>
            i.OpCode.Code is Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un);
}
