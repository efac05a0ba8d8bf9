using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Personal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "erased_at",
                table: "registry_holder",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "server_exports",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    staff_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    territory_id = table.Column<long>(type: "bigint", nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    named = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_server_exports", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_registry_holder_erased_at",
                table: "registry_holder",
                column: "erased_at");

            migrationBuilder.CreateIndex(
                name: "ix_server_exports_staff_id_at",
                table: "server_exports",
                columns: new[] { "staff_id", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "server_exports");

            migrationBuilder.DropIndex(
                name: "ix_registry_holder_erased_at",
                table: "registry_holder");

            migrationBuilder.DropColumn(
                name: "erased_at",
                table: "registry_holder");
        }
    }
}
