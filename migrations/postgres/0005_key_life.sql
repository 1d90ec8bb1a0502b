-- Who changed a key last, and why it was deleted, if somebody said.
ALTER TABLE keys ADD COLUMN updated_by TEXT NOT NULL DEFAULT '';
UPDATE keys SET updated_by = created_by;
ALTER TABLE keys ADD COLUMN delete_reason TEXT;

-- When the revocation ledger ended a secret that this database, put back from a backup, still has as the current one.
ALTER TABLE key_secrets ADD COLUMN revoked_at BIGINT;

-- The lists that are not the usual one.
CREATE INDEX keys_disabled_page ON keys (account_id, created_at, id) WHERE deleted_at IS NULL AND enabled = FALSE;
CREATE INDEX keys_expiring_page ON keys (account_id, created_at, id) WHERE deleted_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX keys_deleted_page ON keys (account_id, created_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX key_secrets_retired ON key_secrets (key_id, retires_at) WHERE retires_at IS NOT NULL;
CREATE INDEX audit_key ON audit (key_id, seq) WHERE key_id IS NOT NULL;

-- From where a replaced secret was used while it went on working; written in batches. An empty address is one that was
-- not known.
CREATE TABLE secret_uses (
    public_id TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (public_id, address)
);
