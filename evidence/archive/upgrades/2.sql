-- What an archive of version 1 lacks.

ALTER TABLE run ADD COLUMN root TEXT;
ALTER TABLE file ADD COLUMN encoding TEXT;
ALTER TABLE file ADD COLUMN encoding_basis TEXT;

CREATE TABLE run_file (
  run_n INTEGER NOT NULL REFERENCES run(n),
  file_n INTEGER NOT NULL REFERENCES file(n) ON DELETE CASCADE,
  times INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (run_n, file_n)
) STRICT, WITHOUT ROWID;

CREATE TABLE manifest (
  n INTEGER PRIMARY KEY,
  run_n INTEGER NOT NULL REFERENCES run(n),
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (run_n, sha256)
) STRICT;

CREATE TABLE manifest_line (
  n INTEGER PRIMARY KEY,
  manifest_n INTEGER NOT NULL REFERENCES manifest(n) ON DELETE CASCADE,
  path TEXT NOT NULL,
  state TEXT NOT NULL,
  listed TEXT, found TEXT,
  file_n INTEGER REFERENCES file(n) ON DELETE CASCADE
) STRICT;
CREATE INDEX manifest_line_file ON manifest_line(file_n);

CREATE TABLE member (
  archive_n INTEGER NOT NULL REFERENCES file(n) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  file_n INTEGER REFERENCES file(n) ON DELETE CASCADE,
  reason TEXT, sha256 TEXT, size INTEGER,
  PRIMARY KEY (archive_n, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_file ON member(file_n) WHERE file_n IS NOT NULL;

CREATE TABLE tombstone (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  posts INTEGER NOT NULL,
  reason TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;

CREATE TABLE suppression (
  key BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE joined (
  post_n INTEGER PRIMARY KEY REFERENCES post(n) ON DELETE CASCADE,
  kept_n INTEGER,
  basis TEXT NOT NULL,
  venue_n INTEGER, account_n INTEGER, version_n INTEGER,
  kind TEXT NOT NULL
) STRICT;
CREATE INDEX joined_kept ON joined(kept_n) WHERE kept_n IS NOT NULL;

CREATE TABLE joined_name (
  id TEXT PRIMARY KEY,
  kept TEXT,
  shared INTEGER NOT NULL,
  candidates TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE named (
  file_n INTEGER NOT NULL REFERENCES file(n) ON DELETE CASCADE,
  id TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (file_n, id, name)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO named
SELECT DISTINCT c.file_n, w.id, w.name FROM capture c JOIN post_version v ON v.n = c.version_n
JOIN post p ON p.n = v.post_n JOIN venue w ON w.n = p.venue_n
UNION SELECT c.file_n, a.id, p.sender FROM capture c JOIN post_version v ON v.n = c.version_n
JOIN post p ON p.n = v.post_n JOIN account a ON a.n = p.account_n WHERE p.sender <> '';

ALTER TABLE media ADD COLUMN sha256 TEXT;
ALTER TABLE media ADD COLUMN size INTEGER;
ALTER TABLE media ADD COLUMN state TEXT;
