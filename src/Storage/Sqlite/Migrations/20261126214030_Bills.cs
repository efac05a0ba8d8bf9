using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Bills : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A run that was not posted begins anew: its buildings have no sums yet.
            migrationBuilder.Sql(
                """
                DELETE FROM billing_charge_line WHERE run_id IN (SELECT id FROM billing_run WHERE state <> 2);
                DELETE FROM billing_run_building WHERE run_id IN (SELECT id FROM billing_run WHERE state <> 2);
                DELETE FROM billing_run_service WHERE run_id IN (SELECT id FROM billing_run WHERE state <> 2);
                """);

            migrationBuilder.AddColumn<int>(
                name: "accounts",
                table: "billing_run_building",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "lines",
                table: "billing_run_building",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "total_minor",
                table: "billing_run_building",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "billing_bill",
                columns: table => new
                {
                    posted_in = table.Column<int>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lines = table.Column<short>(type: "INTEGER", nullable: false),
                    bases = table.Column<short>(type: "INTEGER", nullable: false),
                    total_currency = table.Column<short>(type: "INTEGER", nullable: false),
                    total_minor = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_bill", x => new { x.posted_in, x.account_id, x.run_id });
                    table.ForeignKey(
                        name: "fk_billing_bill_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_run_sum",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    building_id = table.Column<long>(type: "INTEGER", nullable: false),
                    service = table.Column<short>(type: "INTEGER", nullable: false),
                    sum_minor = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_run_sum", x => new { x.run_id, x.building_id, x.service });
                    table.ForeignKey(
                        name: "fk_billing_run_sum_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_billing_bill_account_id",
                table: "billing_bill",
                column: "account_id");

            // The bills of the lines that are there; how their volumes came about was not kept.
            migrationBuilder.Sql(
                """
                INSERT INTO billing_bill (posted_in, account_id, run_id, lines, bases, total_currency, total_minor)
                SELECT posted_in, account_id, run_id, count(*), 0, min(amount_currency),
                    sum(amount_minor + CASE WHEN vat_on_top THEN vat_minor ELSE 0 END)
                FROM billing_charge_line GROUP BY posted_in, account_id, run_id;
                """);

            migrationBuilder.DropForeignKey(
                name: "fk_billing_charge_line_account_id",
                table: "billing_charge_line");

            migrationBuilder.DropIndex(
                name: "ix_billing_charge_line_account_id_period",
                table: "billing_charge_line");

            migrationBuilder.AddForeignKey(
                name: "fk_billing_charge_line_posted_in_account_id_run_id",
                table: "billing_charge_line",
                columns: new[] { "posted_in", "account_id", "run_id" },
                principalTable: "billing_bill",
                principalColumns: new[] { "posted_in", "account_id", "run_id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_billing_charge_line_posted_in_account_id_run_id",
                table: "billing_charge_line");

            migrationBuilder.DropTable(
                name: "billing_bill");

            migrationBuilder.DropTable(
                name: "billing_run_sum");

            migrationBuilder.DropColumn(
                name: "accounts",
                table: "billing_run_building");

            migrationBuilder.DropColumn(
                name: "lines",
                table: "billing_run_building");

            migrationBuilder.DropColumn(
                name: "total_minor",
                table: "billing_run_building");

            migrationBuilder.CreateIndex(
                name: "ix_billing_charge_line_account_id_period",
                table: "billing_charge_line",
                columns: new[] { "account_id", "period" });

            migrationBuilder.AddForeignKey(
                name: "fk_billing_charge_line_account_id",
                table: "billing_charge_line",
                column: "account_id",
                principalTable: "registry_account",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
