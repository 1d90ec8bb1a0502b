-- Accounts, and the people who sign in to them. Times are epoch milliseconds. Tokens and codes are stored as hashes;
-- secrets of second factors are encrypted with a key that is not in the database.

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT REFERENCES accounts (id),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    requires_two_factor INTEGER NOT NULL DEFAULT 0 CHECK (requires_two_factor IN (0, 1)),
    deleted_at INTEGER
) STRICT;
CREATE INDEX accounts_parent ON accounts (parent_id);
CREATE INDEX accounts_page ON accounts (created_at, id);

CREATE TABLE members (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'viewer')),
    created_at INTEGER NOT NULL,
    last_sign_in_at INTEGER,
    -- The language of the console (BCP 47); NULL for the browser's.
    language TEXT
) STRICT;
CREATE INDEX members_account ON members (account_id);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    -- The sub-account that is open in this session instead of the member's own account.
    open_account_id TEXT REFERENCES accounts (id)
) STRICT;
CREATE INDEX sessions_member ON sessions (member_id);

-- The password was right; the second factor is still missing.
CREATE TABLE pending_sign_ins (
    token_hash BLOB NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    failed_attempts INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_sign_ins_member ON pending_sign_ins (member_id);

CREATE TABLE two_factors (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    sealed_secret BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    -- NULL until the member has entered a first code.
    confirmed_at INTEGER,
    -- The newest time step of which a code was accepted, so that no code is accepted twice.
    last_step INTEGER NOT NULL
) STRICT;

-- A code is deleted when it is used.
CREATE TABLE recovery_codes (
    member_id TEXT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    PRIMARY KEY (member_id, hash)
) STRICT;

-- Accepted and deleted invitations stay for a while, so that their links can say why they no longer work.
CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'viewer')),
    token_hash BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'deleted')),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
-- At most one open invitation per account and email.
CREATE UNIQUE INDEX invitations_open ON invitations (account_id, email) WHERE state = 'open';
CREATE INDEX invitations_expires ON invitations (expires_at);

-- Operator tokens, for programs that manage accounts and keys.
CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    last_chars TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
