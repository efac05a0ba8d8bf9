-- From the stored facts to the volumes of each flat and house. A volume is a whole number of thousandths of its unit times
-- the days of the month, so that a norm's share of days is exact; an area is in tenths of a square metre. Tables are filled in
-- the order of their keys, facts are looked up by their indexes: they lie as their accounts do.

-- What the meters of a flat came to, by the index that each register began with and the latest one told in the month (null:
-- nobody told). Half of the month and day stand before the index, so that one pass finds the latest.
CREATE TEMP TABLE set_register (meter_id INTEGER, zone INTEGER, before INTEGER, now INTEGER, PRIMARY KEY (meter_id, zone)) WITHOUT ROWID;
INSERT INTO set_register
SELECT meter_id, zone, max(CASE WHEN mark = 1 THEN "index" END),
    max(CASE WHEN mark IN (0, 2) AND CASE source WHEN 1 THEN received ELSE taken END BETWEEN :'told_from' AND :'told_to'
        THEN ((taken >= :'first_day') * 100 + substr(taken, 9, 2)) * 100000000000000 + "index" END) % 100000000000000
FROM metering_reading
WHERE superseded_at IS NULL
GROUP BY meter_id, zone;

CREATE TEMP TABLE set_metered (premises_id INTEGER PRIMARY KEY, cold_meter INTEGER, hot_meter INTEGER, cold INTEGER, hot INTEGER,
    power INTEGER, day INTEGER, night INTEGER, peak INTEGER, half_peak INTEGER);
INSERT INTO set_metered
SELECT premises_id, max(service = 1 AND valid), max(service = 2 AND valid),
    sum(CASE service WHEN 1 THEN volume END), sum(CASE service WHEN 2 THEN volume END), sum(CASE service WHEN 5 THEN volume END),
    sum(CASE WHEN service = 5 AND zone = 1 THEN volume END), sum(CASE WHEN service = 5 AND zone = 2 THEN volume END),
    sum(CASE WHEN service = 5 AND zone = 3 THEN volume END), sum(CASE WHEN service = 5 AND zone = 4 THEN volume END)
FROM (
    SELECT premises_id, service, valid, zone, CASE WHEN valid THEN
        (now - before + CASE WHEN now < before THEN CAST('1' || substr('000000000000', 1, digits) AS INTEGER) * 1000000 ELSE 0 END)
            / 1000 * multiplier / 1000000 * :days END AS volume
    FROM (
        SELECT m.premises_id, m.service, m.digits, m.multiplier, x.zone, x.now, x.before,
            NOT EXISTS (SELECT 1 FROM registry_meter_failure f WHERE f.meter_id = m.id AND f.superseded_at IS NULL
                AND f.effective_from <= :'last_day' AND coalesce(f.effective_to, '9999') >= :'first_day')
            AND (v.meter_id IS NULL OR v.effective_from <= :'first_day' AND coalesce(v.effective_to, '9999') >= :'last_day') AS valid
        FROM registry_meter m INDEXED BY ix_registry_meter_premises_id
        CROSS JOIN set_register x ON x.meter_id = m.id
        CROSS JOIN registry_meter_installation i ON i.meter_id = m.id AND i.superseded_at IS NULL
            AND i.effective_from <= :'first_day' AND i.effective_to IS NULL
        LEFT JOIN registry_meter_verification v ON v.meter_id = m.id AND v.superseded_at IS NULL
        WHERE m.premises_id > 0))
GROUP BY premises_id;

-- A flat: who lives there and what is supplied.
CREATE TEMP TABLE set_flat (account_id INTEGER PRIMARY KEY, building_id INTEGER, services INTEGER, area INTEGER, person_days INTEGER,
    cold INTEGER, cold_told INTEGER, cold_factor INTEGER, hot INTEGER, hot_told INTEGER, hot_factor INTEGER,
    power INTEGER, power_told INTEGER, day INTEGER, night INTEGER, peak INTEGER, half_peak INTEGER);
INSERT INTO set_flat
SELECT account_id, building_id, services, area, person_days,
    coalesce(cold, person_days * :norm_cold), cold IS NOT NULL, cold_meter IS NOT 1 AND cold_meter_possible,
    coalesce(hot, person_days * :norm_hot), hot IS NOT NULL, hot_meter IS NOT 1 AND hot_meter_possible,
    coalesce(power, person_days * :norm_power), power IS NOT NULL, day, night, peak, half_peak
FROM (
    SELECT a.id AS account_id, a.building_id, p.area / 100000 AS area, p.cold_meter_possible, p.hot_meter_possible, m.*,
        (SELECT sum(1 << c.service) FROM registry_connection c WHERE c.account_id = a.id AND c.superseded_at IS NULL
            AND c.effective_from <= :'first_day' AND coalesce(c.effective_to, '9999') >= :'last_day') AS services,
        (SELECT CASE WHEN sum(whole) > 0 THEN sum(whole) * :days + coalesce(sum(part * days), 0)
                ELSE coalesce(sum(part * days), 0) + t.owners * (:days - coalesce(sum((part > 0) * days), 0)) END
            FROM (
                SELECT CASE WHEN r.effective_from <= :'first_day' AND coalesce(r.effective_to, '9999') >= :'last_day'
                        THEN r.count ELSE 0 END AS whole,
                    CASE WHEN r.effective_from > :'first_day' OR r.effective_to < :'last_day' THEN r.count ELSE 0 END AS part,
                    CASE WHEN r.effective_from > :'first_day' OR r.effective_to < :'last_day' THEN
                        CAST(julianday(min(coalesce(r.effective_to, '9999'), :'last_day'))
                            - julianday(max(r.effective_from, :'first_day')) + 1 AS INTEGER) ELSE 0 END AS days
                FROM registry_residents r
                WHERE r.account_id = a.id AND r.superseded_at IS NULL
                    AND r.effective_from <= :'last_day' AND coalesce(r.effective_to, '9999') >= :'first_day'
                    AND (NOT r.temporary OR r.effective_to IS NULL
                        OR julianday(r.effective_to) - julianday(r.effective_from) + 1 > :temporary_days))) AS person_days
    FROM registry_account a
    CROSS JOIN registry_account_term t ON t.account_id = a.id AND t.superseded_at IS NULL AND t.holder_kind = 1
        AND t.effective_from <= :'first_day' AND t.effective_to IS NULL
    CROSS JOIN registry_premises_passport p ON p.premises_id = a.premises_id AND p.superseded_at IS NULL
        AND p.effective_from <= :'first_day' AND coalesce(p.effective_to, '9999') >= :'last_day'
    LEFT JOIN set_metered m ON m.premises_id = a.premises_id)
ORDER BY account_id;

-- A house: its rooms, its heat, and what is left over after its flats (by the divisor) or lacking.
CREATE TEMP TABLE set_used (building_id INTEGER PRIMARY KEY, person_days INTEGER, cold INTEGER, power INTEGER);
INSERT INTO set_used
SELECT building_id, sum(person_days), sum(CASE WHEN services & 2 THEN cold END), sum(CASE WHEN services & 32 THEN power END)
FROM set_flat
GROUP BY building_id;

CREATE TEMP TABLE set_house_meter (building_id INTEGER, service INTEGER, volume INTEGER);
INSERT INTO set_house_meter
SELECT building_id, service, CASE service WHEN 4 THEN known ELSE
    (now - before + CASE WHEN now < before THEN CAST('1' || substr('000000000000', 1, digits) AS INTEGER) * 1000000 ELSE 0 END)
        / 1000 * multiplier / 1000000 * :days END
FROM (
    SELECT m.building_id, m.service, m.digits, m.multiplier,
        (SELECT volume FROM metering_monthly_volume v WHERE v.meter_id = m.id AND v.superseded_at IS NULL AND v.month = :period) AS known,
        (SELECT "index" FROM metering_reading r WHERE r.meter_id = m.id AND r.superseded_at IS NULL
            AND taken BETWEEN :'first_day' AND :'last_day' ORDER BY taken DESC LIMIT 1) AS now,
        (SELECT "index" FROM metering_reading r WHERE r.meter_id = m.id AND r.superseded_at IS NULL
            AND taken >= date(:'first_day', '-1 month') AND taken < :'first_day' ORDER BY taken DESC LIMIT 1) AS before
    FROM registry_meter m
    WHERE m.premises_id IS NULL);

CREATE TEMP TABLE set_house (building_id INTEGER PRIMARY KEY, heat_of_water INTEGER, rooms INTEGER, person_days INTEGER, heat INTEGER,
    heat_meter INTEGER, heat_meter_possible INTEGER, cold_by_norm INTEGER, cold_common INTEGER, cold_divisor INTEGER, cold_lacking INTEGER,
    power_by_norm INTEGER, power_common INTEGER, power_divisor INTEGER, power_lacking INTEGER);
WITH needs AS (
    SELECT building_id, max(service = 1) AS cold, max(service = 5) AS power,
        max(service = 1 AND mode = 1) AS cold_by_meter, max(service = 5 AND mode = 1) AS power_by_meter
    FROM registry_common_needs
    WHERE superseded_at IS NULL AND effective_from <= :'first_day' AND coalesce(effective_to, '9999') >= :'first_day'
    GROUP BY building_id
), metered AS (
    SELECT building_id, max(service = 4) AS heat_meter, sum(CASE service WHEN 4 THEN volume END) AS heat,
        sum(CASE service WHEN 1 THEN volume END) AS cold, sum(CASE service WHEN 5 THEN volume END) AS power
    FROM set_house_meter
    GROUP BY building_id
), left_over AS (
    SELECT u.building_id, q.value AS heat_of_water, b.heat_meter_possible, u.person_days, m.heat, m.heat_meter, n.cold, n.power,
        (SELECT sum(p.area) / 100000 FROM registry_premises r JOIN registry_premises_passport p ON p.premises_id = r.id
                AND p.superseded_at IS NULL AND p.effective_from <= :'first_day' AND coalesce(p.effective_to, '9999') >= :'last_day'
            WHERE r.building_id = u.building_id) AS rooms,
        CASE WHEN n.cold_by_meter THEN m.cold - u.cold END AS cold_rest, b.common_area / 100 * :norm_common_cold AS cold_cap,
        CASE WHEN n.power_by_meter THEN m.power - u.power END AS power_rest, b.common_area / 100 * :norm_common_power AS power_cap
    FROM set_used u
    JOIN registry_building_passport b ON b.building_id = u.building_id AND b.superseded_at IS NULL
        AND b.effective_from <= :'first_day' AND coalesce(b.effective_to, '9999') >= :'first_day'
    JOIN set_heat_of_water q ON q.system = b.hot_water_system
    LEFT JOIN metered m ON m.building_id = u.building_id
    LEFT JOIN needs n ON n.building_id = u.building_id
), capped AS (
    SELECT *, coalesce(cold_rest * 100000 > cold_cap * :days, 1) AS cold_capped,
        coalesce(power_rest * 100000 > power_cap * :days, 1) AS power_capped
    FROM left_over
)
INSERT INTO set_house
SELECT building_id, heat_of_water, rooms, person_days, heat, coalesce(heat_meter, 0), heat_meter_possible,
    cold_rest IS NULL, CASE WHEN cold AND coalesce(cold_rest, 1) > 0 THEN CASE WHEN cold_capped THEN cold_cap ELSE cold_rest END END,
    CASE WHEN cold_capped THEN 100000000 ELSE 1000 * :days END, CASE WHEN cold_rest < 0 THEN -cold_rest END,
    power_rest IS NULL, CASE WHEN power AND coalesce(power_rest, 1) > 0 THEN CASE WHEN power_capped THEN power_cap ELSE power_rest END END,
    CASE WHEN power_capped THEN 100000000 ELSE 1000 * :days END, CASE WHEN power_rest < 0 THEN -power_rest END
FROM capped;
