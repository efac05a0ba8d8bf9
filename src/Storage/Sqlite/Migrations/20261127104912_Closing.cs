using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Closing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "billing_closing",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    service = table.Column<short>(type: "INTEGER", nullable: false),
                    component = table.Column<short>(type: "INTEGER", nullable: false),
                    unit = table.Column<short>(type: "INTEGER", nullable: false),
                    low_price = table.Column<long>(type: "INTEGER", nullable: true),
                    high_price = table.Column<long>(type: "INTEGER", nullable: true),
                    prices = table.Column<int>(type: "INTEGER", nullable: false),
                    vat_rate = table.Column<long>(type: "INTEGER", nullable: false),
                    vat_on_top = table.Column<bool>(type: "INTEGER", nullable: false),
                    lines = table.Column<long>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    vat_minor = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_closing", x => new { x.run_id, x.number });
                    table.ForeignKey(
                        name: "fk_billing_closing_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_closing_service",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    service = table.Column<short>(type: "INTEGER", nullable: false),
                    accounts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_closing_service", x => new { x.run_id, x.service });
                    table.ForeignKey(
                        name: "fk_billing_closing_service_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "billing_closing");

            migrationBuilder.DropTable(
                name: "billing_closing_service");
        }
    }
}
