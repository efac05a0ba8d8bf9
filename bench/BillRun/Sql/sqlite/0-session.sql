-- As the product commits, and otherwise as generous as one working alone may be. References are checked at the end.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = OFF;
PRAGMA cache_size = -524288;
PRAGMA temp_store = MEMORY;
PRAGMA mmap_size = 8589934592;
PRAGMA threads = 2;
ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
