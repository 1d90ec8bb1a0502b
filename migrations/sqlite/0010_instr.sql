-- SQLite has instr; PostgreSQL learns it in the migration of this number.
SELECT 1;
