using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace Ochag.Storage.Postgres;

/// <summary>
/// Writes PARTITION BY after a table that lies in month tables: EF itself cannot say it, and what is added to a
/// migration by hand is lost when the migration is written anew.
/// </summary>
#pragma warning disable EF1001 // The generator's constructor takes the provider's options, which only it reads.
internal sealed class PartitionedTables(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
{
    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        if (MonthColumn(operation, model) is not { } month)
        {
            base.Generate(operation, model, builder, terminate);
            return;
        }

        base.Generate(operation, model, builder, terminate: false);
        builder.Append($" PARTITION BY LIST ({Dependencies.SqlGenerationHelper.DelimitIdentifier(month)})");
        if (terminate)
            builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator).EndCommand();
    }

    private static string? MonthColumn(CreateTableOperation operation, IModel? model)
    {
        var entity = model?.GetRelationalModel().FindTable(operation.Name, operation.Schema)?
            .EntityTypeMappings.FirstOrDefault()?.TypeBase as IEntityType;
        return entity is null ? null : MonthTables.MonthColumn(entity);
    }
}
