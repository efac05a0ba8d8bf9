-- What the month is written into: tables of the same columns, keys and references as the product's, cut by month alike.
-- The month itself is filled first and joins when it has its keys.
DROP TABLE IF EXISTS set_line, set_bill, set_line_month, set_bill_month;
DROP TABLE IF EXISTS set_register, set_lived, set_supplied, set_flat, set_house, set_fee, set_zone;
CREATE TABLE set_bill (LIKE billing_bill INCLUDING DEFAULTS, PRIMARY KEY (posted_in, account_id, run_id),
    FOREIGN KEY (account_id) REFERENCES registry_account (id)) PARTITION BY LIST (posted_in);
CREATE INDEX ON set_bill (account_id);
CREATE TABLE set_line (LIKE billing_charge_line INCLUDING DEFAULTS, PRIMARY KEY (posted_in, account_id, run_id, number),
    FOREIGN KEY (posted_in, account_id, run_id) REFERENCES set_bill (posted_in, account_id, run_id)) PARTITION BY LIST (posted_in);
CREATE TABLE set_bill_month (LIKE billing_bill INCLUDING DEFAULTS);
