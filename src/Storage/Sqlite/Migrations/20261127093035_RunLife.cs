using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RunLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "billing_issued_bill",
                columns: table => new
                {
                    posted_in = table.Column<int>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_issued_bill", x => new { x.posted_in, x.account_id, x.run_id });
                    table.ForeignKey(
                        name: "fk_billing_issued_bill_posted_in_account_id_run_id",
                        columns: x => new { x.posted_in, x.account_id, x.run_id },
                        principalTable: "billing_bill",
                        principalColumns: new[] { "posted_in", "account_id", "run_id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_run_step",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<short>(type: "INTEGER", nullable: false),
                    state = table.Column<short>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_run_step", x => new { x.run_id, x.number });
                    table.ForeignKey(
                        name: "fk_billing_run_step_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_billing_issued_bill_posted_in_run_id_number",
                table: "billing_issued_bill",
                columns: new[] { "posted_in", "run_id", "number" },
                unique: true);

            // The history of runs that there are already: begun, and posted.
            migrationBuilder.Sql(
                """
                INSERT INTO billing_run_step (run_id, number, state, by, at) SELECT id, 1, 1, started_by, started_at FROM billing_run;
                INSERT INTO billing_run_step (run_id, number, state, by, at)
                SELECT id, 2, 2, started_by, posted_at FROM billing_run WHERE posted_at IS NOT NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "billing_issued_bill");

            migrationBuilder.DropTable(
                name: "billing_run_step");
        }
    }
}
