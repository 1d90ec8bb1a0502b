-- What an account's members read of the audit: newest first, of one person, of one key.
CREATE INDEX audit_account ON audit (account_id, seq);
CREATE INDEX audit_actor ON audit (account_id, actor, seq);
CREATE INDEX audit_key ON audit (key_id, seq);
