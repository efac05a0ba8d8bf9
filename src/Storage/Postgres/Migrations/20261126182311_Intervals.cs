using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Postgres.Migrations
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
                    id = table.Column<long>(type: "bigint", nullable: false),
                    meter_id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    minutes = table.Column<short>(type: "smallint", nullable: false),
                    uses = table.Column<byte[]>(type: "bytea", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
