using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Imports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "registry_import",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    territory_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    file = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    layout = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    head = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    rows = table.Column<long>(type: "bigint", nullable: false),
                    taken = table.Column<long>(type: "bigint", nullable: false),
                    doubtful = table.Column<long>(type: "bigint", nullable: false),
                    unchanged = table.Column<long>(type: "bigint", nullable: false),
                    refused = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    started_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    fault = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_import", x => x.id);
                    table.ForeignKey(
                        name: "fk_registry_import_territory_id",
                        column: x => x.territory_id,
                        principalTable: "registry_territory",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_import_mapping",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    foreign = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    column = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_import_mapping", x => new { x.kind, x.foreign });
                });

            migrationBuilder.CreateTable(
                name: "registry_import_remark",
                columns: table => new
                {
                    import_id = table.Column<long>(type: "bigint", nullable: false),
                    line = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    fate = table.Column<short>(type: "smallint", nullable: false),
                    facts = table.Column<string>(type: "text", nullable: false),
                    fields = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_import_remark", x => new { x.import_id, x.line, x.code });
                    table.ForeignKey(
                        name: "fk_registry_import_remark_import_id",
                        column: x => x.import_id,
                        principalTable: "registry_import",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_import_write",
                columns: table => new
                {
                    import_id = table.Column<long>(type: "bigint", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    table = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    first = table.Column<long>(type: "bigint", nullable: false),
                    superseded = table.Column<bool>(type: "boolean", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_import_write", x => new { x.import_id, x.batch, x.table, x.first, x.superseded });
                    table.ForeignKey(
                        name: "fk_registry_import_write_import_id",
                        column: x => x.import_id,
                        principalTable: "registry_import",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_registry_import_territory_id",
                table: "registry_import",
                column: "territory_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "registry_import_mapping");

            migrationBuilder.DropTable(
                name: "registry_import_remark");

            migrationBuilder.DropTable(
                name: "registry_import_write");

            migrationBuilder.DropTable(
                name: "registry_import");
        }
    }
}
