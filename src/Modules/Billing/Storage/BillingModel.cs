using Microsoft.EntityFrameworkCore;
using Ochag.Storage;

namespace Ochag.Billing.Storage;

internal sealed class BillingModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
    }
}
