-- As generous as one working alone may be, and with fresh statistics.
SET work_mem = '256MB';
SET hash_mem_multiplier = 2;
SET maintenance_work_mem = '512MB';
SET max_parallel_workers_per_gather = :workers;
SET max_parallel_maintenance_workers = :workers;
SET jit = off;
ANALYZE;
CHECKPOINT;
