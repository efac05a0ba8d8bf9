-- From the stored facts to the volumes of each flat and house. A volume is a whole number of thousandths of its unit
-- times the days of the month, so that a norm's share of days is exact; an area is in tenths of a square metre.
-- Unlogged, not temporary: workers may read them.

-- The index that each register of a flat began with, and the latest one told in the month: day and index in one number,
-- so that one pass without a sort finds it.
CREATE UNLOGGED TABLE set_register AS
SELECT meter_id, zone, max(index) FILTER (WHERE mark = 1) AS before,
    max((taken - date :'first_day' + 400) * 100000000000000 + index) FILTER (WHERE mark IN (0, 2)
        AND CASE source WHEN 1 THEN received ELSE taken END BETWEEN date :'told_from' AND date :'told_to') % 100000000000000 AS now
FROM metering_reading
WHERE superseded_at IS NULL
GROUP BY meter_id, zone;
ANALYZE set_register;

-- Who lived in a flat, and what it was supplied with: tables of their own, or each worker would make its own.
CREATE UNLOGGED TABLE set_lived AS
SELECT account_id,
    sum(count) FILTER (WHERE effective_from <= date :'first_day' AND coalesce(effective_to, 'infinity') >= date :'last_day') AS whole,
    sum(count * part) FILTER (WHERE part < :days) AS part,
    sum(part) FILTER (WHERE part < :days) AS part_days
FROM (
    SELECT account_id, count, effective_from, effective_to,
        least(coalesce(effective_to, 'infinity'), date :'last_day') - greatest(effective_from, date :'first_day') + 1 AS part
    FROM registry_residents
    WHERE superseded_at IS NULL AND effective_from <= date :'last_day' AND coalesce(effective_to, 'infinity') >= date :'first_day'
        AND (NOT temporary OR effective_to IS NULL OR effective_to - effective_from + 1 > :temporary_days)) r
GROUP BY account_id;
ANALYZE set_lived;
CREATE UNLOGGED TABLE set_supplied AS
SELECT account_id, bit_or(1 << service) AS services
FROM registry_connection
WHERE superseded_at IS NULL AND effective_from <= date :'first_day' AND coalesce(effective_to, 'infinity') >= date :'last_day'
GROUP BY account_id;
ANALYZE set_supplied;

-- A flat: who lives there, what is supplied, what its meters came to (null: nobody told).
CREATE UNLOGGED TABLE set_flat AS
WITH metered AS (
    SELECT m.premises_id,
        bool_or(m.service = 1 AND m.valid) AS cold_meter, bool_or(m.service = 2 AND m.valid) AS hot_meter,
        (sum(r.volume) FILTER (WHERE m.service = 1))::bigint AS cold, (sum(r.volume) FILTER (WHERE m.service = 2))::bigint AS hot,
        (sum(r.volume) FILTER (WHERE m.service = 5))::bigint AS power,
        (sum(r.volume) FILTER (WHERE m.service = 5 AND r.zone = 1))::bigint AS day,
        (sum(r.volume) FILTER (WHERE m.service = 5 AND r.zone = 2))::bigint AS night,
        (sum(r.volume) FILTER (WHERE m.service = 5 AND r.zone = 3))::bigint AS peak,
        (sum(r.volume) FILTER (WHERE m.service = 5 AND r.zone = 4))::bigint AS half_peak
    FROM (
        SELECT m.id, m.premises_id, m.service, m.digits, m.multiplier,
            f.meter_id IS NULL AND (v.meter_id IS NULL OR v.effective_from <= date :'first_day'
                AND coalesce(v.effective_to, 'infinity') >= date :'last_day') AS valid
        FROM registry_meter m
        JOIN registry_meter_installation i ON i.meter_id = m.id AND i.superseded_at IS NULL
            AND i.effective_from <= date :'first_day' AND i.effective_to IS NULL
        LEFT JOIN registry_meter_verification v ON v.meter_id = m.id AND v.superseded_at IS NULL
        LEFT JOIN registry_meter_failure f ON f.meter_id = m.id AND f.superseded_at IS NULL
            AND f.effective_from <= date :'last_day' AND coalesce(f.effective_to, 'infinity') >= date :'first_day'
        WHERE m.premises_id IS NOT NULL) m
    JOIN set_register x ON x.meter_id = m.id
    CROSS JOIN LATERAL (
        SELECT x.zone, CASE WHEN m.valid THEN
            (x.now - x.before + CASE WHEN x.now < x.before THEN (10 ^ m.digits)::bigint * 1000000 ELSE 0 END)
                / 1000 * m.multiplier / 1000000 * :days END AS volume) r
    GROUP BY m.premises_id
)
SELECT a.id AS account_id, a.building_id, s.services, p.area / 100000 AS area, d.person_days,
    coalesce(m.cold, d.person_days * :norm_cold) AS cold, m.cold IS NOT NULL AS cold_told,
    m.cold_meter IS NOT TRUE AND p.cold_meter_possible AS cold_factor,
    coalesce(m.hot, d.person_days * :norm_hot) AS hot, m.hot IS NOT NULL AS hot_told,
    m.hot_meter IS NOT TRUE AND p.hot_meter_possible AS hot_factor,
    coalesce(m.power, d.person_days * :norm_power) AS power, m.power IS NOT NULL AS power_told,
    m.day, m.night, m.peak, m.half_peak
FROM registry_account a
JOIN registry_account_term t ON t.account_id = a.id AND t.superseded_at IS NULL AND t.holder_kind = 1
    AND t.effective_from <= date :'first_day' AND t.effective_to IS NULL
JOIN registry_premises_passport p ON p.premises_id = a.premises_id AND p.superseded_at IS NULL
    AND p.effective_from <= date :'first_day' AND coalesce(p.effective_to, 'infinity') >= date :'last_day'
JOIN set_supplied s ON s.account_id = a.id
LEFT JOIN metered m ON m.premises_id = a.premises_id
LEFT JOIN set_lived l ON l.account_id = a.id
CROSS JOIN LATERAL (
    SELECT CASE WHEN l.whole > 0 THEN l.whole * :days + coalesce(l.part, 0)
        ELSE coalesce(l.part, 0) + t.owners * (:days - coalesce(l.part_days, 0)) END AS person_days) d;

ANALYZE set_flat;

-- A house: its rooms, its heat, and what is left over after its flats (by the divisor) or lacking.
CREATE UNLOGGED TABLE set_house AS
WITH rooms AS (
    SELECT r.building_id, (sum(p.area) / 100000)::bigint AS area
    FROM registry_premises r
    JOIN registry_premises_passport p ON p.premises_id = r.id AND p.superseded_at IS NULL
        AND p.effective_from <= date :'first_day' AND coalesce(p.effective_to, 'infinity') >= date :'last_day'
    GROUP BY r.building_id
), used AS (
    SELECT building_id, sum(person_days)::bigint AS person_days,
        sum(cold) FILTER (WHERE services & 2 <> 0) AS cold, sum(power) FILTER (WHERE services & 32 <> 0) AS power
    FROM set_flat
    GROUP BY building_id
), metered AS (
    SELECT m.building_id, bool_or(m.service = 4) AS heat_meter,
        sum(v.volume)::bigint AS heat,
        sum(i.volume) FILTER (WHERE m.service = 1) AS cold, sum(i.volume) FILTER (WHERE m.service = 5) AS power
    FROM registry_meter m
    LEFT JOIN metering_monthly_volume v
        ON v.meter_id = m.id AND v.superseded_at IS NULL AND v.month = :period AND m.service = 4
    LEFT JOIN LATERAL (
        SELECT (now - before + CASE WHEN now < before THEN (10 ^ m.digits)::bigint * 1000000 ELSE 0 END)
            / 1000 * m.multiplier / 1000000 * :days AS volume
        FROM (
            SELECT
                max((taken - date :'first_day' + 400) * 100000000000000 + index)
                    FILTER (WHERE taken BETWEEN date :'first_day' AND date :'last_day') % 100000000000000 AS now,
                max((taken - date :'first_day' + 400) * 100000000000000 + index)
                    FILTER (WHERE taken < date :'first_day' AND taken >= date :'first_day' - interval '1 month') % 100000000000000 AS before
            FROM metering_reading r WHERE r.meter_id = m.id AND r.superseded_at IS NULL) x) i ON m.service <> 4
    WHERE m.premises_id IS NULL
    GROUP BY m.building_id
), needs AS (
    SELECT building_id, bool_or(service = 1) AS cold, bool_or(service = 5) AS power,
        bool_or(service = 1 AND mode = 1) AS cold_by_meter, bool_or(service = 5 AND mode = 1) AS power_by_meter
    FROM registry_common_needs
    WHERE superseded_at IS NULL AND effective_from <= date :'first_day' AND coalesce(effective_to, 'infinity') >= date :'first_day'
    GROUP BY building_id
)
SELECT b.building_id, q.value AS heat_of_water, r.area AS rooms, u.person_days,
    m.heat, coalesce(m.heat_meter, false) AS heat_meter, b.heat_meter_possible,
    c.cold_rest IS NULL AS cold_by_norm,
    CASE WHEN n.cold AND coalesce(c.cold_rest, 1) > 0
        THEN CASE WHEN c.cold_capped THEN c.cold_cap ELSE c.cold_rest END END AS cold_common,
    CASE WHEN c.cold_capped THEN 100000000 ELSE 1000 * :days END AS cold_divisor,
    CASE WHEN c.cold_rest < 0 THEN -c.cold_rest END AS cold_lacking,
    c.power_rest IS NULL AS power_by_norm,
    CASE WHEN n.power AND coalesce(c.power_rest, 1) > 0
        THEN CASE WHEN c.power_capped THEN c.power_cap ELSE c.power_rest END END AS power_common,
    CASE WHEN c.power_capped THEN 100000000 ELSE 1000 * :days END AS power_divisor,
    CASE WHEN c.power_rest < 0 THEN -c.power_rest END AS power_lacking
FROM registry_building_passport b
JOIN set_heat_of_water q ON q.system = b.hot_water_system
JOIN rooms r ON r.building_id = b.building_id
JOIN used u ON u.building_id = b.building_id
LEFT JOIN metered m ON m.building_id = b.building_id
LEFT JOIN needs n ON n.building_id = b.building_id
CROSS JOIN LATERAL (
    SELECT x.*, coalesce(x.cold_rest * 100000 > x.cold_cap * :days, true) AS cold_capped,
        coalesce(x.power_rest * 100000 > x.power_cap * :days, true) AS power_capped
    FROM (
        SELECT CASE WHEN n.cold_by_meter THEN (m.cold - u.cold)::bigint END AS cold_rest,
            b.common_area / 100 * :norm_common_cold AS cold_cap,
            CASE WHEN n.power_by_meter THEN (m.power - u.power)::bigint END AS power_rest,
            b.common_area / 100 * :norm_common_power AS power_cap) x) c
WHERE b.superseded_at IS NULL AND b.effective_from <= date :'first_day' AND coalesce(b.effective_to, 'infinity') >= date :'first_day';
ANALYZE set_house;
