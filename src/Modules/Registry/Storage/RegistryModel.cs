using Microsoft.EntityFrameworkCore;
using Ochag.Storage;

namespace Ochag.Registry.Storage;

internal sealed class RegistryModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
    }
}
