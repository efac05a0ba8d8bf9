using Microsoft.EntityFrameworkCore;
using Ochag.Storage;

namespace Ochag.Metering.Storage;

internal sealed class MeteringModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
    }
}
