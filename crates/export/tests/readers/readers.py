"""Reads the exports of a register with the programs that they are for, and compares what they found.

Usage: readers.py FOLDER, with the register `sijill.db` and its exports `WHAT.FORMAT` in it (`.ci/readers` makes them).
Every check compares with the CSV files, or with the register itself; none knows what the articles say.
"""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import icalendar
import networkx
import pandas
import pyarrow.parquet
import rdflib
from rdflib.compare import isomorphic

FOLDER = Path(sys.argv[1])
TABLES = ["events", "statements", "relations", "actors"]
SCHEMA = rdflib.Namespace("https://schema.org/")


def table(what):
    return pandas.read_csv(FOLDER / f"{what}.csv", keep_default_na=False, dtype=str)


def csv_in_pandas():
    for what in TABLES:
        rows = table(what)
        lines = [json.loads(line) for line in (FOLDER / f"{what}.jsonl").read_text("utf-8").splitlines()]
        assert len(rows) == len(lines) > 0, what
        assert list(rows.columns) == list(lines[0]), what
        # What stands in a cell is what the line holds: no letter is lost between quotation marks.
        for column in ["quote", "title", "actors"]:
            if column not in rows:
                continue
            for cell, line in zip(rows[column], lines):
                value = line[column]
                expected = "" if value is None else ";".join(v.replace(";", ",") for v in value) if isinstance(value, list) else value
                assert cell == expected, (what, column)
    typed = pandas.read_csv(FOLDER / "events.csv", parse_dates=["day"])
    assert str(typed["day"].dtype).startswith("datetime64") and str(typed["reports"].dtype) == "int64"
    assert typed["goldstein"].dropna().between(-10, 10).all()


def parquet_in_duckdb_and_pandas():
    for what in TABLES:
        file, rows = str(FOLDER / f"{what}.parquet"), table(what)
        frame = pandas.read_parquet(file)
        assert list(frame.columns) == list(rows.columns) and len(frame) == len(rows), what
        count = duckdb.sql(f"SELECT count(*) FROM '{file}'").fetchall()[0][0]
        assert count == len(rows), what
        schema = pyarrow.parquet.read_schema(file)
        said = {k.decode(): v.decode() for k, v in pyarrow.parquet.read_metadata(file).metadata.items()}
        dictionary = json.loads(said["columns"])
        assert said["sijill"] and said["lexicon"] and set(dictionary) == set(rows.columns)
        assert all(schema.field(c).metadata[b"meaning"].decode() == dictionary[c]["meaning"] for c in rows.columns)
        text = [c for c in rows.columns if dictionary[c]["type"] == "text"]
        assert (frame[text].fillna("") == rows[text]).all().all(), what
    events = str(FOLDER / "events.parquet")
    kinds = dict(duckdb.sql(f"DESCRIBE SELECT * FROM '{events}'").project("column_name, column_type").fetchall())
    assert (kinds["day"], kinds["reports"], kinds["goldstein"], kinds["actors"]) == ("DATE", "BIGINT", "DOUBLE", "VARCHAR[]")
    by_day = duckdb.sql(f"SELECT CAST(day AS VARCHAR) d, event FROM '{events}' WHERE day IS NOT NULL ORDER BY event").fetchall()
    rows = table("events")
    rows = rows[rows["day"] != ""].sort_values("event")
    assert by_day == list(zip(rows["day"], rows["event"]))
    lists = duckdb.sql(f"SELECT sum(len(actors)) FROM '{events}'").fetchall()[0][0]
    assert lists == sum(len(a.split(";")) for a in table("events")["actors"] if a)


def codebooks_in_pandas():
    polecat = pandas.read_csv(FOLDER / "events.polecat", sep="\t", quoting=3, dtype=str, keep_default_na=False)
    assert polecat.shape[1] == 40 and len(polecat) > 0
    assert set(polecat["Event ID"]) <= set(table("events")["event"])
    gdelt = pandas.read_csv(FOLDER / "events.gdelt", sep="\t", header=None, quoting=3, dtype=str, keep_default_na=False)
    mentions = pandas.read_csv(FOLDER / "events.gdelt-mentions", sep="\t", header=None, quoting=3, dtype=str, keep_default_na=False)
    assert gdelt.shape[1] == 61 and mentions.shape[1] == 16 and len(gdelt) > 0
    assert set(mentions[0]) == set(gdelt[0])
    counted = mentions.groupby(0).size()
    assert all(int(n) == counted[event] for event, n in zip(gdelt[0], gdelt[31]))


def calendar_in_icalendar():
    calendar = icalendar.Calendar.from_ical((FOLDER / "events.ics").read_bytes())
    events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    rows = table("events").set_index("event")
    assert events
    for event, e in events.items():
        row = rows.loc[event]
        assert e.decoded("DTSTART").isoformat() == row["date_from"] and e.decoded("DTEND") > e.decoded("DTSTART")
        assert row["quote"].split("\n")[0][:20] in str(e["DESCRIPTION"]) and str(e["CATEGORIES"].to_ical().decode()) == row["kind"]
        assert not e.errors


def network_in_networkx():
    graph = networkx.read_graphml(FOLDER / "events.graphml")
    assert graph.number_of_nodes() > 0 and graph.number_of_edges() > 0
    actors = set(table("actors")["actor"])
    assert {data["actor"] for _, data in graph.nodes(data=True)} <= actors
    for _, _, data in graph.edges(data=True):
        assert sum(n for key, n in data.items() if key.startswith("kind-")) == data["weight"]


def linked_data_in_rdflib():
    one = rdflib.Graph().parse(FOLDER / "events.jsonld", format="json-ld")
    other = rdflib.Graph().parse(FOLDER / "events.rdf", format="nt")
    events = set(one.subjects(rdflib.RDF.type, SCHEMA.Event))
    assert {str(e).removeprefix("urn:sijill:") for e in events} == set(table("events")["event"])
    quotes = [str(q) for q in one.objects(None, SCHEMA.text)]
    assert all(row in quotes for row in table("events")["quote"])

    def plain(graph):
        """Numbers by value: writers differ in how they spell them."""
        out = rdflib.Graph()
        for s, p, o in graph:
            number = isinstance(o, rdflib.Literal) and isinstance(o.value, (int, float))
            out.add((s, p, rdflib.Literal(str(float(o.value))) if number else o))
        return out

    one, other = plain(one), plain(other)
    assert len(one) == len(other), (len(one), len(other))
    assert isomorphic(one, other), "events.jsonld and events.rdf do not say the same"


VIEWS = ["articles", "versions", "events", "participants", "reports", "statements", "speakers", "relations", "positions", "warnings", "checks", "actors", "spellings", "sightings", "rejected"]


def register_in_sqlite():
    db = sqlite3.connect(f"file:{FOLDER / 'sijill.db'}?mode=ro", uri=True)
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    assert names == set(VIEWS), names ^ set(VIEWS)
    for view in VIEWS:
        db.execute(f"SELECT * FROM {view} LIMIT 5").fetchall()
    for what in ["events", "statements"]:
        assert db.execute(f"SELECT count(*) FROM {what}").fetchone()[0] == len(table(what))
    # A quotation is what stands in the text.
    for text, start, end, quote in db.execute("SELECT a.text, r.start, r.end, r.quote FROM reports r JOIN articles a USING (article)"):
        assert text[start:end] == quote and quote
    assert db.execute("SELECT count(*) FROM search WHERE search MATCH 'words : وزير'").fetchone()[0] > 0


def register_in_duckdb():
    try:
        duckdb.sql("INSTALL sqlite; LOAD sqlite")
    except duckdb.Error as e:
        print(f"  passed over: DuckDB's extension for SQLite can not be had here ({str(e).splitlines()[0][:80]})")
        return
    duckdb.sql(f"ATTACH '{FOLDER / 'sijill.db'}' AS sijill (TYPE sqlite)")
    assert duckdb.sql("SELECT count(*) FROM sijill.reports").fetchall()[0][0] >= len(table("events"))


def register_in_datasette():
    for path, key in [("/sijill/events.json?_size=3&_shape=array", "event"), ("/sijill/checks.json?_size=3&_shape=array", "code"), ("/sijill/participants.json?_size=3&_shape=array", "actor")]:
        out = subprocess.run([sys.executable, "-m", "datasette", str(FOLDER / "sijill.db"), "--get", path], capture_output=True, text=True, check=True)
        rows = json.loads(out.stdout)
        assert rows and all(row[key] for row in rows), path


for check in [
    csv_in_pandas,
    parquet_in_duckdb_and_pandas,
    codebooks_in_pandas,
    calendar_in_icalendar,
    network_in_networkx,
    linked_data_in_rdflib,
    register_in_sqlite,
    register_in_duckdb,
    register_in_datasette,
]:
    print(check.__name__.replace("_", " "), flush=True)
    check()
