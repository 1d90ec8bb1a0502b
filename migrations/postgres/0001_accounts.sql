-- Accounts, and the people who sign in to them. Times are epoch milliseconds. Tokens and codes are stored as hashes;
-- secrets of second factors are encrypted with a key that is not in the database.

CREATE TABLE accounts (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    parent_id TEXT COLLATE "C" REFERENCES accounts (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    requires_two_factor BOOLEAN NOT NULL DEFAULT FALSE,
    deleted_at BIGINT
);
CREATE INDEX accounts_parent ON accounts (parent_id);
CREATE INDEX accounts_page ON accounts (created_at, id);

CREATE TABLE members (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'viewer')),
    created_at BIGINT NOT NULL,
    last_sign_in_at BIGINT,
    -- The language of the console (BCP 47); NULL for the browser's.
    language TEXT
);
CREATE INDEX members_account ON members (account_id);

CREATE TABLE sessions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    member_id TEXT COLLATE "C" NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    -- The sub-account that is open in this session instead of the member's own account.
    open_account_id TEXT COLLATE "C" REFERENCES accounts (id)
);
CREATE INDEX sessions_member ON sessions (member_id);

-- The password was right; the second factor is still missing.
CREATE TABLE pending_sign_ins (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    member_id TEXT COLLATE "C" NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    failed_attempts BIGINT NOT NULL
);
CREATE INDEX pending_sign_ins_member ON pending_sign_ins (member_id);

CREATE TABLE two_factors (
    member_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    sealed_secret BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    -- NULL until the member has entered a first code.
    confirmed_at BIGINT,
    -- The newest time step of which a code was accepted, so that no code is accepted twice.
    last_step BIGINT NOT NULL
);

-- A code is deleted when it is used.
CREATE TABLE recovery_codes (
    member_id TEXT COLLATE "C" NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    PRIMARY KEY (member_id, hash)
);

-- Accepted and deleted invitations stay for a while, so that their links can say why they no longer work.
CREATE TABLE invitations (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'viewer')),
    token_hash BYTEA NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'deleted')),
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
-- At most one open invitation per account and email.
CREATE UNIQUE INDEX invitations_open ON invitations (account_id, email) WHERE state = 'open';
CREATE INDEX invitations_expires ON invitations (expires_at);

-- Operator tokens, for programs that manage accounts and keys.
CREATE TABLE tokens (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    last_chars TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
