-- How often a key may be used: canonical text in its row, as its whitelist is, so that one row decides a call.
ALTER TABLE keys ADD COLUMN limits TEXT NOT NULL DEFAULT '';

-- What was handed out of each limit in its newest window. A node takes some in advance and counts in memory; what it
-- took and did not use when it crashed stays counted, so there is never more than the limit. `granted` is what the last
-- statement handed out. No references: rows are written while calls wait.
CREATE TABLE meters (
    key_id TEXT COLLATE "C" NOT NULL,
    meter TEXT COLLATE "C" NOT NULL,
    period BIGINT NOT NULL,
    used BIGINT NOT NULL,
    granted BIGINT NOT NULL,
    PRIMARY KEY (key_id, meter)
);

-- When and from where each key was used last; written in batches.
CREATE TABLE last_uses (
    key_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    address TEXT
);
