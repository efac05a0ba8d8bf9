using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Drift : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "billing_drift",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    territory_id = table.Column<long>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    found_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    evaluator_version = table.Column<int>(type: "INTEGER", nullable: false),
                    rule_pack = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    state = table.Column<short>(type: "INTEGER", nullable: false),
                    ground = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    released_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    released_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    sum_currency = table.Column<short>(type: "INTEGER", nullable: false),
                    sum_minor = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_drift", x => x.id);
                    table.ForeignKey(
                        name: "fk_billing_drift_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_billing_drift_territory_id",
                        column: x => x.territory_id,
                        principalTable: "registry_territory",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_billing_drift_run_id",
                table: "billing_drift",
                column: "run_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_drift_territory_id",
                table: "billing_drift",
                column: "territory_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "billing_drift");
        }
    }
}
