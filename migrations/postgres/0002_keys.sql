-- Keys. Whitelist and privileges are canonical text, so that one row decides a call.
CREATE TABLE keys (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    -- For searching: neither database folds the case of all letters alike.
    name_folded TEXT NOT NULL,
    environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox')),
    channel TEXT,
    enabled BOOLEAN NOT NULL,
    whitelist TEXT NOT NULL,
    privileges TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT,
    deleted_at BIGINT,
    generation BIGINT NOT NULL
);
CREATE INDEX keys_page ON keys (account_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX keys_generation ON keys (generation);
CREATE INDEX keys_deleted ON keys (id) WHERE deleted_at IS NOT NULL;

CREATE TABLE key_secrets (
    public_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key_id TEXT COLLATE "C" NOT NULL REFERENCES keys (id),
    hash BYTEA NOT NULL,
    last_chars TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    retires_at BIGINT
);
CREATE INDEX key_secrets_key ON key_secrets (key_id);
-- A key has one current secret; the ones before it have a time at which they stop working.
CREATE UNIQUE INDEX key_secrets_current ON key_secrets (key_id) WHERE retires_at IS NULL;

-- One row: grows with each change to a key.
CREATE TABLE changes (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    generation BIGINT NOT NULL
);
INSERT INTO changes (id, generation) VALUES (1, 0);
