-- What each flat pays: kopecks rounded half up (nothing is negative before the difference of two roundings), quantities
-- in millionths. A line that is not due is null.
CREATE TEMP TABLE set_fee (account_id INTEGER PRIMARY KEY, cold_basis INTEGER, hot_basis INTEGER, drainage_basis INTEGER,
    heat_basis INTEGER, power_basis INTEGER, cold_common_basis INTEGER, power_common_basis INTEGER,
    cold INTEGER, cold_fee INTEGER, cold_with_factor INTEGER, cold_common INTEGER, cold_common_fee INTEGER, cold_off INTEGER,
    cold_fee_left INTEGER, hot INTEGER, carrier_fee INTEGER, carrier_with_factor INTEGER, water_heat INTEGER, water_heat_fee INTEGER,
    water_heat_with_factor INTEGER, drained INTEGER, drainage_fee INTEGER, heat INTEGER, heat_fee INTEGER, heat_with_factor INTEGER,
    power INTEGER, day INTEGER, night INTEGER, peak INTEGER, half_peak INTEGER, power_fee INTEGER, power_fee_left INTEGER,
    power_common INTEGER, power_common_fee INTEGER, person_days INTEGER, power_off INTEGER);
INSERT INTO set_fee
SELECT account_id, CASE WHEN cold_told THEN 1 ELSE 3 END, CASE WHEN hot_told THEN 1 ELSE 3 END,
    CASE WHEN cold_told OR hot_told THEN 1 ELSE 3 END, CASE WHEN h_heat IS NULL THEN 3 ELSE 4 END, CASE WHEN power_told THEN 1 ELSE 3 END,
    CASE WHEN cold_by_norm THEN 3 ELSE 4 END, CASE WHEN power_by_norm THEN 3 ELSE 4 END,
    (2000 * cold + :days) / (2 * :days), (2 * :tariff_cold * cold + unit) / (2 * unit),
    CASE WHEN cold_factor THEN (2 * :tariff_cold * cold * :factor + 100 * unit) / (200 * unit) END,
    (2000 * cold_common * area + cold_divisor / 1000 * rooms) / (2 * (cold_divisor / 1000) * rooms),
    (2 * :tariff_cold * cold_common * area + cold_divisor * rooms) / (2 * cold_divisor * rooms),
    cold_off, (2 * :tariff_cold * (cold * all_days - cold_off) + unit * all_days) / (2 * unit * all_days),
    (2000 * hot + :days) / (2 * :days), (2 * :tariff_carrier * hot + unit) / (2 * unit),
    CASE WHEN hot_factor THEN (2 * :tariff_carrier * hot * :factor + 100 * unit) / (200 * unit) END,
    (2 * hot * heat_of_water + 10 * :days) / (20 * :days),
    (2 * :tariff_water_heat * heat_of_water * hot + 10000 * unit) / (20000 * unit),
    CASE WHEN hot_factor THEN (2 * :tariff_water_heat * heat_of_water * hot * :factor + 1000000 * unit) / (2000000 * unit) END,
    (2000 * drained + :days) / (2 * :days), (2 * :tariff_drainage * drained + unit) / (2 * unit),
    (2000000 * heat + heat_divisor) / (2 * heat_divisor), (2 * :tariff_heating * heat + heat_divisor) / (2 * heat_divisor),
    CASE WHEN NOT heat_meter AND heat_meter_possible
        THEN (2 * :tariff_heating * heat * :factor_heating + 100 * heat_divisor) / (200 * heat_divisor) END,
    power, day, night, peak, half_peak, CASE WHEN night IS NULL THEN (2 * :tariff_energy * power + unit) / (2 * unit) END,
    (2 * :tariff_energy * (power * all_days - power_off) + unit * all_days) / (2 * unit * all_days),
    (2000 * power_common * area + power_divisor / 1000 * rooms) / (2 * (power_divisor / 1000) * rooms),
    (2 * :tariff_energy * power_common * area + power_divisor * rooms) / (2 * power_divisor * rooms), all_days, power_off
FROM (
    SELECT f.*, 1000 * :days AS unit, h.heat AS h_heat, h.heat_of_water, h.rooms, h.person_days AS all_days, h.heat_meter,
        h.heat_meter_possible, h.cold_by_norm, h.cold_common, h.cold_divisor, h.power_by_norm, h.power_common, h.power_divisor,
        CASE WHEN f.cold_told OR f.hot_told THEN f.cold + f.hot ELSE f.person_days * :norm_drainage END AS drained,
        CASE WHEN h.heat IS NULL THEN f.area * :norm_heating * :heated_days ELSE f.area * h.heat END AS heat,
        CASE WHEN h.heat IS NULL THEN 100000 * :days ELSE 1000000 * h.rooms END AS heat_divisor,
        min(h.cold_lacking * f.person_days, f.cold * h.person_days) AS cold_off,
        min(h.power_lacking * f.person_days, f.power * h.person_days) AS power_off
    FROM set_flat f
    CROSS JOIN set_house h ON h.building_id = f.building_id);

-- The registers of meters by zones. A fee is kopecks and thousandths: only the thousandths and what is taken off are divided,
-- for the whole would not fit a number.
CREATE TEMP TABLE set_zone (account_id INTEGER, number INTEGER, component INTEGER, tariff INTEGER, quantity INTEGER, fee INTEGER,
    quantity_off INTEGER, fee_left INTEGER, PRIMARY KEY (account_id, number)) WITHOUT ROWID;
INSERT INTO set_zone
SELECT account_id, number, component, tariff, quantity, (price + 500) / 1000,
    CASE WHEN off > 0 THEN (2000 * off * (volume / :days) + power * all_days) / (2 * power * all_days) END,
    CASE WHEN off >= power * all_days THEN 0
        WHEN off > 0 THEN price / 1000 + (numerator / divisor - (numerator % divisor < 0)) END
FROM (
    SELECT *, 2 * (price % 1000 * power * all_days - price * off) + 1000 * power * all_days AS numerator,
        2000 * power * all_days AS divisor
    FROM (
        SELECT account_id, number, component, tariff, (2000 * volume + :days) / (2 * :days) AS quantity, volume,
            tariff * (volume / :days) AS price, power, all_days, off
        FROM (
            SELECT account_id, 14 AS number, 500 AS component, :tariff_day AS tariff, day AS volume, power, person_days AS all_days,
                power_off AS off FROM set_fee WHERE day IS NOT NULL
            UNION ALL SELECT account_id, 16, 700, :tariff_peak, peak, power, person_days, power_off FROM set_fee WHERE peak IS NOT NULL
            UNION ALL SELECT account_id, 18, 800, :tariff_half_peak, half_peak, power, person_days, power_off
            FROM set_fee WHERE half_peak IS NOT NULL
            UNION ALL SELECT account_id, 20, 600, :tariff_night, night, power, person_days, power_off
            FROM set_fee WHERE night IS NOT NULL)));

-- The lines: one look at the fees for each kind of line. The number of a line is its kind's.
INSERT INTO set_line (posted_in, account_id, run_id, number, amount_currency, amount_minor, bases, component, period, quantity, service,
    unit, vat_minor, vat_on_top, vat_rate, working)
SELECT :period, account_id, :run, number, 643, amount, bases, component, :period, quantity, service, unit,
    CASE WHEN amount < 0 THEN -((-2 * amount * :vat + 100 + :vat) / (2 * (100 + :vat)))
        ELSE (2 * amount * :vat + 100 + :vat) / (2 * (100 + :vat)) END,
    0, :vat * 1000000, CAST(quantity || ' ' || tariff AS BLOB)
FROM (
    SELECT account_id, 1 AS number, 1 AS service, 100 AS component, cold_basis AS bases, cold AS quantity, 1 AS unit,
        cold_fee AS amount, :tariff_cold AS tariff
    FROM set_fee
    UNION ALL SELECT account_id, 2, 1, 1000, 3, 0, 1, cold_with_factor - cold_fee, :tariff_cold
    FROM set_fee WHERE cold_with_factor <> cold_fee
    UNION ALL SELECT account_id, 3, 1, 1200, 4, -((2000 * cold_off + :days * person_days) / (2 * :days * person_days)), 1,
        cold_fee_left - cold_fee, :tariff_cold
    FROM set_fee WHERE cold_fee_left <> cold_fee
    UNION ALL SELECT account_id, 4, 1, 1100, cold_common_basis, cold_common, 1, cold_common_fee, :tariff_cold
    FROM set_fee WHERE cold_common_fee <> 0
    UNION ALL SELECT account_id, 5, 2, 200, hot_basis, hot, 1, carrier_fee, :tariff_carrier FROM set_fee
    UNION ALL SELECT account_id, 6, 2, 1002, 3, 0, 1, carrier_with_factor - carrier_fee, :tariff_carrier
    FROM set_fee WHERE carrier_with_factor <> carrier_fee
    UNION ALL SELECT account_id, 7, 2, 300, hot_basis, water_heat, 2, water_heat_fee, :tariff_water_heat FROM set_fee
    UNION ALL SELECT account_id, 8, 2, 1003, 3, 0, 2, water_heat_with_factor - water_heat_fee, :tariff_water_heat
    FROM set_fee WHERE water_heat_with_factor <> water_heat_fee
    UNION ALL SELECT account_id, 9, 3, 100, drainage_basis, drained, 1, drainage_fee, :tariff_drainage FROM set_fee
    UNION ALL SELECT account_id, 10, 4, 300, heat_basis, heat, 2, heat_fee, :tariff_heating FROM set_fee WHERE :heated_days > 0
    UNION ALL SELECT account_id, 11, 4, 1000, 3, 0, 2, heat_with_factor - heat_fee, :tariff_heating
    FROM set_fee WHERE :heated_days > 0 AND heat_with_factor <> heat_fee
    UNION ALL SELECT account_id, 12, 5, 400, power_basis, (2000 * power + :days) / (2 * :days), 3, power_fee, :tariff_energy
    FROM set_fee WHERE power_fee IS NOT NULL
    UNION ALL SELECT account_id, 13, 5, 1200, 4, -((2000 * power_off + :days * person_days) / (2 * :days * person_days)), 3,
        power_fee_left - power_fee, :tariff_energy
    FROM set_fee WHERE power_fee_left <> power_fee
    UNION ALL SELECT account_id, number, 5, component, 1, quantity, 3, fee, tariff FROM set_zone
    UNION ALL SELECT account_id, number + 1, 5, 1200 + component / 100, 4, -quantity_off, 3, fee_left - fee, tariff
    FROM set_zone WHERE fee_left <> fee
    UNION ALL SELECT account_id, 22, 5, 1100, power_common_basis, power_common, 3, power_common_fee, :tariff_energy
    FROM set_fee WHERE power_common_fee <> 0)
ORDER BY account_id, number;

INSERT INTO set_bill (posted_in, account_id, run_id, lines, bases, total_currency, total_minor)
SELECT :period, account_id, :run, count(*), max(bases = 1) * 2 + max(bases = 3) * 8 + max(bases = 4) * 16, 643, sum(amount_minor)
FROM set_line
GROUP BY account_id;
