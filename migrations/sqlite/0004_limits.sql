-- How often a key may be used: canonical text in its row, as its whitelist is, so that one row decides a call.
ALTER TABLE keys ADD COLUMN limits TEXT NOT NULL DEFAULT '';

-- What was handed out of each limit in its newest window. A node takes some in advance and counts in memory; what it
-- took and did not use when it crashed stays counted, so there is never more than the limit. `granted` is what the last
-- statement handed out. No references: rows are written while calls wait.
CREATE TABLE meters (
    key_id TEXT NOT NULL,
    meter TEXT NOT NULL,
    period INTEGER NOT NULL,
    used INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    PRIMARY KEY (key_id, meter)
) STRICT;

-- When and from where each key was used last; written in batches.
CREATE TABLE last_uses (
    key_id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    address TEXT
) STRICT;
