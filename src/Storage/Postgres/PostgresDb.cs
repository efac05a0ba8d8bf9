using Microsoft.EntityFrameworkCore;

namespace Ochag.Storage.Postgres;

public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : OchagDb(options);
