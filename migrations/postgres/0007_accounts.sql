-- Sub-accounts that can be closed and opened in the console, operator tokens, and creations that may be repeated.
ALTER TABLE accounts ADD COLUMN closed_at BIGINT;
CREATE INDEX accounts_page ON accounts (created_at, id);

-- The sub-account that is open in this session instead of the member's own account.
ALTER TABLE sessions ADD COLUMN open_account_id TEXT COLLATE "C" REFERENCES accounts (id);

CREATE TABLE tokens (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    last_chars TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- Which key a creation made, for a repeat of it. `request` is a hash of what was asked for; no secret is kept.
CREATE TABLE repeats (
    asker TEXT COLLATE "C" NOT NULL,
    repeat_key TEXT COLLATE "C" NOT NULL,
    request BYTEA NOT NULL,
    made TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (asker, repeat_key)
);
CREATE INDEX repeats_created ON repeats (created_at);
