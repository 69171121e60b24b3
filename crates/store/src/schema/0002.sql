-- Version 2: what contradicts, kept up with the additions.
CREATE TABLE finding (
  finding_id INTEGER PRIMARY KEY,
  code       TEXT NOT NULL,              -- date-disagrees, overdue, title-not-held, …
  about      TEXT NOT NULL,              -- an event, an actor, a pair (CHN+TJK), an article, a report (article#event)
  kind       TEXT,                       -- of the event, where it is about one
  who        TEXT NOT NULL,              -- JSON: ids of those whom it concerns
  states     TEXT NOT NULL               -- JSON: ISO 3166-1 alpha-3 codes of their states
);
CREATE INDEX finding_code ON finding (code, about);
-- One row a value and an article that says it; values that the register or the lexicon holds have no article.
CREATE TABLE finding_value (
  finding_id INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  value      TEXT NOT NULL,              -- JSON: one of the values that do not agree
  article_id INTEGER,
  quote      TEXT,                       -- the words that say it
  PRIMARY KEY (finding_id, n)
) WITHOUT ROWID;
CREATE VIEW checks AS
  SELECT f.finding_id AS finding, f.code, f.about, f.kind, f.who, v.value ->> '$' AS value, r.article, r.published, r.outlet, v.quote
  FROM finding f JOIN finding_value v USING (finding_id) LEFT JOIN article r USING (article_id);
-- All that the register holds is to be looked at once.
INSERT INTO dirty (kind, block) SELECT DISTINCT 'checks', address FROM event WHERE reports > 1;
INSERT OR IGNORE INTO dirty (kind, block) SELECT 'checks', 0 FROM article LIMIT 1;
