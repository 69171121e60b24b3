-- Version 2: what contradicts, as the last addition left it. One row a value and an article that says it; values that the register or the lexicon holds have no article.
CREATE TABLE finding (
  finding_id INTEGER PRIMARY KEY,
  n          INTEGER NOT NULL,           -- the finding to which the row belongs
  code       TEXT NOT NULL,              -- date-disagrees, overdue, title-not-held, …
  about      TEXT NOT NULL,              -- an event, an actor, a pair (CHN+TJK), an article, a report (article#event)
  kind       TEXT,                       -- of the event, where it is about one
  who        TEXT NOT NULL,              -- JSON: ids of those whom it concerns
  value      TEXT NOT NULL,              -- one of the values that do not agree
  article_id INTEGER,
  quote      TEXT                        -- the words that say it
);
CREATE VIEW checks AS
  SELECT f.n, f.code, f.about, f.kind, f.who, f.value, r.article, r.published, r.outlet, f.quote
  FROM finding f LEFT JOIN article r USING (article_id);
