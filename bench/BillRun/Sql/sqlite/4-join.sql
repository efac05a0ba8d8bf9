-- The references, all at once; what is broken would come out as rows.
PRAGMA foreign_key_check(set_bill);
PRAGMA foreign_key_check(set_line);
