using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Sqlite.Migrations
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "server_exports",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    staff_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    territory_id = table.Column<long>(type: "INTEGER", nullable: false),
                    rows = table.Column<int>(type: "INTEGER", nullable: false),
                    named = table.Column<int>(type: "INTEGER", nullable: false)
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
