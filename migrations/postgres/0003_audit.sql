-- The audit log, chained by hashes. No foreign keys: it outlives the rows that it names.
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
-- For an account's activity: newest first, of one actor, of one key.
CREATE INDEX audit_account ON audit (account_id, seq);
CREATE INDEX audit_actor ON audit (account_id, actor, seq);
CREATE INDEX audit_key ON audit (key_id, seq);
