-- What was done, in a chain of hashes. No references: the audit outlives what it speaks of.
CREATE TABLE audit (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    member_id TEXT,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    key_id TEXT,
    details TEXT NOT NULL,
    address TEXT,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
