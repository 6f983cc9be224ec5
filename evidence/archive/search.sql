-- Search index over the posts, made from them and thrown away at will. A block holds the folded
-- texts of the posts whose row numbers it spans; what touches one of them removes the block, so a
-- block that stands is true, and what is taken out of the archive does not stay here.

CREATE TABLE IF NOT EXISTS search_block (
  block INTEGER PRIMARY KEY,          -- post.n / 2048
  folding TEXT NOT NULL,              -- the folding that made the texts
  top INTEGER NOT NULL,               -- highest post.n in it
  newest INTEGER,                     -- latest time in it
  sketch BLOB NOT NULL,               -- which short runs of characters may occur
  marks BLOB NOT NULL,                -- time, end and number of each post
  text BLOB NOT NULL                  -- UTF-8; sender, heading and text on a line each
) STRICT;

CREATE TRIGGER IF NOT EXISTS search_post_gone AFTER DELETE ON post BEGIN
  DELETE FROM search_block WHERE block = old.n / 2048;
END;
CREATE TRIGGER IF NOT EXISTS search_post_changed
AFTER UPDATE OF version_n, sender, heading, utc ON post BEGIN
  DELETE FROM search_block WHERE block = old.n / 2048;
END;
CREATE TRIGGER IF NOT EXISTS search_text_changed AFTER UPDATE OF text ON post_version BEGIN
  DELETE FROM search_block WHERE block = old.post_n / 2048;
END;

CREATE TABLE IF NOT EXISTS node_name (-- the nodes of the last build that people look for
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  name TEXT NOT NULL,
  last_seen INTEGER,
  folded TEXT NOT NULL                -- lines of folded text: end of the id, name, id
) STRICT, WITHOUT ROWID;
