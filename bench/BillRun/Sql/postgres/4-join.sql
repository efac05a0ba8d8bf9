-- The keys, the references, and the month joins the others. With the check there the rows are not looked through once more.
ALTER TABLE set_bill_month ADD CHECK (posted_in = :period);
ALTER TABLE set_bill ATTACH PARTITION set_bill_month FOR VALUES IN (:period);
ALTER TABLE set_line_month ALTER posted_in SET NOT NULL, ALTER account_id SET NOT NULL, ALTER run_id SET NOT NULL,
    ALTER number SET NOT NULL, ALTER period SET NOT NULL, ALTER service SET NOT NULL, ALTER component SET NOT NULL,
    ALTER bases SET NOT NULL, ALTER quantity SET NOT NULL, ALTER unit SET NOT NULL, ALTER vat_rate SET NOT NULL,
    ALTER vat_minor SET NOT NULL, ALTER vat_on_top SET NOT NULL, ALTER working SET NOT NULL,
    ALTER amount_currency SET NOT NULL, ALTER amount_minor SET NOT NULL, ADD CHECK (posted_in = :period);
ALTER TABLE set_line ATTACH PARTITION set_line_month FOR VALUES IN (:period);
