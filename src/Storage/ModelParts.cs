using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Ochag.Storage;

/// <summary>
/// Carries the modules' parts to the context through its options, so that pooling and factories keep working and EF
/// caches one model per set of parts.
/// </summary>
internal sealed class ModelParts(IReadOnlyList<IModelPart> parts) : IDbContextOptionsExtension
{
    public IReadOnlyList<IModelPart> Parts { get; } =
        [.. parts.OrderBy(p => p.GetType().FullName, StringComparer.Ordinal)];

    public DbContextOptionsExtensionInfo Info => new PartsInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
        // The parts only shape the model; they bring no services of their own.
    }

    public void Validate(IDbContextOptions options)
    {
        // Any set of parts is valid.
    }

    private sealed class PartsInfo(ModelParts extension) : DbContextOptionsExtensionInfo(extension)
    {
        private readonly string _names = string.Join(';', extension.Parts.Select(p => p.GetType().FullName));

        public override bool IsDatabaseProvider => false;
        public override string LogFragment => "";
        public override int GetServiceProviderHashCode() => StringComparer.Ordinal.GetHashCode(_names);

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is PartsInfo parts && parts._names == _names;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Ochag:Parts"] = _names;
    }
}
