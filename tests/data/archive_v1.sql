-- The archive of a case. `n` columns are local row numbers for joins and never leave the file;
-- `id` columns are the stable ids of the graph model. Every text column holds masked text.
-- Times are whole seconds since 1970 UTC unless the name says otherwise.

CREATE TABLE run (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- run:<hash>
  tool_version TEXT NOT NULL,
  options TEXT NOT NULL,              -- JSON: reader, mapping, zone, venue
  operator TEXT, received_from TEXT, legal_basis TEXT, purpose TEXT,
  tz TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER                    -- NULL while it runs or when it was interrupted
) STRICT;

CREATE TABLE file (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- file:<sha256>
  run_n INTEGER NOT NULL REFERENCES run(n),
  path TEXT NOT NULL,                 -- as given at ingest, masked
  size INTEGER NOT NULL,
  media_kind TEXT NOT NULL,
  reader TEXT,                        -- NULL when set aside
  zone TEXT, zone_basis TEXT,         -- basis: file, option, case
  options TEXT NOT NULL DEFAULT '{}', -- options that change what is read
  origin TEXT, parent_id TEXT, tlp TEXT,
  captured_at INTEGER NOT NULL,
  state TEXT NOT NULL,                -- reading, read, broken_off, set_aside, failed
  posts INTEGER NOT NULL DEFAULT 0,   -- items of each sort met in the file
  service INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  set_aside INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE problem (
  n INTEGER PRIMARY KEY,
  file_n INTEGER NOT NULL REFERENCES file(n) ON DELETE CASCADE,
  place TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;

CREATE TABLE aside (
  n INTEGER PRIMARY KEY,
  run_n INTEGER NOT NULL REFERENCES run(n),
  name TEXT NOT NULL, reason TEXT NOT NULL,
  sha256 TEXT, size INTEGER,
  UNIQUE (name, reason, sha256)
) STRICT;

CREATE TABLE coverage (               -- watched stretches, days included, in the case's zone
  n INTEGER PRIMARY KEY,
  run_n INTEGER NOT NULL REFERENCES run(n),
  venue_id TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL,
  UNIQUE (venue_id, from_day, to_day)
) STRICT;

CREATE TABLE venue (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  platform TEXT NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL,
  native INTEGER NOT NULL, private INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE venue_alias (            -- another id of the same venue -> the id in use
  alias TEXT PRIMARY KEY, venue_id TEXT NOT NULL, basis TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE venue_name (
  venue_n INTEGER NOT NULL REFERENCES venue(n), name TEXT NOT NULL, utc INTEGER,
  UNIQUE (venue_n, name, utc)
) STRICT;

CREATE TABLE account (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  platform TEXT NOT NULL, native_id TEXT NOT NULL,
  native INTEGER NOT NULL,            -- 0 where only a name is known
  bot INTEGER NOT NULL DEFAULT 0,     -- the export says so
  own INTEGER NOT NULL DEFAULT 0,     -- the collector's own account
  category TEXT NOT NULL DEFAULT 'unknown'
) STRICT;

CREATE TABLE post (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- post:<hash>
  venue_n INTEGER REFERENCES venue(n), -- NULL only for a report passage
  account_n INTEGER REFERENCES account(n),
  sender TEXT,                        -- display name, masked
  native_id TEXT,
  kind TEXT NOT NULL,
  wall TEXT, utc INTEGER, raw_time TEXT,
  edited INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,
  heading TEXT NOT NULL DEFAULT '',
  reply_to TEXT,                      -- native id in the same venue
  forwarded INTEGER NOT NULL DEFAULT 0,
  forwarded_account TEXT, forwarded_name TEXT,
  action TEXT, members TEXT,          -- service posts; members: JSON list
  version_n INTEGER                   -- the latest post_version
) STRICT;
CREATE INDEX post_venue ON post(venue_n, utc);
CREATE INDEX post_account ON post(account_n, utc);
CREATE INDEX post_native ON post(venue_n, native_id) WHERE native_id IS NOT NULL;

CREATE TABLE post_version (
  n INTEGER PRIMARY KEY,
  post_n INTEGER NOT NULL REFERENCES post(n) ON DELETE CASCADE,
  text TEXT NOT NULL,                 -- masked length for length
  text_key BLOB NOT NULL,             -- HMAC of the text as written, with the case's secret
  masked INTEGER NOT NULL DEFAULT 0,  -- victims' identifiers masked
  edited_at INTEGER,
  UNIQUE (post_n, text_key)
) STRICT;

CREATE TABLE capture (                -- which version stood at which place of which file
  version_n INTEGER NOT NULL REFERENCES post_version(n) ON DELETE CASCADE,
  file_n INTEGER NOT NULL REFERENCES file(n) ON DELETE CASCADE,
  place TEXT NOT NULL, byte_offset INTEGER NOT NULL,
  PRIMARY KEY (version_n, file_n, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX capture_file ON capture(file_n);

CREATE TABLE mention (
  post_n INTEGER NOT NULL REFERENCES post(n) ON DELETE CASCADE,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  kind TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (post_n, span_start, kind, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE media (
  post_n INTEGER NOT NULL REFERENCES post(n) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (post_n, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE identifier (             -- linkage of one masked value across posts
  version_n INTEGER NOT NULL REFERENCES post_version(n) ON DELETE CASCADE,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  kind TEXT NOT NULL,                 -- identity_number, card, phone, email, address, name
  value_key BLOB NOT NULL,            -- HMAC of the normalised value
  PRIMARY KEY (version_n, span_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading (                -- which version was read by which extractor and lexicon
  version_n INTEGER PRIMARY KEY REFERENCES post_version(n) ON DELETE CASCADE,
  extractor TEXT NOT NULL, lexicon TEXT NOT NULL
) STRICT;

CREATE TABLE record (                 -- what extraction gave: listings, acts, findings
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- listing:<hash>; act and finding: claim:<hash>
  version_n INTEGER NOT NULL REFERENCES post_version(n) ON DELETE CASCADE,
  kind TEXT NOT NULL,                 -- listing, act, organisation, market, place, event, figure, role
  number INTEGER NOT NULL,            -- in the post, from 0
  span_start INTEGER, span_end INTEGER,
  body TEXT NOT NULL,                 -- JSON of ingest.records, without `text`
  extractor TEXT NOT NULL, lexicon TEXT NOT NULL
) STRICT;
CREATE INDEX record_version ON record(version_n);
CREATE INDEX record_kind ON record(kind);

CREATE TABLE product_mention (        -- product terms over all posts, for market.product_ranking
  post_n INTEGER NOT NULL REFERENCES post(n) ON DELETE CASCADE,
  product TEXT NOT NULL,              -- product:… or service:…
  PRIMARY KEY (post_n, product)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (                  -- slot values of a listing, by stable id
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- claim:<hash>
  record_n INTEGER NOT NULL REFERENCES record(n) ON DELETE CASCADE,
  kind TEXT NOT NULL,                 -- product, source, method, price, quantity, contact, escrow, role, …
  subject TEXT NOT NULL,              -- subject id: the listing, account or organisation
  code TEXT NOT NULL,                 -- value code
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_record ON claim(record_n);

CREATE TABLE claim_revision (
  claim_n INTEGER NOT NULL REFERENCES claim(n) ON DELETE CASCADE,
  extractor TEXT NOT NULL, lexicon TEXT NOT NULL, confidence REAL,
  PRIMARY KEY (claim_n, extractor, lexicon)
) STRICT, WITHOUT ROWID;

CREATE TABLE text_cluster (           -- derived by the build: near-duplicate posts
  post_n INTEGER PRIMARY KEY REFERENCES post(n) ON DELETE CASCADE,
  cluster TEXT NOT NULL,              -- cluster:<hash>
  similarity REAL NOT NULL
) STRICT;

CREATE TABLE tie_piece (              -- derived by the build: one dated piece of evidence for a tie
  n INTEGER PRIMARY KEY,
  evidence TEXT NOT NULL,             -- row of the table "from evidence to tie"
  type TEXT NOT NULL,                 -- SUPPLIES, BUYS_FROM, BROKERS_FOR, RECRUITS, INTERACTS_WITH
  from_id TEXT NOT NULL, to_id TEXT NOT NULL,
  giver TEXT, taker TEXT,             -- direction of the goods, where the tie has one
  product TEXT,                       -- node id, NULL when unknown
  side TEXT, commission REAL,
  modality TEXT NOT NULL, basis TEXT NOT NULL, confidence REAL NOT NULL,
  utc INTEGER,                        -- time of the last post of the piece
  posts TEXT NOT NULL,                -- JSON list of post ids, in order of time
  listings TEXT NOT NULL              -- JSON list of listing ids
) STRICT;
CREATE INDEX tie_piece_giver ON tie_piece(giver);
CREATE INDEX tie_piece_taker ON tie_piece(taker);

CREATE TABLE decision (               -- an analyst's decisions, appended, undone by another row
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL, target TEXT NOT NULL, value TEXT NOT NULL,
  author TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
  undoes TEXT
) STRICT;

CREATE TABLE audit (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL,
  previous BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;

CREATE TABLE setting (                -- build state: versions, snapshot of the last build
  name TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
