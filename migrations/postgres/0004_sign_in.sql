-- Two-factor codes that are required from a date on, and one-time links for a new password.

-- From when every member must use two-factor codes; NULL if they are optional.
ALTER TABLE accounts ADD COLUMN two_factor_required_from BIGINT;
UPDATE accounts SET two_factor_required_from = 0 WHERE requires_two_factor;
ALTER TABLE accounts DROP COLUMN requires_two_factor;

-- A row is deleted when its link is used.
CREATE TABLE password_resets (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    member_id TEXT COLLATE "C" NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX password_resets_member ON password_resets (member_id);
CREATE INDEX password_resets_expires ON password_resets (expires_at);
