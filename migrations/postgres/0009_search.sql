-- What a search looks at, beside the folded name: without it, each key of an account would cost a look at its secret.
ALTER TABLE keys ADD COLUMN last_folded TEXT NOT NULL DEFAULT '';
UPDATE keys SET last_folded = COALESCE(
    (SELECT LOWER(s.last_chars) FROM key_secrets s WHERE s.key_id = keys.id AND s.retires_at IS NULL), '');
