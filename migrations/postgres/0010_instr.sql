-- SQLite's name for it, so that a search is one statement on both databases.
CREATE FUNCTION instr(text_within TEXT, sought TEXT) RETURNS INTEGER LANGUAGE SQL IMMUTABLE PARALLEL SAFE
    AS 'SELECT strpos(text_within, sought)';
