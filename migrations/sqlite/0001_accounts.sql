-- Who owns keys, and who may sign in. Times are epoch milliseconds.
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT REFERENCES accounts (id),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX accounts_parent ON accounts (parent_id);

CREATE TABLE members (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'viewer')),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX members_account ON members (account_id);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_member ON sessions (member_id);
