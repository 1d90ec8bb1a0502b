-- The audit log, chained by hashes. No foreign keys: it outlives the rows that it names.
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
-- For an account's activity: newest first, of one actor, of one key.
CREATE INDEX audit_account ON audit (account_id, seq);
CREATE INDEX audit_actor ON audit (account_id, actor, seq);
CREATE INDEX audit_key ON audit (key_id, seq);
