-- Sorting the list of keys by name, by expiry and by last use, each from an index.

-- Sorted by code points, as SQLite does, and not by the locale of the database.
ALTER TABLE keys ALTER COLUMN name_folded TYPE TEXT COLLATE "C";
CREATE INDEX keys_name_page ON keys (account_id, name_folded, id) WHERE deleted_at IS NULL;
CREATE INDEX keys_expiry_page ON keys (account_id, expires_at, id) WHERE deleted_at IS NULL AND expires_at IS NOT NULL;

-- The account of the key, which never changes; empty if the key's row is gone.
ALTER TABLE last_uses ADD COLUMN account_id TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE last_uses SET account_id = COALESCE((SELECT k.account_id FROM keys k WHERE k.id = last_uses.key_id), '');
CREATE INDEX last_uses_page ON last_uses (account_id, at, key_id);
