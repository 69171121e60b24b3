-- The register, version 1. Tables have names in the singular and hold numbers that join them; views have names in the plural and
-- hold what a person asks for, with text ids. Quotations are not stored: they are cut out of the article's text where they are shown,
-- so a quotation can not differ from the article.
--
-- Offsets are code points, half open, as in the record. Dates are EDTF as the article gives them; `day`, `from_day`, `until_day` are the same as numbers
-- (20240702), for ranges and order. Lists stand as JSON.

-- What made this register: schema, engine, lexicon.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Words for the closed lists.
CREATE TABLE label (grp TEXT NOT NULL, id TEXT NOT NULL, ar TEXT NOT NULL, en TEXT NOT NULL, PRIMARY KEY (grp, id)) WITHOUT ROWID;

-- One row a version of an article. Only the current version has reports, statements and the like.
CREATE TABLE article (
  article_id INTEGER PRIMARY KEY,
  article    TEXT NOT NULL,              -- permanent key
  version    TEXT NOT NULL,              -- hash of text and metadata
  current    INTEGER NOT NULL,
  id         TEXT,                       -- as the source gives it
  url        TEXT,
  outlet     TEXT,
  title      TEXT,
  given      TEXT,                       -- publication date as the source gives it
  published  TEXT,                       -- publication date as settled by reading
  day        INTEGER NOT NULL,           -- first day of published, 0 where none is known
  search_id  INTEGER NOT NULL UNIQUE,     -- row in search: day and a hash of the version
  made_with  TEXT NOT NULL,              -- lexicon that read it
  UNIQUE (article, version)
);
CREATE INDEX article_day ON article (day);
CREATE TABLE article_text (article_id INTEGER PRIMARY KEY, text TEXT NOT NULL);

-- Reprints. A signature is what remains of a text for comparison; `twin` says which articles of one window of days are one text (each with the least of its
-- group), `wire` which hang together over all windows, under the least article key. An article that stands alone has no row in either.
CREATE TABLE signature (article_id INTEGER PRIMARY KEY, shingles INTEGER NOT NULL, hashes BLOB NOT NULL);
CREATE TABLE twin (span INTEGER NOT NULL, article_id INTEGER NOT NULL, with_id INTEGER NOT NULL, PRIMARY KEY (span, article_id)) WITHOUT ROWID;
CREATE INDEX twin_article ON twin (article_id);
CREATE INDEX twin_with ON twin (with_id);
CREATE TABLE wire (article_id INTEGER PRIMARY KEY, wire TEXT NOT NULL);

-- Who there is, across articles.
CREATE TABLE actor (
  actor_id INTEGER PRIMARY KEY,
  actor    TEXT NOT NULL UNIQUE,
  kind     TEXT NOT NULL,                -- person, country, place, organization, forum, initiative
  known    INTEGER NOT NULL,             -- does the lexicon's register hold it?
  country  TEXT,                         -- ISO 3166-1 alpha-3
  block    INTEGER NOT NULL,             -- what it is resolved with; its word in search
  label_ar TEXT,                         -- of the lexicon; others go by the spelling that most articles use
  label_en TEXT
);
CREATE INDEX actor_block ON actor (block);
-- Every spelling, with the number of articles that use it.
CREATE TABLE actor_name (folded TEXT NOT NULL, actor_id INTEGER NOT NULL, name TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (folded, actor_id, name)) WITHOUT ROWID;
CREATE INDEX actor_name_actor ON actor_name (actor_id);

-- An actor as one article has it. `n` is its place in the article's record.
CREATE TABLE sighting (
  article_id INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  actor_id   INTEGER,                    -- NULL until resolved
  entity     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  known      INTEGER NOT NULL,
  block      INTEGER,                    -- what it is resolved with; NULL where it needs no other article
  label      TEXT NOT NULL,
  label_en   TEXT,
  names      TEXT NOT NULL,              -- JSON: surface forms
  spelled    TEXT,                       -- JSON: those that name it, where names has others (its office)
  unnamed    INTEGER NOT NULL,           -- named by office alone
  roles      TEXT NOT NULL,              -- JSON: [title, of, ISO3]
  country    TEXT,                       -- ISO3
  mentions   INTEGER NOT NULL,
  start      INTEGER NOT NULL,           -- first mention
  end        INTEGER NOT NULL,
  rule       TEXT,                       -- what decided the identity
  PRIMARY KEY (article_id, n)
) WITHOUT ROWID;
CREATE INDEX sighting_actor ON sighting (actor_id, article_id);
CREATE INDEX sighting_block ON sighting (block) WHERE block IS NOT NULL;

-- An event as one article reports it.
CREATE TABLE report (
  report_id  INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL,
  n          TEXT NOT NULL,              -- e1, e2: its id in the article's record
  address    INTEGER NOT NULL,           -- hash of article and n: the permanent address
  event_id   INTEGER,                    -- NULL until resolved
  block      INTEGER,
  kind       TEXT NOT NULL,
  status     TEXT NOT NULL,
  date       TEXT,
  place      INTEGER,                    -- sighting
  parties    TEXT NOT NULL,              -- JSON: [sighting, role]
  claimed_by TEXT NOT NULL,              -- JSON: sightings
  attributes TEXT NOT NULL,              -- JSON
  evidence   TEXT NOT NULL,              -- JSON: [start, end]
  start      INTEGER NOT NULL,
  end        INTEGER NOT NULL,
  plover     TEXT, mode TEXT, quad INTEGER, cameo TEXT, goldstein REAL,
  entry      TEXT NOT NULL,              -- lexicon entry and rule that found it
  rule       TEXT NOT NULL
);
CREATE INDEX report_article ON report (article_id);
CREATE INDEX report_address ON report (address);
CREATE INDEX report_block ON report (block);
CREATE INDEX report_event ON report (event_id);

-- A happening, with all its reports.
CREATE TABLE event (
  event_id    INTEGER PRIMARY KEY,
  address     INTEGER NOT NULL,          -- least of its reports' addresses, for ids of the form ev-0123456789ab
  block       INTEGER NOT NULL,
  digest      INTEGER NOT NULL,          -- hash of what resolution said of it
  kind        TEXT NOT NULL,
  status      TEXT NOT NULL,
  date        TEXT,
  day         INTEGER NOT NULL,          -- where it stands in a list: its first day, else that of its first report
  from_day    INTEGER,
  until_day   INTEGER,
  place_id    INTEGER,                   -- actor
  place_country TEXT,                    -- ISO3
  attributes  TEXT NOT NULL,             -- JSON
  life        TEXT NOT NULL,             -- JSON: stage, on, article
  differing   TEXT NOT NULL,             -- JSON: field, values with the articles that give them
  reports     INTEGER NOT NULL,
  independent INTEGER NOT NULL,          -- reports that are no reprints of each other
  plover      TEXT, mode TEXT, quad INTEGER, cameo TEXT, goldstein REAL
);
CREATE INDEX event_block ON event (block);
CREATE INDEX event_day ON event (day, address, kind, status, until_day);
CREATE INDEX event_kind ON event (kind, day, address, status, until_day);
CREATE TABLE participant (event_id INTEGER NOT NULL, n INTEGER NOT NULL, actor_id INTEGER NOT NULL, role TEXT NOT NULL, country TEXT, PRIMARY KEY (event_id, n)) WITHOUT ROWID;
-- Events by whoever is in them. Side 0: it takes part (how 0) or is the state of one who does (how 1); side 1: it is the place (how 0) or the
-- state of the place (how 1). Kind and status are numbers of the closed lists.
CREATE TABLE event_index (
  actor_id INTEGER NOT NULL, side INTEGER NOT NULL, day INTEGER NOT NULL, address INTEGER NOT NULL, event_id INTEGER NOT NULL,
  kind INTEGER NOT NULL, status INTEGER NOT NULL, until INTEGER NOT NULL, how INTEGER NOT NULL,
  PRIMARY KEY (actor_id, side, day, address)
) WITHOUT ROWID;

CREATE TABLE statement (
  statement_id  INTEGER PRIMARY KEY,
  article_id    INTEGER NOT NULL,
  n             TEXT NOT NULL,           -- s1, s2: its id in the article's record
  force         TEXT NOT NULL,
  speakers      TEXT NOT NULL,           -- JSON: sightings
  targets       TEXT NOT NULL,           -- JSON: sightings
  about         TEXT NOT NULL,           -- JSON: sightings mentioned in what is said
  cue_start     INTEGER NOT NULL, cue_end INTEGER NOT NULL,
  start         INTEGER NOT NULL, end INTEGER NOT NULL,
  direct        INTEGER NOT NULL,
  date          TEXT,
  day           INTEGER NOT NULL,        -- of date, else of the article
  tie           INTEGER NOT NULL,        -- hash of article and n: the order within a day, and the address
  within        TEXT,
  plover        TEXT, mode TEXT, quad INTEGER, cameo TEXT, goldstein REAL
);
CREATE INDEX statement_article ON statement (article_id);
CREATE INDEX statement_day ON statement (day, tie, force);
-- Statements by actor. Side 0: it speaks (how 0) or is the state of one who speaks (how 1); side 1: the words are addressed to it (how 0), mention it
-- (how 1), or are addressed to one of its people (how 2). Force is a number of the closed list.
CREATE TABLE statement_index (
  actor_id INTEGER NOT NULL, side INTEGER NOT NULL, day INTEGER NOT NULL, tie INTEGER NOT NULL, statement_id INTEGER NOT NULL, force INTEGER NOT NULL, how INTEGER NOT NULL,
  PRIMARY KEY (actor_id, side, day, tie)
) WITHOUT ROWID;

CREATE TABLE relation (
  relation_id INTEGER PRIMARY KEY,
  article_id  INTEGER NOT NULL,
  n           INTEGER NOT NULL,
  a           INTEGER NOT NULL,          -- sightings, as the article orders them
  b           INTEGER NOT NULL,
  one_id      INTEGER,                   -- actors, the lesser id first; NULL until resolved
  other_id    INTEGER,
  level       TEXT,
  established TEXT,
  dated       TEXT,                      -- the date that the same statement gives for it, EDTF
  pair        TEXT,                      -- the two states: CHN+KAZ
  day         INTEGER NOT NULL,          -- of the article
  start       INTEGER NOT NULL,
  end         INTEGER NOT NULL
);
CREATE INDEX relation_article ON relation (article_id);
CREATE INDEX relation_pair ON relation (one_id, other_id, day);
CREATE INDEX relation_states ON relation (pair) WHERE pair IS NOT NULL;
-- What a state holds of another, by an article: on a policy, on recognition, in condemnation.
CREATE TABLE position (
  article_id INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  pair       TEXT NOT NULL,              -- the two states: CHN+KAZ
  topic      TEXT NOT NULL,              -- actor (initiative:one-china), recognition, condemnation
  stance     TEXT NOT NULL,              -- force of the statement, or what is done
  by         TEXT NOT NULL,              -- JSON: sightings
  of         TEXT NOT NULL,              -- ISO3 of the state whose position it is
  start      INTEGER NOT NULL,
  end        INTEGER NOT NULL,
  PRIMARY KEY (article_id, n)
) WITHOUT ROWID;
CREATE INDEX position_pair ON position (pair);

CREATE TABLE warning (article_id INTEGER NOT NULL, n INTEGER NOT NULL, code TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, message TEXT NOT NULL, PRIMARY KEY (article_id, n)) WITHOUT ROWID;

-- Full text: words folded and freed of clitics as the engine does it, title and text together; and a word for each actor of the article, for its
-- country, too. Rows are in order of publication.
CREATE VIRTUAL TABLE search USING fts5 (words, actors, content = '', tokenize = 'ascii');

-- What could not be read, and why.
CREATE TABLE refused (source TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (source, place, reason)) WITHOUT ROWID;
-- How far each source was read.
CREATE TABLE checkpoint (source TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, position TEXT NOT NULL, done INTEGER NOT NULL) WITHOUT ROWID;
-- What waits to be resolved, by kind: wire (a window of days), actors (a block of names), voices and reports (an article, whose statements or reports have
-- to learn who their actors are), events (a block of reports).
CREATE TABLE dirty (kind TEXT NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (kind, block)) WITHOUT ROWID;

CREATE VIEW articles AS
  SELECT a.article, a.version, a.id, a.url, a.outlet, a.title, a.published, w.wire, t.text
  FROM article a JOIN article_text t USING (article_id) LEFT JOIN wire w USING (article_id) WHERE a.current = 1;
CREATE VIEW versions AS
  SELECT a.article, a.version, a.current, a.id, a.url, a.outlet, a.title, a.published, a.made_with AS lexicon FROM article a;
CREATE VIEW actors AS
  SELECT actor, kind, coalesce(label_ar, (SELECT name FROM actor_name n WHERE n.actor_id = a.actor_id ORDER BY articles DESC, name LIMIT 1)) AS name_ar, label_en AS name_en,
         country, known
  FROM actor a;
CREATE VIEW spellings AS
  SELECT a.actor, n.name, n.articles FROM actor_name n JOIN actor a USING (actor_id) WHERE n.articles > 0;
CREATE VIEW sightings AS
  SELECT r.article, r.published, r.outlet, a.actor, coalesce(a.label_ar, s.label) AS name_ar, a.label_en AS name_en, s.names, s.mentions, s.rule
  FROM sighting s JOIN article r USING (article_id) JOIN actor a USING (actor_id);
CREATE VIEW events AS
  SELECT printf('ev-%012x', e.address) AS event, e.kind, k.ar AS kind_ar, k.en AS kind_en, e.status, st.ar AS status_ar, st.en AS status_en, e.date,
         printf('%04d-%02d-%02d', e.from_day / 10000, e.from_day / 100 % 100, e.from_day % 100) AS date_from,
         printf('%04d-%02d-%02d', e.until_day / 10000, e.until_day / 100 % 100, e.until_day % 100) AS date_until,
         p.actor AS place, coalesce(p.label_ar, (SELECT name FROM actor_name n WHERE n.actor_id = p.actor_id ORDER BY articles DESC, name LIMIT 1)) AS place_ar, p.label_en AS place_en, e.attributes, e.life, e.differing, e.reports, e.independent,
         e.plover, e.mode, e.quad, e.cameo, e.goldstein
  FROM event e LEFT JOIN actor p ON p.actor_id = e.place_id
  LEFT JOIN label k ON k.grp = 'kind' AND k.id = e.kind LEFT JOIN label st ON st.grp = 'status' AND st.id = e.status;
CREATE VIEW participants AS
  SELECT printf('ev-%012x', e.address) AS event, e.kind, e.status, e.date, a.actor, coalesce(a.label_ar, (SELECT name FROM actor_name n WHERE n.actor_id = a.actor_id ORDER BY articles DESC, name LIMIT 1)) AS name_ar, a.label_en AS name_en, p.role, p.country
  FROM participant p JOIN event e USING (event_id) JOIN actor a USING (actor_id);
CREATE VIEW reports AS
  SELECT printf('ev-%012x', e.address) AS event, r.article, p.n, p.kind, p.status, p.date, r.outlet, r.published, r.title, r.url,
         p.start, p.end, substr(t.text, p.start + 1, p.end - p.start) AS quote, p.evidence, p.entry, p.rule
  FROM report p JOIN article r USING (article_id) JOIN article_text t USING (article_id) LEFT JOIN event e USING (event_id);
CREATE VIEW statements AS
  SELECT r.article, s.n, s.force,
         (SELECT json_group_array(a.actor) FROM json_each(s.speakers) j JOIN sighting g ON g.article_id = s.article_id AND g.n = j.value JOIN actor a USING (actor_id)) AS speakers,
         (SELECT json_group_array(a.actor) FROM json_each(s.targets) j JOIN sighting g ON g.article_id = s.article_id AND g.n = j.value JOIN actor a USING (actor_id)) AS targets,
         s.date, r.outlet, r.published, substr(t.text, s.cue_start + 1, s.cue_end - s.cue_start) AS cue, substr(t.text, s.start + 1, s.end - s.start) AS quote,
         s.start, s.end, s.direct, s.within, s.plover, s.mode, s.quad, s.cameo, s.goldstein
  FROM statement s JOIN article r USING (article_id) JOIN article_text t USING (article_id);
CREATE VIEW speakers AS
  SELECT r.article, s.n, s.force, a.actor, coalesce(a.label_ar, (SELECT name FROM actor_name n WHERE n.actor_id = a.actor_id ORDER BY articles DESC, name LIMIT 1)) AS name_ar, a.label_en AS name_en, s.day
  FROM statement_index i JOIN statement s USING (statement_id) JOIN article r USING (article_id) JOIN actor a ON a.actor_id = i.actor_id WHERE i.side = 0 AND i.how = 0;
CREATE VIEW relations AS
  SELECT a.actor AS one, b.actor AS other, l.level, l.established, l.dated, r.published, r.article, r.outlet,
         substr(t.text, l.start + 1, l.end - l.start) AS quote, l.start, l.end
  FROM relation l JOIN article r USING (article_id) JOIN article_text t USING (article_id)
  JOIN sighting x ON x.article_id = l.article_id AND x.n = l.a JOIN actor a ON a.actor_id = x.actor_id
  JOIN sighting y ON y.article_id = l.article_id AND y.n = l.b JOIN actor b ON b.actor_id = y.actor_id;
CREATE VIEW positions AS
  SELECT p.of AS state, p.stance, p.topic, p.pair, r.published, r.article, r.outlet, substr(t.text, p.start + 1, p.end - p.start) AS quote, p.start, p.end
  FROM position p JOIN article r USING (article_id) JOIN article_text t USING (article_id);
CREATE VIEW warnings AS
  SELECT r.article, r.published, r.outlet, w.code, w.message, substr(t.text, w.start + 1, w.end - w.start) AS quote, w.start, w.end
  FROM warning w JOIN article r USING (article_id) JOIN article_text t USING (article_id);
CREATE VIEW rejected AS SELECT source, place, reason FROM refused;
