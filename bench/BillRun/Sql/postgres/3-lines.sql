-- What each flat pays: kopecks rounded half up (nothing is negative before the difference of two roundings), quantities
-- in millionths. A line that is not due is null.
CREATE UNLOGGED TABLE set_fee AS
SELECT f.account_id, f.services, f.cold_told, f.hot_told, f.power_told, h.cold_by_norm, h.power_by_norm, h.heat IS NOT NULL AS heat_told,
    f.cold, (2 * :tariff_cold * f.cold + v.unit) / (2 * v.unit) AS cold_fee,
    CASE WHEN f.cold_factor THEN (2 * :tariff_cold * f.cold * :factor + 100 * v.unit) / (200 * v.unit) END AS cold_with_factor,
    (2000 * h.cold_common * f.area + h.cold_divisor / 1000 * h.rooms) / (2 * (h.cold_divisor / 1000) * h.rooms) AS cold_common,
    (2 * :tariff_cold * h.cold_common * f.area + h.cold_divisor * h.rooms) / (2 * h.cold_divisor * h.rooms) AS cold_common_fee,
    n.cold_off, (2 * :tariff_cold * n.cold_left + v.unit * h.person_days) / (2 * v.unit * h.person_days) AS cold_fee_left,
    f.hot, (2 * :tariff_carrier * f.hot + v.unit) / (2 * v.unit) AS carrier_fee,
    CASE WHEN f.hot_factor THEN (2 * :tariff_carrier * f.hot * :factor + 100 * v.unit) / (200 * v.unit) END AS carrier_with_factor,
    h.heat_of_water, (2 * :tariff_water_heat * h.heat_of_water * f.hot + 10000 * v.unit) / (20000 * v.unit) AS water_heat_fee,
    CASE WHEN f.hot_factor THEN (2 * :tariff_water_heat * h.heat_of_water * f.hot * :factor + 1000000 * v.unit) / (2000000 * v.unit) END
        AS water_heat_with_factor,
    v.drained, (2 * :tariff_drainage * v.drained + v.unit) / (2 * v.unit) AS drainage_fee,
    v.heat, v.heat_divisor, (2 * :tariff_heating * v.heat + v.heat_divisor) / (2 * v.heat_divisor) AS heat_fee,
    CASE WHEN NOT h.heat_meter AND h.heat_meter_possible
        THEN (2 * :tariff_heating * v.heat * :factor_heating + 100 * v.heat_divisor) / (200 * v.heat_divisor) END AS heat_with_factor,
    f.power, f.day, f.night, f.peak, f.half_peak,
    CASE WHEN f.night IS NULL THEN (2 * :tariff_energy * f.power + v.unit) / (2 * v.unit) END AS energy_fee,
    (2 * :tariff_day * f.day + v.unit) / (2 * v.unit) AS day_fee, (2 * :tariff_night * f.night + v.unit) / (2 * v.unit) AS night_fee,
    (2 * :tariff_peak * f.peak + v.unit) / (2 * v.unit) AS peak_fee,
    (2 * :tariff_half_peak * f.half_peak + v.unit) / (2 * v.unit) AS half_peak_fee,
    (2000 * h.power_common * f.area + h.power_divisor / 1000 * h.rooms) / (2 * (h.power_divisor / 1000) * h.rooms) AS power_common,
    (2 * :tariff_energy * h.power_common * f.area + h.power_divisor * h.rooms) / (2 * h.power_divisor * h.rooms) AS power_common_fee,
    h.person_days, n.power_off, n.power_left
FROM set_flat f
JOIN set_house h USING (building_id)
CROSS JOIN LATERAL (
    SELECT 1000::bigint * :days AS unit,
        CASE WHEN f.cold_told OR f.hot_told THEN f.cold + f.hot ELSE f.person_days * :norm_drainage END AS drained,
        CASE WHEN h.heat IS NULL THEN f.area * :norm_heating * :heated_days ELSE f.area * h.heat END AS heat,
        CASE WHEN h.heat IS NULL THEN 100000 * :days ELSE 1000000 * h.rooms END AS heat_divisor) v
CROSS JOIN LATERAL (
    SELECT CASE WHEN h.cold_lacking IS NOT NULL THEN least(h.cold_lacking * f.person_days, f.cold * h.person_days) END AS cold_off,
        CASE WHEN h.power_lacking IS NOT NULL THEN least(h.power_lacking * f.person_days, f.power * h.person_days) END AS power_off) o
CROSS JOIN LATERAL (
    SELECT o.*, f.cold * h.person_days - o.cold_off AS cold_left, f.power * h.person_days - o.power_off AS power_left) n;
ANALYZE set_fee;

-- The registers of meters by zones.
CREATE UNLOGGED TABLE set_zone AS
SELECT z.*, f.power_off AS off, f.power_left AS rest, f.power * f.person_days AS whole
FROM (
    SELECT account_id, 14::smallint AS number, 500::smallint AS component, :tariff_day AS tariff, day AS volume, day_fee AS fee
    FROM set_fee WHERE day IS NOT NULL
    UNION ALL SELECT account_id, 16::smallint, 700::smallint, :tariff_peak, peak, peak_fee FROM set_fee WHERE peak IS NOT NULL
    UNION ALL SELECT account_id, 18::smallint, 800::smallint, :tariff_half_peak, half_peak, half_peak_fee
    FROM set_fee WHERE half_peak IS NOT NULL
    UNION ALL SELECT account_id, 20::smallint, 600::smallint, :tariff_night, night, night_fee FROM set_fee WHERE night IS NOT NULL) z
JOIN set_fee f USING (account_id);
ANALYZE set_zone;

-- The lines: one look at the fees for each kind of line, beside each other (an INSERT would not be shared by workers).
-- The number of a line is its kind's.
CREATE TABLE set_line_month AS
SELECT :period AS posted_in, account_id, :run::bigint AS run_id, number::smallint, :period AS period, service::smallint,
    component::smallint, bases::smallint, quantity, unit::smallint,
    :vat::bigint * 1000000 AS vat_rate,
    CASE WHEN amount < 0 THEN -((-2 * amount * :vat + 100 + :vat) / (2 * (100 + :vat)))
        ELSE (2 * amount * :vat + 100 + :vat) / (2 * (100 + :vat)) END AS vat_minor,
    false AS vat_on_top, int8send(quantity) || int4send(tariff) AS working, 643::smallint AS amount_currency, amount AS amount_minor
FROM (
    SELECT account_id, 1 AS number, 1 AS service, 100 AS component,
        CASE WHEN cold_told THEN 1 ELSE 3 END AS bases, (2000 * cold + :days) / (2 * :days) AS quantity, 1 AS unit,
        cold_fee AS amount, :tariff_cold AS tariff
    FROM set_fee
    UNION ALL SELECT account_id, 2, 1, 1000, 3, 0, 1, cold_with_factor - cold_fee, :tariff_cold
    FROM set_fee WHERE cold_with_factor <> cold_fee
    UNION ALL SELECT account_id, 3, 1, 1200, 4,
        -((2000 * cold_off + :days * person_days) / (2 * :days * person_days)), 1, cold_fee_left - cold_fee, :tariff_cold
    FROM set_fee WHERE cold_fee_left <> cold_fee
    UNION ALL SELECT account_id, 4, 1, 1100, CASE WHEN cold_by_norm THEN 3 ELSE 4 END,
        cold_common, 1, cold_common_fee, :tariff_cold
    FROM set_fee WHERE cold_common_fee <> 0
    UNION ALL SELECT account_id, 5, 2, 200, CASE WHEN hot_told THEN 1 ELSE 3 END,
        (2000 * hot + :days) / (2 * :days), 1, carrier_fee, :tariff_carrier
    FROM set_fee
    UNION ALL SELECT account_id, 6, 2, 1002, 3, 0, 1, carrier_with_factor - carrier_fee, :tariff_carrier
    FROM set_fee WHERE carrier_with_factor <> carrier_fee
    UNION ALL SELECT account_id, 7, 2, 300, CASE WHEN hot_told THEN 1 ELSE 3 END,
        (2 * hot * heat_of_water + 10 * :days) / (20 * :days), 2, water_heat_fee, :tariff_water_heat
    FROM set_fee
    UNION ALL SELECT account_id, 8, 2, 1003, 3, 0, 2,
        water_heat_with_factor - water_heat_fee, :tariff_water_heat
    FROM set_fee WHERE water_heat_with_factor <> water_heat_fee
    UNION ALL SELECT account_id, 9, 3, 100, CASE WHEN cold_told OR hot_told THEN 1 ELSE 3 END,
        (2000 * drained + :days) / (2 * :days), 1, drainage_fee, :tariff_drainage
    FROM set_fee
    UNION ALL SELECT account_id, 10, 4, 300, CASE WHEN heat_told THEN 4 ELSE 3 END,
        (2 * heat * 1000000 + heat_divisor) / (2 * heat_divisor), 2, heat_fee, :tariff_heating
    FROM set_fee WHERE :heated_days > 0
    UNION ALL SELECT account_id, 11, 4, 1000, 3, 0, 2, heat_with_factor - heat_fee, :tariff_heating
    FROM set_fee WHERE :heated_days > 0 AND heat_with_factor <> heat_fee
    UNION ALL SELECT account_id, 12, 5, 400, CASE WHEN power_told THEN 1 ELSE 3 END,
        (2000 * power + :days) / (2 * :days), 3, energy_fee, :tariff_energy
    FROM set_fee WHERE energy_fee IS NOT NULL
    UNION ALL SELECT account_id, number, 5, component, 1, (2000 * volume + :days) / (2 * :days), 3, fee, tariff
    FROM set_zone
    UNION ALL SELECT account_id, 13, 5, 1200, 4,
        -((2000 * power_off + :days * person_days) / (2 * :days * person_days)), 3,
        (2 * :tariff_energy * power_left + 1000 * :days * person_days) / (2000 * :days * person_days) - energy_fee, :tariff_energy
    FROM set_fee WHERE energy_fee > 0 AND power_off > 0
    UNION ALL SELECT account_id, (number + 1), 5, (1200 + component / 100), 4,
        -div(2000::numeric * off * volume + :days * whole, 2::numeric * :days * whole)::bigint, 3,
        div(2::numeric * tariff * volume * rest + 1000::numeric * :days * whole, 2000::numeric * :days * whole)::bigint - fee, tariff
    FROM set_zone WHERE off > 0
    UNION ALL SELECT account_id, 22, 5, 1100, CASE WHEN power_by_norm THEN 3 ELSE 4 END,
        power_common, 3, power_common_fee, :tariff_energy
    FROM set_fee WHERE power_common_fee <> 0) line
WHERE amount <> 0 OR number IN (1, 5, 7, 9, 10, 12, 14, 16, 18, 20);

INSERT INTO set_bill_month (posted_in, account_id, run_id, lines, bases, total_currency, total_minor)
SELECT :period AS posted_in, account_id, :run::bigint AS run_id, count(*)::smallint AS lines, bit_or(1 << bases)::smallint AS bases,
    643::smallint AS total_currency, sum(amount_minor)::bigint AS total_minor
FROM set_line_month
GROUP BY account_id;

