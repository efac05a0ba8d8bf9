using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ReadingWithdrawals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "metering_reading_withdrawal",
                columns: table => new
                {
                    reading_id = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metering_reading_withdrawal", x => x.reading_id);
                    table.ForeignKey(
                        name: "fk_metering_reading_withdrawal_reading_id",
                        column: x => x.reading_id,
                        principalTable: "metering_reading",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "metering_reading_withdrawal");
        }
    }
}
