using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Ochag.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "registry_holder",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    name_key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    phone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    email = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    tax_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_holder", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_territory",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    time_zone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    rule_pack = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    currency = table.Column<short>(type: "smallint", nullable: false),
                    billed_since = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_territory", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "server_data_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_server_data_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "staff_audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    staff_id = table.Column<Guid>(type: "uuid", nullable: true),
                    login = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    action = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    @object = table.Column<string>(name: "object", type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    territory_id = table.Column<long>(type: "bigint", nullable: true),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "staff_users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_code_hash = table.Column<string>(type: "text", nullable: true),
                    user_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    normalized_user_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "storage_sequence",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    next = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_storage_sequence", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "billing_parameter",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    territory_id = table.Column<long>(type: "bigint", nullable: false),
                    table = table.Column<short>(type: "smallint", nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_parameter", x => x.id);
                    table.CheckConstraint("ck_billing_parameter_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_billing_parameter_territory_id",
                        column: x => x.territory_id,
                        principalTable: "registry_territory",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_run",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    territory_id = table.Column<long>(type: "bigint", nullable: false),
                    period = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    started_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    posted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    evaluator_version = table.Column<int>(type: "integer", nullable: false),
                    rule_pack = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    rules_fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    buildings = table.Column<int>(type: "integer", nullable: false),
                    buildings_done = table.Column<int>(type: "integer", nullable: false),
                    accounts = table.Column<int>(type: "integer", nullable: false),
                    lines = table.Column<long>(type: "bigint", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    total_currency = table.Column<short>(type: "smallint", nullable: false),
                    total_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_run", x => x.id);
                    table.ForeignKey(
                        name: "fk_billing_run_territory_id",
                        column: x => x.territory_id,
                        principalTable: "registry_territory",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_building",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    territory_id = table.Column<long>(type: "bigint", nullable: false),
                    address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    address_key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    external_id = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    year_built = table.Column<int>(type: "integer", nullable: true),
                    floors = table.Column<int>(type: "integer", nullable: true),
                    latitude_micro = table.Column<int>(type: "integer", nullable: true),
                    longitude_micro = table.Column<int>(type: "integer", nullable: true),
                    flats_declared = table.Column<int>(type: "integer", nullable: true),
                    living_area = table.Column<long>(type: "bigint", nullable: true),
                    common_area = table.Column<long>(type: "bigint", nullable: true),
                    doubt = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_building", x => x.id);
                    table.ForeignKey(
                        name: "fk_registry_building_territory_id",
                        column: x => x.territory_id,
                        principalTable: "registry_territory",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_supplier",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    territory_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    tax_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_supplier", x => x.id);
                    table.ForeignKey(
                        name: "fk_registry_supplier_territory_id",
                        column: x => x.territory_id,
                        principalTable: "registry_territory",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    territory_id = table.Column<long>(type: "bigint", nullable: true),
                    granted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    granted_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_assignments", x => x.id);
                    table.ForeignKey(
                        name: "fk_staff_assignments_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "staff_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_staff_claims_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "staff_links",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    purpose = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_staff_links_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "staff_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    provider_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_staff_logins_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "staff_sessions",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ticket = table.Column<byte[]>(type: "bytea", nullable: false),
                    stamp = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    device = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_staff_sessions_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "staff_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_staff_tokens_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "billing_run_service",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    sum_currency = table.Column<short>(type: "smallint", nullable: false),
                    sum_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_run_service", x => new { x.run_id, x.service });
                    table.ForeignKey(
                        name: "fk_billing_run_service_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_quality",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    starts = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    planned = table.Column<bool>(type: "boolean", nullable: false),
                    dead_end_main = table.Column<bool>(type: "boolean", nullable: false),
                    norm_temperature = table.Column<long>(type: "bigint", nullable: true),
                    form = table.Column<Guid>(type: "uuid", nullable: true),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_quality", x => x.id);
                    table.CheckConstraint("ck_billing_quality_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.CheckConstraint("ck_billing_quality_hours", "ends > starts");
                    table.ForeignKey(
                        name: "fk_billing_quality_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_run_building",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    refusal = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_run_building", x => new { x.run_id, x.building_id });
                    table.ForeignKey(
                        name: "fk_billing_run_building_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_billing_run_building_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_building_passport",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    common_area = table.Column<long>(type: "bigint", nullable: false),
                    hot_water_system = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    electricity_sources = table.Column<short>(type: "smallint", nullable: false),
                    heat_meter_possible = table.Column<bool>(type: "boolean", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_building_passport", x => x.id);
                    table.CheckConstraint("ck_registry_building_passport_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_building_passport_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_common_needs",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    mode = table.Column<short>(type: "smallint", nullable: false),
                    capped = table.Column<bool>(type: "boolean", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_common_needs", x => x.id);
                    table.CheckConstraint("ck_registry_common_needs_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_common_needs_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_premises",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    sort_key = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_premises", x => x.id);
                    table.ForeignKey(
                        name: "fk_registry_premises_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_quality_measure",
                columns: table => new
                {
                    quality_id = table.Column<long>(type: "bigint", nullable: false),
                    from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_quality_measure", x => new { x.quality_id, x.from });
                    table.ForeignKey(
                        name: "fk_billing_quality_measure_quality_id",
                        column: x => x.quality_id,
                        principalTable: "billing_quality",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "metering_start_state",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    premises_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    missing_periods = table.Column<short>(type: "smallint", nullable: false),
                    failed_periods = table.Column<short>(type: "smallint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metering_start_state", x => x.id);
                    table.CheckConstraint("ck_metering_start_state_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_metering_start_state_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_metering_start_state_premises_id",
                        column: x => x.premises_id,
                        principalTable: "registry_premises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_account",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    premises_id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_account", x => x.id);
                    table.ForeignKey(
                        name: "fk_registry_account_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_registry_account_premises_id",
                        column: x => x.premises_id,
                        principalTable: "registry_premises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_gas_supply",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    premises_id = table.Column<long>(type: "bigint", nullable: false),
                    group = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    year_volume = table.Column<long>(type: "bigint", nullable: false),
                    distribution_year_volume = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_gas_supply", x => x.id);
                    table.CheckConstraint("ck_registry_gas_supply_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_gas_supply_premises_id",
                        column: x => x.premises_id,
                        principalTable: "registry_premises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_meter",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    premises_id = table.Column<long>(type: "bigint", nullable: true),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    serial = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    digits = table.Column<short>(type: "smallint", nullable: false),
                    multiplier = table.Column<long>(type: "bigint", nullable: false),
                    zones = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_meter", x => x.id);
                    table.CheckConstraint("ck_registry_meter_dial", "digits BETWEEN 1 AND 18 AND multiplier > 0");
                    table.ForeignKey(
                        name: "fk_registry_meter_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_registry_meter_premises_id",
                        column: x => x.premises_id,
                        principalTable: "registry_premises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_norm_choice",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    premises_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_norm_choice", x => x.id);
                    table.CheckConstraint("ck_registry_norm_choice_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_norm_choice_premises_id",
                        column: x => x.premises_id,
                        principalTable: "registry_premises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_premises_passport",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    premises_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    area = table.Column<long>(type: "bigint", nullable: false),
                    own_heat_source = table.Column<bool>(type: "boolean", nullable: false),
                    cold_meter_possible = table.Column<bool>(type: "boolean", nullable: false),
                    hot_meter_possible = table.Column<bool>(type: "boolean", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_premises_passport", x => x.id);
                    table.CheckConstraint("ck_registry_premises_passport_area", "area >= 0");
                    table.CheckConstraint("ck_registry_premises_passport_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_premises_passport_premises_id",
                        column: x => x.premises_id,
                        principalTable: "registry_premises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_absence",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    persons = table.Column<short>(type: "smallint", nullable: false),
                    proof = table.Column<bool>(type: "boolean", nullable: false),
                    applied = table.Column<DateOnly>(type: "date", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_absence", x => x.id);
                    table.CheckConstraint("ck_billing_absence_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_billing_absence_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_benefit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    services = table.Column<short>(type: "smallint", nullable: false),
                    persons = table.Column<short>(type: "smallint", nullable: false),
                    percent = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_benefit", x => x.id);
                    table.CheckConstraint("ck_billing_benefit_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_billing_benefit_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_charge_line",
                columns: table => new
                {
                    posted_in = table.Column<int>(type: "integer", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<short>(type: "smallint", nullable: false),
                    period = table.Column<int>(type: "integer", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    component = table.Column<short>(type: "smallint", nullable: false),
                    bases = table.Column<short>(type: "smallint", nullable: false),
                    quantity = table.Column<long>(type: "bigint", nullable: false),
                    unit = table.Column<short>(type: "smallint", nullable: false),
                    vat_rate = table.Column<long>(type: "bigint", nullable: false),
                    vat_minor = table.Column<long>(type: "bigint", nullable: false),
                    vat_on_top = table.Column<bool>(type: "boolean", nullable: false),
                    working = table.Column<byte[]>(type: "bytea", nullable: false),
                    amount_currency = table.Column<short>(type: "smallint", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_charge_line", x => new { x.posted_in, x.account_id, x.run_id, x.number });
                    table.ForeignKey(
                        name: "fk_billing_charge_line_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_contract_load",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    per_hour = table.Column<long>(type: "bigint", nullable: false),
                    hours_per_day = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_contract_load", x => x.id);
                    table.CheckConstraint("ck_billing_contract_load_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_billing_contract_load_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_heating_charged",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sum_currency = table.Column<short>(type: "smallint", nullable: false),
                    sum_minor = table.Column<long>(type: "bigint", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_heating_charged", x => x.id);
                    table.CheckConstraint("ck_billing_heating_charged_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_billing_heating_charged_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_opening_balance",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sum_currency = table.Column<short>(type: "smallint", nullable: false),
                    sum_minor = table.Column<long>(type: "bigint", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_opening_balance", x => x.id);
                    table.CheckConstraint("ck_billing_opening_balance_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_billing_opening_balance_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_quality_account",
                columns: table => new
                {
                    quality_id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_quality_account", x => new { x.quality_id, x.account_id });
                    table.ForeignKey(
                        name: "fk_billing_quality_account_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_billing_quality_account_quality_id",
                        column: x => x.quality_id,
                        principalTable: "billing_quality",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_account_term",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    holder_kind = table.Column<short>(type: "smallint", nullable: false),
                    owners = table.Column<short>(type: "smallint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_account_term", x => x.id);
                    table.CheckConstraint("ck_registry_account_term_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_account_term_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_connection",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_connection", x => x.id);
                    table.CheckConstraint("ck_registry_connection_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_connection_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_holder_share",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    holder_id = table.Column<long>(type: "bigint", nullable: false),
                    numerator = table.Column<int>(type: "integer", nullable: false),
                    denominator = table.Column<int>(type: "integer", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_holder_share", x => x.id);
                    table.CheckConstraint("ck_registry_holder_share_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.CheckConstraint("ck_registry_holder_share_part", "numerator > 0 AND denominator >= numerator");
                    table.ForeignKey(
                        name: "fk_registry_holder_share_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_registry_holder_share_holder_id",
                        column: x => x.holder_id,
                        principalTable: "registry_holder",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_residents",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<short>(type: "smallint", nullable: false),
                    temporary = table.Column<bool>(type: "boolean", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_residents", x => x.id);
                    table.CheckConstraint("ck_registry_residents_count", "count >= 0");
                    table.CheckConstraint("ck_registry_residents_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_residents_account_id",
                        column: x => x.account_id,
                        principalTable: "registry_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "metering_act",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    premises_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    access = table.Column<DateOnly>(type: "date", nullable: true),
                    meter_id = table.Column<long>(type: "bigint", nullable: true),
                    since = table.Column<DateOnly>(type: "date", nullable: true),
                    last_check = table.Column<DateOnly>(type: "date", nullable: true),
                    removed = table.Column<DateOnly>(type: "date", nullable: true),
                    per_hour = table.Column<long>(type: "bigint", nullable: true),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metering_act", x => x.id);
                    table.CheckConstraint("ck_metering_act_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_metering_act_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_metering_act_meter_id",
                        column: x => x.meter_id,
                        principalTable: "registry_meter",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_metering_act_premises_id",
                        column: x => x.premises_id,
                        principalTable: "registry_premises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "metering_monthly_volume",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    meter_id = table.Column<long>(type: "bigint", nullable: true),
                    premises_id = table.Column<long>(type: "bigint", nullable: true),
                    service = table.Column<short>(type: "smallint", nullable: false),
                    month = table.Column<int>(type: "integer", nullable: false),
                    zone = table.Column<short>(type: "smallint", nullable: false),
                    volume = table.Column<long>(type: "bigint", nullable: false),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metering_monthly_volume", x => x.id);
                    table.CheckConstraint("ck_metering_monthly_volume_of", "(meter_id IS NULL) <> (premises_id IS NULL)");
                    table.ForeignKey(
                        name: "fk_metering_monthly_volume_building_id",
                        column: x => x.building_id,
                        principalTable: "registry_building",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_metering_monthly_volume_meter_id",
                        column: x => x.meter_id,
                        principalTable: "registry_meter",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_metering_monthly_volume_premises_id",
                        column: x => x.premises_id,
                        principalTable: "registry_premises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "metering_reading",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    meter_id = table.Column<long>(type: "bigint", nullable: false),
                    building_id = table.Column<long>(type: "bigint", nullable: false),
                    taken = table.Column<DateOnly>(type: "date", nullable: false),
                    received = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<short>(type: "smallint", nullable: false),
                    mark = table.Column<short>(type: "smallint", nullable: false),
                    zone = table.Column<short>(type: "smallint", nullable: false),
                    index = table.Column<long>(type: "bigint", nullable: false),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metering_reading", x => x.id);
                    table.CheckConstraint("ck_metering_reading_index", "\"index\" >= 0");
                    table.ForeignKey(
                        name: "fk_metering_reading_meter_id",
                        column: x => x.meter_id,
                        principalTable: "registry_meter",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_meter_failure",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    meter_id = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_meter_failure", x => x.id);
                    table.CheckConstraint("ck_registry_meter_failure_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_meter_failure_meter_id",
                        column: x => x.meter_id,
                        principalTable: "registry_meter",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_meter_installation",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    meter_id = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_meter_installation", x => x.id);
                    table.CheckConstraint("ck_registry_meter_installation_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_meter_installation_meter_id",
                        column: x => x.meter_id,
                        principalTable: "registry_meter",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registry_meter_verification",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    meter_id = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_meter_verification", x => x.id);
                    table.CheckConstraint("ck_registry_meter_verification_days", "effective_to IS NULL OR effective_to >= effective_from");
                    table.ForeignKey(
                        name: "fk_registry_meter_verification_meter_id",
                        column: x => x.meter_id,
                        principalTable: "registry_meter",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "metering_act_index",
                columns: table => new
                {
                    act_id = table.Column<long>(type: "bigint", nullable: false),
                    zone = table.Column<short>(type: "smallint", nullable: false),
                    index = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metering_act_index", x => new { x.act_id, x.zone });
                    table.ForeignKey(
                        name: "fk_metering_act_index_act_id",
                        column: x => x.act_id,
                        principalTable: "metering_act",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_billing_absence_account_id",
                table: "billing_absence",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_benefit_account_id",
                table: "billing_benefit",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_charge_line_account_id_period",
                table: "billing_charge_line",
                columns: new[] { "account_id", "period" });

            migrationBuilder.CreateIndex(
                name: "ix_billing_contract_load_account_id",
                table: "billing_contract_load",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_heating_charged_account_id",
                table: "billing_heating_charged",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_opening_balance_account_id",
                table: "billing_opening_balance",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_parameter_territory_id",
                table: "billing_parameter",
                column: "territory_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_quality_building_id",
                table: "billing_quality",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_quality_form",
                table: "billing_quality",
                column: "form",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_billing_quality_account_account_id",
                table: "billing_quality_account",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_billing_run_territory_id_period",
                table: "billing_run",
                columns: new[] { "territory_id", "period" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_billing_run_building_building_id",
                table: "billing_run_building",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_act_building_id",
                table: "metering_act",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_act_meter_id",
                table: "metering_act",
                column: "meter_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_act_premises_id",
                table: "metering_act",
                column: "premises_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_monthly_volume_building_id",
                table: "metering_monthly_volume",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_monthly_volume_meter_id",
                table: "metering_monthly_volume",
                column: "meter_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_monthly_volume_premises_id",
                table: "metering_monthly_volume",
                column: "premises_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_reading_building_id",
                table: "metering_reading",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_reading_meter_id_taken",
                table: "metering_reading",
                columns: new[] { "meter_id", "taken" });

            migrationBuilder.CreateIndex(
                name: "ix_metering_start_state_building_id",
                table: "metering_start_state",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_metering_start_state_premises_id",
                table: "metering_start_state",
                column: "premises_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_account_building_id",
                table: "registry_account",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_account_number",
                table: "registry_account",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registry_account_premises_id",
                table: "registry_account",
                column: "premises_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_account_term_account_id",
                table: "registry_account_term",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_building_territory_id_address_key",
                table: "registry_building",
                columns: new[] { "territory_id", "address_key" });

            migrationBuilder.CreateIndex(
                name: "ix_registry_building_territory_id_external_id",
                table: "registry_building",
                columns: new[] { "territory_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registry_building_passport_building_id",
                table: "registry_building_passport",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_common_needs_building_id",
                table: "registry_common_needs",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_connection_account_id",
                table: "registry_connection",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_gas_supply_premises_id",
                table: "registry_gas_supply",
                column: "premises_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_holder_name_key",
                table: "registry_holder",
                column: "name_key");

            migrationBuilder.CreateIndex(
                name: "ix_registry_holder_share_account_id",
                table: "registry_holder_share",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_holder_share_holder_id",
                table: "registry_holder_share",
                column: "holder_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_meter_building_id",
                table: "registry_meter",
                column: "building_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_meter_premises_id",
                table: "registry_meter",
                column: "premises_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_meter_serial",
                table: "registry_meter",
                column: "serial");

            migrationBuilder.CreateIndex(
                name: "ix_registry_meter_failure_meter_id",
                table: "registry_meter_failure",
                column: "meter_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_meter_installation_meter_id",
                table: "registry_meter_installation",
                column: "meter_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_meter_verification_meter_id",
                table: "registry_meter_verification",
                column: "meter_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_norm_choice_premises_id",
                table: "registry_norm_choice",
                column: "premises_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_premises_building_id_sort_key",
                table: "registry_premises",
                columns: new[] { "building_id", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_registry_premises_passport_premises_id",
                table: "registry_premises_passport",
                column: "premises_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_residents_account_id",
                table: "registry_residents",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_supplier_territory_id",
                table: "registry_supplier",
                column: "territory_id");

            migrationBuilder.CreateIndex(
                name: "ix_registry_territory_code",
                table: "registry_territory",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_staff_assignments_user_id_role_territory_id",
                table: "staff_assignments",
                columns: new[] { "user_id", "role", "territory_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_staff_audit_login_id",
                table: "staff_audit",
                columns: new[] { "login", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_staff_audit_object_id",
                table: "staff_audit",
                columns: new[] { "object", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_staff_claims_user_id",
                table: "staff_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_links_user_id",
                table: "staff_links",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_logins_user_id",
                table: "staff_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_sessions_started_at",
                table: "staff_sessions",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_staff_sessions_user_id",
                table: "staff_sessions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_users_normalized_user_name",
                table: "staff_users",
                column: "normalized_user_name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "billing_absence");

            migrationBuilder.DropTable(
                name: "billing_benefit");

            migrationBuilder.DropTable(
                name: "billing_charge_line");

            migrationBuilder.DropTable(
                name: "billing_contract_load");

            migrationBuilder.DropTable(
                name: "billing_heating_charged");

            migrationBuilder.DropTable(
                name: "billing_opening_balance");

            migrationBuilder.DropTable(
                name: "billing_parameter");

            migrationBuilder.DropTable(
                name: "billing_quality_account");

            migrationBuilder.DropTable(
                name: "billing_quality_measure");

            migrationBuilder.DropTable(
                name: "billing_run_building");

            migrationBuilder.DropTable(
                name: "billing_run_service");

            migrationBuilder.DropTable(
                name: "metering_act_index");

            migrationBuilder.DropTable(
                name: "metering_monthly_volume");

            migrationBuilder.DropTable(
                name: "metering_reading");

            migrationBuilder.DropTable(
                name: "metering_start_state");

            migrationBuilder.DropTable(
                name: "registry_account_term");

            migrationBuilder.DropTable(
                name: "registry_building_passport");

            migrationBuilder.DropTable(
                name: "registry_common_needs");

            migrationBuilder.DropTable(
                name: "registry_connection");

            migrationBuilder.DropTable(
                name: "registry_gas_supply");

            migrationBuilder.DropTable(
                name: "registry_holder_share");

            migrationBuilder.DropTable(
                name: "registry_meter_failure");

            migrationBuilder.DropTable(
                name: "registry_meter_installation");

            migrationBuilder.DropTable(
                name: "registry_meter_verification");

            migrationBuilder.DropTable(
                name: "registry_norm_choice");

            migrationBuilder.DropTable(
                name: "registry_premises_passport");

            migrationBuilder.DropTable(
                name: "registry_residents");

            migrationBuilder.DropTable(
                name: "registry_supplier");

            migrationBuilder.DropTable(
                name: "server_data_keys");

            migrationBuilder.DropTable(
                name: "staff_assignments");

            migrationBuilder.DropTable(
                name: "staff_audit");

            migrationBuilder.DropTable(
                name: "staff_claims");

            migrationBuilder.DropTable(
                name: "staff_links");

            migrationBuilder.DropTable(
                name: "staff_logins");

            migrationBuilder.DropTable(
                name: "staff_sessions");

            migrationBuilder.DropTable(
                name: "staff_tokens");

            migrationBuilder.DropTable(
                name: "storage_sequence");

            migrationBuilder.DropTable(
                name: "billing_quality");

            migrationBuilder.DropTable(
                name: "billing_run");

            migrationBuilder.DropTable(
                name: "metering_act");

            migrationBuilder.DropTable(
                name: "registry_holder");

            migrationBuilder.DropTable(
                name: "registry_account");

            migrationBuilder.DropTable(
                name: "staff_users");

            migrationBuilder.DropTable(
                name: "registry_meter");

            migrationBuilder.DropTable(
                name: "registry_premises");

            migrationBuilder.DropTable(
                name: "registry_building");

            migrationBuilder.DropTable(
                name: "registry_territory");
        }
    }
}
