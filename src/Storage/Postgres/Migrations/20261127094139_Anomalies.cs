using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Anomalies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A run that was not posted is evaluated anew: its bills do not tell their services yet.
            migrationBuilder.Sql("UPDATE billing_run SET rules_fingerprint = '' WHERE posted_at IS NULL;");

            migrationBuilder.AddColumn<byte[]>(
                name: "services",
                table: "billing_bill",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.CreateTable(
                name: "billing_anomaly_decision",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    verdict = table.Column<short>(type: "smallint", nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_anomaly_decision", x => x.id);
                    table.ForeignKey(
                        name: "fk_billing_anomaly_decision_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_anomaly",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: true),
                    service = table.Column<short>(type: "smallint", nullable: true),
                    now_minor = table.Column<long>(type: "bigint", nullable: false),
                    last_month_minor = table.Column<long>(type: "bigint", nullable: true),
                    last_year_minor = table.Column<long>(type: "bigint", nullable: true),
                    risk_minor = table.Column<long>(type: "bigint", nullable: false),
                    months = table.Column<int>(type: "integer", nullable: false),
                    decision_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_anomaly", x => new { x.run_id, x.building_id, x.number });
                    table.ForeignKey(
                        name: "fk_billing_anomaly_decision_id",
                        column: x => x.decision_id,
                        principalTable: "billing_anomaly_decision",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_billing_anomaly_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_billing_anomaly_decision_id",
                table: "billing_anomaly",
                column: "decision_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_anomaly_decision_run_id",
                table: "billing_anomaly_decision",
                column: "run_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "billing_anomaly");

            migrationBuilder.DropTable(
                name: "billing_anomaly_decision");

            migrationBuilder.DropColumn(
                name: "services",
                table: "billing_bill");
        }
    }
}
