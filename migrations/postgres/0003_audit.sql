-- What was done, in a chain of hashes. No references: the audit outlives what it speaks of.
CREATE TABLE audit (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    account_id TEXT COLLATE "C" NOT NULL,
    member_id TEXT COLLATE "C",
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    key_id TEXT COLLATE "C",
    details TEXT NOT NULL,
    address TEXT,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
