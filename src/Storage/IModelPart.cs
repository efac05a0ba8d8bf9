using Microsoft.EntityFrameworkCore;

namespace Ochag.Storage;

/// <summary>A module's own part of the one model: its tables, keys, checks and indexes.</summary>
public interface IModelPart
{
    void Configure(ModelBuilder model);
}
