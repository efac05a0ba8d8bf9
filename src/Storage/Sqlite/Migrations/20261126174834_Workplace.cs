using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Workplace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "heated_area",
                table: "registry_premises_passport",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "rooms",
                table: "registry_premises_passport",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "registry_household_mark",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<short>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    recorded_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_household_mark", x => x.id);
                    table.CheckConstraint("ck_registry_household_mark_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_household_mark_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_meter_seal",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    meter_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    recorded_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    recorded_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_meter_seal", x => x.id);
                    table.CheckConstraint("ck_registry_meter_seal_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_meter_seal_meter_id",
                        column: x => x.meter_id,
                        principalTable: "registry_meter",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_registry_premises_passport_heated",
                table: "registry_premises_passport",
                sql: "heated_area >= 0 AND heated_area <= area");

            migrationBuilder.CreateIndex(
                name: "ix_registry_household_mark_account_id",
                table: "registry_household_mark",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_meter_seal_meter_id",
                table: "registry_meter_seal",
                column: "meter_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "registry_household_mark");

            migrationBuilder.DropTable(
                name: "registry_meter_seal");

            migrationBuilder.DropCheckConstraint(
                name: "ck_registry_premises_passport_heated",
                table: "registry_premises_passport");

            migrationBuilder.DropColumn(
                name: "heated_area",
                table: "registry_premises_passport");

            migrationBuilder.DropColumn(
                name: "rooms",
                table: "registry_premises_passport");
        }
    }
}
