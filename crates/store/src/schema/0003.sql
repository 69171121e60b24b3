-- Version 3: what pages count, kept up with the additions, so that no page goes through all that there is.
--
-- `pair_index` stands beside `event_index`. All else is kept by triggers: whoever writes the tables that it counts keeps it up, too. Kinds, statuses and
-- forces are numbers of the closed lists, as in `event_index`; of statuses 0 is occurred and 1 ongoing.

-- Events by two states that are in them, whatever their roles: CHN+KAZ. An event of more than a dozen states has one row instead, under `*`.
CREATE TABLE pair_index (
  pair TEXT NOT NULL, day INTEGER NOT NULL, address INTEGER NOT NULL, event_id INTEGER NOT NULL,
  kind INTEGER NOT NULL, status INTEGER NOT NULL, until INTEGER NOT NULL,
  states INTEGER NOT NULL,               -- how many are in it
  score INTEGER,                         -- tenths of the event's Goldstein value
  PRIMARY KEY (pair, day, address)
) WITHOUT ROWID;
-- What took place between two states. More states than four in one event are a gathering, which ties nobody to anybody. `scored` of the events have a
-- Goldstein value; `score` is the sum of their tenths.
CREATE TABLE tie (
  pair TEXT NOT NULL, kind INTEGER NOT NULL, events INTEGER NOT NULL, scored INTEGER NOT NULL, score INTEGER NOT NULL,
  PRIMARY KEY (pair, kind)
) WITHOUT ROWID;
-- The same by year, gatherings counted, each pair from both its sides.
CREATE TABLE tie_year (
  one TEXT NOT NULL, kind INTEGER NOT NULL, other TEXT NOT NULL, year INTEGER NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (one, kind, other, year)
) WITHOUT ROWID;
CREATE TRIGGER pair_in AFTER INSERT ON pair_index WHEN new.status < 2 AND new.day > 0 AND new.pair <> '*' BEGIN
  INSERT INTO tie_year VALUES (substr(new.pair, 1, 3), new.kind, substr(new.pair, 5), new.day / 10000, 1) ON CONFLICT DO UPDATE SET events = events + 1;
  INSERT INTO tie_year VALUES (substr(new.pair, 5), new.kind, substr(new.pair, 1, 3), new.day / 10000, 1) ON CONFLICT DO UPDATE SET events = events + 1;
  INSERT INTO tie SELECT new.pair, new.kind, 1, new.score IS NOT NULL, coalesce(new.score, 0) WHERE new.states <= 4
    ON CONFLICT DO UPDATE SET events = events + 1, scored = scored + excluded.scored, score = score + excluded.score;
END;
CREATE TRIGGER pair_out AFTER DELETE ON pair_index WHEN old.status < 2 AND old.day > 0 AND old.pair <> '*' BEGIN
  UPDATE tie_year SET events = events - 1 WHERE one = substr(old.pair, 1, 3) AND kind = old.kind AND other = substr(old.pair, 5) AND year = old.day / 10000;
  UPDATE tie_year SET events = events - 1 WHERE one = substr(old.pair, 5) AND kind = old.kind AND other = substr(old.pair, 1, 3) AND year = old.day / 10000;
  UPDATE tie SET events = events - 1, scored = scored - (old.score IS NOT NULL), score = score - coalesce(old.score, 0)
    WHERE pair = old.pair AND kind = old.kind AND old.states <= 4;
END;

-- Events by month (202405; 0: not known).
CREATE TABLE month (
  month INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (month, kind, status)
) WITHOUT ROWID;
CREATE TRIGGER event_in AFTER INSERT ON event BEGIN
  INSERT INTO month VALUES (new.day / 100, new.kind, new.status, 1) ON CONFLICT DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER event_out AFTER DELETE ON event BEGIN
  UPDATE month SET events = events - 1 WHERE month = old.day / 100 AND kind = old.kind AND status = old.status;
END;

-- Events and statements of an actor: those of side 0 of the two indices.
CREATE TABLE actor_events (
  actor_id INTEGER NOT NULL, kind INTEGER NOT NULL, status INTEGER NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (actor_id, kind, status)
) WITHOUT ROWID;
CREATE TRIGGER event_index_in AFTER INSERT ON event_index WHEN new.side = 0 BEGIN
  INSERT INTO actor_events VALUES (new.actor_id, new.kind, new.status, 1) ON CONFLICT DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER event_index_out AFTER DELETE ON event_index WHEN old.side = 0 BEGIN
  UPDATE actor_events SET events = events - 1 WHERE actor_id = old.actor_id AND kind = old.kind AND status = old.status;
END;
CREATE TRIGGER event_index_new AFTER UPDATE OF kind, status ON event_index WHEN old.side = 0 BEGIN
  UPDATE actor_events SET events = events - 1 WHERE actor_id = old.actor_id AND kind = old.kind AND status = old.status;
  INSERT INTO actor_events VALUES (new.actor_id, new.kind, new.status, 1) ON CONFLICT DO UPDATE SET events = events + 1;
END;
CREATE TABLE actor_statements (
  actor_id INTEGER NOT NULL, force INTEGER NOT NULL, statements INTEGER NOT NULL,
  PRIMARY KEY (actor_id, force)
) WITHOUT ROWID;
CREATE TRIGGER statement_index_in AFTER INSERT ON statement_index WHEN new.side = 0 BEGIN
  INSERT INTO actor_statements VALUES (new.actor_id, new.force, 1) ON CONFLICT DO UPDATE SET statements = statements + 1;
END;
CREATE TRIGGER statement_index_out AFTER DELETE ON statement_index WHEN old.side = 0 BEGIN
  UPDATE actor_statements SET statements = statements - 1 WHERE actor_id = old.actor_id AND force = old.force;
END;

-- Articles that stand, and how many of them print what another printed: by outlet (the empty name is that of articles which name none), year (0: not
-- known) and the lexicon that read them.
CREATE TABLE article_count (
  outlet TEXT NOT NULL, year INTEGER NOT NULL, lexicon TEXT NOT NULL, articles INTEGER NOT NULL, reprints INTEGER NOT NULL,
  PRIMARY KEY (outlet, year, lexicon)
) WITHOUT ROWID;
CREATE INDEX article_outlet ON article (outlet, current, day);
CREATE INDEX wire_wire ON wire (wire);
CREATE TRIGGER article_in AFTER INSERT ON article WHEN new.current BEGIN
  INSERT INTO article_count VALUES (coalesce(new.outlet, ''), new.day / 10000, new.made_with, 1, 0) ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER article_new AFTER UPDATE OF current, day, made_with ON article BEGIN
  UPDATE article_count SET articles = articles - 1, reprints = reprints - EXISTS (SELECT 1 FROM wire w WHERE w.article_id = old.article_id AND w.wire <> old.article)
    WHERE old.current AND outlet = coalesce(old.outlet, '') AND year = old.day / 10000 AND lexicon = old.made_with;
  INSERT INTO article_count SELECT coalesce(new.outlet, ''), new.day / 10000, new.made_with, 1, EXISTS (SELECT 1 FROM wire w WHERE w.article_id = new.article_id AND w.wire <> new.article)
    WHERE new.current ON CONFLICT DO UPDATE SET articles = articles + 1, reprints = reprints + excluded.reprints;
END;
CREATE TRIGGER wire_in AFTER INSERT ON wire BEGIN
  UPDATE article_count SET reprints = reprints + 1 WHERE (outlet, year, lexicon) =
    (SELECT coalesce(outlet, ''), day / 10000, made_with FROM article WHERE article_id = new.article_id AND current AND article <> new.wire);
END;
CREATE TRIGGER wire_out AFTER DELETE ON wire BEGIN
  UPDATE article_count SET reprints = reprints - 1 WHERE (outlet, year, lexicon) =
    (SELECT coalesce(outlet, ''), day / 10000, made_with FROM article WHERE article_id = old.article_id AND current AND article <> old.wire);
END;
CREATE TRIGGER wire_new AFTER UPDATE ON wire BEGIN
  UPDATE article_count SET reprints = reprints - 1 WHERE (outlet, year, lexicon) =
    (SELECT coalesce(outlet, ''), day / 10000, made_with FROM article WHERE article_id = old.article_id AND current AND article <> old.wire);
  UPDATE article_count SET reprints = reprints + 1 WHERE (outlet, year, lexicon) =
    (SELECT coalesce(outlet, ''), day / 10000, made_with FROM article WHERE article_id = new.article_id AND current AND article <> new.wire);
END;

-- Articles that name an actor.
CREATE TABLE actor_articles (actor_id INTEGER PRIMARY KEY, articles INTEGER NOT NULL);
CREATE TRIGGER sighting_in AFTER INSERT ON sighting
  WHEN new.actor_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sighting s WHERE s.actor_id = new.actor_id AND s.article_id = new.article_id AND s.n <> new.n) BEGIN
  INSERT INTO actor_articles VALUES (new.actor_id, 1) ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER sighting_out AFTER DELETE ON sighting
  WHEN old.actor_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sighting s WHERE s.actor_id = old.actor_id AND s.article_id = old.article_id) BEGIN
  UPDATE actor_articles SET articles = articles - 1 WHERE actor_id = old.actor_id;
END;
CREATE TRIGGER sighting_new AFTER UPDATE OF actor_id ON sighting WHEN new.actor_id IS NOT old.actor_id BEGIN
  UPDATE actor_articles SET articles = articles - 1
    WHERE actor_id = old.actor_id AND NOT EXISTS (SELECT 1 FROM sighting s WHERE s.actor_id = old.actor_id AND s.article_id = old.article_id);
  INSERT INTO actor_articles SELECT new.actor_id, 1
    WHERE new.actor_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sighting s WHERE s.actor_id = new.actor_id AND s.article_id = new.article_id AND s.n <> new.n)
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END;

-- What the checks look through after each addition: offices of people who are in the lexicon, and reports of what happened on a day after their article's.
CREATE INDEX sighting_office ON sighting (article_id, n) WHERE known = 1 AND kind = 'person' AND roles <> '[]';
CREATE TABLE report_early (report_id INTEGER PRIMARY KEY);
CREATE TRIGGER report_in AFTER INSERT ON report
  WHEN new.status = 'occurred' AND substr(new.date, 1, 10) > (SELECT published FROM article a WHERE a.article_id = new.article_id) BEGIN
  INSERT INTO report_early VALUES (new.report_id);
END;
CREATE TRIGGER report_out AFTER DELETE ON report WHEN old.status = 'occurred' AND old.date IS NOT NULL BEGIN
  DELETE FROM report_early WHERE report_id = old.report_id;
END;

-- What a register of the version before holds.
CREATE TABLE state_of (event_id INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (event_id, state)) WITHOUT ROWID;
INSERT OR IGNORE INTO state_of SELECT event_id, country FROM participant WHERE length(country) = 3;
INSERT OR IGNORE INTO state_of SELECT p.event_id, substr(a.actor, 9) FROM participant p JOIN actor a USING (actor_id) WHERE a.actor LIKE 'country:___';
CREATE TABLE states_of (event_id INTEGER PRIMARY KEY, states INTEGER NOT NULL);
INSERT INTO states_of SELECT event_id, count(*) FROM state_of GROUP BY event_id HAVING count(*) > 1;
INSERT INTO pair_index
  SELECT p.pair, e.day, e.address, e.event_id, i.kind, i.status, i.until, p.states, round(e.goldstein * 10)
  FROM (SELECT x.state || '+' || y.state AS pair, x.event_id, n.states FROM states_of n JOIN state_of x USING (event_id) JOIN state_of y USING (event_id) WHERE n.states <= 12 AND x.state < y.state
        UNION ALL SELECT '*', event_id, states FROM states_of WHERE states > 12) p
  JOIN event e USING (event_id)
  JOIN event_index i ON i.actor_id = (SELECT actor_id FROM participant q WHERE q.event_id = e.event_id ORDER BY n LIMIT 1) AND i.side = 0 AND i.day = e.day AND i.address = e.address;
DROP TABLE state_of;
DROP TABLE states_of;
INSERT INTO month SELECT day / 100, kind, status, count(*) FROM event GROUP BY 1, 2, 3;
INSERT INTO actor_events SELECT actor_id, kind, status, count(*) FROM event_index WHERE side = 0 GROUP BY 1, 2, 3;
INSERT INTO actor_statements SELECT actor_id, force, count(*) FROM statement_index WHERE side = 0 GROUP BY 1, 2;
INSERT INTO article_count SELECT coalesce(a.outlet, ''), a.day / 10000, a.made_with, count(*), sum(w.wire IS NOT NULL AND w.wire <> a.article)
  FROM article a LEFT JOIN wire w USING (article_id) WHERE a.current GROUP BY 1, 2, 3;
INSERT INTO actor_articles SELECT actor_id, count(DISTINCT article_id) FROM sighting WHERE actor_id IS NOT NULL GROUP BY actor_id;
INSERT INTO report_early SELECT r.report_id FROM report r JOIN article a USING (article_id) WHERE r.status = 'occurred' AND substr(r.date, 1, 10) > a.published;
