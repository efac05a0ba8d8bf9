using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ochag.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Doubles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "merged_into_id",
                table: "registry_building",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "registry_merge",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    territory_id = table.Column<long>(type: "bigint", nullable: false),
                    kept_id = table.Column<long>(type: "bigint", nullable: false),
                    double_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    undone_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    undone_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_merge", x => x.id);
                    table.ForeignKey(
                        name: "fk_registry_merge_double_id",
                        column: x => x.double_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_registry_merge_kept_id",
                        column: x => x.kept_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_registry_merge_territory_id",
                        column: x => x.territory_id,
                        principalTable: "registry_territory",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_told_apart",
                columns: table => new
                {
                    one_id = table.Column<long>(type: "bigint", nullable: false),
                    other_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_told_apart", x => new { x.one_id, x.other_id });
                    table.ForeignKey(
                        name: "fk_registry_told_apart_one_id",
                        column: x => x.one_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_registry_told_apart_other_id",
                        column: x => x.other_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_merge_move",
                columns: table => new
                {
                    merge_id = table.Column<long>(type: "bigint", nullable: false),
                    table = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    first = table.Column<long>(type: "bigint", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_merge_move", x => new { x.merge_id, x.table, x.first });
                    table.ForeignKey(
                        name: "fk_registry_merge_move_merge_id",
                        column: x => x.merge_id,
                        principalTable: "registry_merge",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_registry_building_merged_into_id",
                table: "registry_building",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_merge_double_id",
                table: "registry_merge",
                column: "double_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_merge_kept_id",
                table: "registry_merge",
                column: "kept_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_merge_territory_id",
                table: "registry_merge",
                column: "territory_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_told_apart_other_id",
                table: "registry_told_apart",
                column: "other_id");

            migrationBuilder.AddForeignKey(
                name: "fk_registry_building_merged_into_id",
                table: "registry_building",
                column: "merged_into_id",
                principalTable: "registry_building",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_registry_building_merged_into_id",
                table: "registry_building");

            migrationBuilder.DropTable(
                name: "registry_merge_move");

            migrationBuilder.DropTable(
                name: "registry_told_apart");

            migrationBuilder.DropTable(
                name: "registry_merge");

            migrationBuilder.DropIndex(
                name: "ix_registry_building_merged_into_id",
                table: "registry_building");

            migrationBuilder.DropColumn(
                name: "merged_into_id",
                table: "registry_building");
        }
    }
}
