-- Members: when they signed in last, who is invited, second factors. Tokens and codes are stored hashed, the secrets of
-- second factors sealed with a key that is not in the database. Times are epoch milliseconds.
ALTER TABLE members ADD COLUMN last_sign_in_at INTEGER;
ALTER TABLE accounts ADD COLUMN requires_two_factor INTEGER NOT NULL DEFAULT 0 CHECK (requires_two_factor IN (0, 1));

-- One that is over is kept for a while, so that its link can say why it does nothing.
CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'viewer')),
    token_hash BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('open', 'used', 'withdrawn')),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
-- A person holds at most one link to an account.
CREATE UNIQUE INDEX invitations_open ON invitations (account_id, email) WHERE state = 'open';
CREATE INDEX invitations_end ON invitations (expires_at);

-- `confirmed_at` is missing until the member has shown a first code. `last_step` is the newest step of which a code was
-- accepted: none is accepted twice.
CREATE TABLE two_factors (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    sealed_secret BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL
) STRICT;

-- A code that was used is gone.
CREATE TABLE recovery_codes (
    member_id TEXT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    PRIMARY KEY (member_id, hash)
) STRICT;

-- Whoever has shown the right password and not yet a code.
CREATE TABLE pending_sign_ins (
    token_hash BLOB NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_sign_ins_member ON pending_sign_ins (member_id);
