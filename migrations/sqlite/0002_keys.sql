-- Keys, their secrets and their usage. Times are epoch milliseconds.

-- Whitelist, privileges and limits are canonical text, so that the gate decides from a single row.
CREATE TABLE keys (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    -- Case-folded by the program for searching, because the databases fold non-ASCII letters differently.
    name_folded TEXT NOT NULL,
    environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox')),
    channel TEXT,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    whitelist TEXT NOT NULL,
    privileges TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER,
    deleted_at INTEGER,
    generation INTEGER NOT NULL,
    limits TEXT NOT NULL DEFAULT '',
    updated_by TEXT NOT NULL DEFAULT '',
    delete_reason TEXT,
    -- A copy of the current secret's last characters, so that a search need not join every key with its secret.
    last_chars_folded TEXT NOT NULL DEFAULT ''
) STRICT;
-- Covers the search and the count of keys, so that neither reads the rows themselves.
CREATE INDEX keys_page ON keys (account_id, created_at, id, name_folded, last_chars_folded, environment, deleted_at)
    WHERE deleted_at IS NULL;
CREATE INDEX keys_disabled_page ON keys (account_id, created_at, id) WHERE deleted_at IS NULL AND enabled = FALSE;
CREATE INDEX keys_expiring_page ON keys (account_id, created_at, id) WHERE deleted_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX keys_deleted_page ON keys (account_id, created_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX keys_deleted ON keys (id) WHERE deleted_at IS NOT NULL;
CREATE INDEX keys_generation ON keys (generation);

CREATE TABLE key_secrets (
    public_id TEXT NOT NULL PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES keys (id),
    hash BLOB NOT NULL,
    last_chars TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- When a retired secret stops working; NULL for the current one.
    retires_at INTEGER,
    -- When the revocation ledger ended a secret that this database, restored from a backup, still has as the current one.
    revoked_at INTEGER
) STRICT;
CREATE INDEX key_secrets_key ON key_secrets (key_id);
-- At most one current secret per key.
CREATE UNIQUE INDEX key_secrets_current ON key_secrets (key_id) WHERE retires_at IS NULL;
CREATE INDEX key_secrets_retired ON key_secrets (key_id, retires_at) WHERE retires_at IS NOT NULL;

-- From which addresses a retired secret was used; written in batches. The address is empty if it was not known.
CREATE TABLE retired_secret_uses (
    public_id TEXT NOT NULL,
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (public_id, address)
) STRICT;

-- When and from where each key was last used; written in batches.
CREATE TABLE last_uses (
    key_id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    address TEXT
) STRICT;

-- How much of each limit of a key is reserved in its newest period. A node reserves some in advance and counts calls in
-- memory; after a crash its unused rest stays counted, so that a limit is never exceeded. `granted` is what the last
-- statement reserved. No foreign keys: rows are written while calls wait.
CREATE TABLE quotas (
    key_id TEXT NOT NULL,
    meter TEXT NOT NULL,
    period INTEGER NOT NULL,
    used INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    PRIMARY KEY (key_id, meter)
) STRICT;

-- A single row, incremented with each change to a key. Caches compare it with their own to detect changes.
CREATE TABLE key_generation (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO key_generation (id, value) VALUES (1, 0);

-- Which resource a request created, for a repetition of it with the same idempotency key. No secret is stored.
CREATE TABLE idempotency_keys (
    actor_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    resource_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (actor_id, idempotency_key)
) STRICT;
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
