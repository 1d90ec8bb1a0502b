-- Sub-accounts that can be closed and opened in the console, operator tokens, and creations that may be repeated.
ALTER TABLE accounts ADD COLUMN closed_at INTEGER;
CREATE INDEX accounts_page ON accounts (created_at, id);

-- The sub-account that is open in this session instead of the member's own account.
ALTER TABLE sessions ADD COLUMN open_account_id TEXT REFERENCES accounts (id);

CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    last_chars TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- Which key a creation made, for a repeat of it. `request` is a hash of what was asked for; no secret is kept.
CREATE TABLE repeats (
    asker TEXT NOT NULL,
    repeat_key TEXT NOT NULL,
    request BLOB NOT NULL,
    made TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (asker, repeat_key)
) STRICT;
CREATE INDEX repeats_created ON repeats (created_at);
