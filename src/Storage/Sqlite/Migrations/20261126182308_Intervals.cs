using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Intervals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "metering_interval_day",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    meter_id = table.Column<long>(type: "INTEGER", nullable: false),
                    building_id = table.Column<long>(type: "INTEGER", nullable: false),
                    minutes = table.Column<short>(type: "INTEGER", nullable: false),
                    uses = table.Column<byte[]>(type: "BLOB", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    recorded_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metering_interval_day", x => x.id);
                    table.CheckConstraint("ck_metering_interval_day_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_metering_interval_day_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_metering_interval_day_meter_id",
                        column: x => x.meter_id,
                        principalTable: "registry_meter",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_metering_interval_day_building_id",
                table: "metering_interval_day",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_interval_day_meter_id_effective_from",
                table: "metering_interval_day",
                columns: new[] { "meter_id", "effective_from" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "metering_interval_day");
        }
    }
}
