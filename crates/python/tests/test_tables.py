"""Very many articles: tables that every library takes, the same on any number of threads, and nothing that one bad article could do to the others."""

from __future__ import annotations

import datetime
import json

import pytest

import sijill
from conftest import ARTICLES

pa = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def tables(articles):
    return sijill.read_many(articles)


def test_rows_are_the_records(tables, cli_records):
    records = [json.loads(line) for line in cli_records]
    assert tables.articles.to_pyarrow()["article"].to_pylist() == [r["id"] for r in records]
    mentions = [(r["id"], e["id"], m["start"], m["end"], m["text"]) for r in records for e in r["entities"] for m in e["mentions"]]
    found = tables.mentions.to_pyarrow().to_pylist()
    assert [(m["article"], m["entity"], m["start"], m["end"], m["text"]) for m in found] == mentions
    events = tables["events"].to_pyarrow().to_pylist()
    expected = [(r["id"], e["id"], e["kind"], e["status"], e["date"], e["attributes"], e.get("goldstein")) for r in records for e in r["events"]]
    assert [(e["article"], e["event"], e["kind"], e["status"], e["date"], json.loads(e["attributes"]), e["goldstein"]) for e in events] == expected
    assert len(tables.participants) == sum(len(e["participants"]) for r in records for e in r["events"])
    speakers = [s["speakers"] for r in records for s in r["statements"]]
    assert [s["speakers"] for s in tables.statements.to_pyarrow().to_pylist()] == speakers
    for name in ("entities", "times", "relations", "warnings", "boilerplate"):
        assert len(tables[name]) == sum(len(r[name]) for r in records)


def test_quotations_are_the_articles_words(tables, articles):
    texts = {a["id"]: a["text"] for a in articles}
    rows = tables.statements.to_pyarrow().to_pylist()
    assert len(rows) > 20
    for s in rows:
        assert texts[s["article"]][s["start"] : s["end"]] == s["quote"]
        assert texts[s["article"]][s["cue_start"] : s["cue_end"]] == (s["cue"] or "")


def test_versions_and_meanings_go_with_the_table(tables):
    for name, table in tables.items():
        assert table.metadata == {"sijill": sijill.__version__, "lexicon": sijill.Lexicon().version, "table": name}
        assert set(table.meanings) == set(table.columns) and all(table.meanings.values())
        assert pa.schema(table).metadata[b"lexicon"].decode() == sijill.Lexicon().version


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_nothing(tables, articles, threads):
    again = sijill.read_many(iter(articles), threads=threads)
    for name in tables:
        assert again[name].to_pyarrow().equals(tables[name].to_pyarrow()), name


def test_pandas_takes_them(tables):
    pandas = pytest.importorskip("pandas")
    frame = tables.events.to_pandas()
    assert len(frame) == len(tables.events) and frame["kind"].notna().all()
    if hasattr(pandas.DataFrame, "from_arrow"):
        assert pandas.DataFrame.from_arrow(tables.events)["kind"].tolist() == frame["kind"].tolist()


def test_polars_takes_them(tables):
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(tables.events)
    assert frame.height == len(tables.events)
    assert frame["date_from"].dtype == polars.Date
    assert tables.events.to_polars().equals(frame)


def test_duckdb_takes_them(tables):
    duckdb = pytest.importorskip("duckdb")
    events = tables.events.to_pyarrow()  # noqa: F841 - named in the query
    rows = duckdb.sql("SELECT kind, count(*) AS n FROM events GROUP BY kind ORDER BY n DESC, kind").fetchall()
    assert sum(n for _, n in rows) == len(tables.events)
    stream = tables.statements  # noqa: F841 - named in the query; through the stream itself
    assert duckdb.sql("SELECT count(*) FROM stream").fetchall() == [(len(tables.statements),)]


def test_batches_are_arrays(tables):
    found = sum(pa.record_batch(b).num_rows for b in tables.mentions.batches())
    assert found == len(tables.mentions)


@pytest.fixture
def frames(articles):
    """The same articles as every kind of table."""
    pandas, polars, duckdb = (pytest.importorskip(m) for m in ("pandas", "polars", "duckdb"))
    arrow = pa.Table.from_pylist([{k: a.get(k) for k in ("id", "text", "published", "outlet")} for a in articles])
    return {
        "pyarrow": arrow,
        "chunks": pa.Table.from_batches(arrow.to_batches(max_chunksize=3)),
        "large": arrow.cast(pa.schema([(f.name, pa.large_string()) for f in arrow.schema])),
        "views": arrow.cast(pa.schema([(f.name, pa.string_view()) for f in arrow.schema])),
        "reader": arrow.to_reader(),
        "pandas": pandas.DataFrame(articles),
        "polars": polars.DataFrame(arrow),
        "duckdb": duckdb.sql("SELECT * FROM arrow"),
    }


@pytest.mark.parametrize("kind", ["pyarrow", "chunks", "large", "views", "reader", "pandas", "polars", "duckdb"])
def test_any_table_is_read(tables, frames, kind):
    again = sijill.read_many(frames[kind])
    assert len(again.rejected) == 0
    for name in ("events", "mentions", "statements"):
        assert again[name].to_pyarrow().equals(tables[name].to_pyarrow())


def test_dates_of_tables_are_days():
    polars = pytest.importorskip("polars")
    days = [datetime.date.fromisoformat(a["published"]) for a in ARTICLES]
    texts = [a["text"] for a in ARTICLES]
    expected = [a["published"] for a in ARTICLES]
    for column in (days, [datetime.datetime.combine(d, datetime.time(23, 59)) for d in days]):
        found = sijill.read_many(polars.DataFrame({"text": texts, "published": column}))
        assert found.articles.to_pyarrow()["published"].to_pylist() == expected
    found = sijill.read_many([{"text": t, "published": d, "id": n} for n, (t, d) in enumerate(zip(texts, days))])
    assert found.articles.to_pyarrow()["published"].to_pylist() == expected
    assert found.articles.to_pyarrow()["article"].to_pylist() == ["0", "1", "2", "3", "4"]


def test_names_of_fields():
    given = [{"body": a["text"], "day": a["published"], "key": a["id"]} for a in ARTICLES]
    found = sijill.read_many(given, text="body", published="day", id="key")
    assert found.articles.to_pyarrow()["article"].to_pylist() == [a["id"] for a in ARTICLES]
    with pytest.raises(sijill.InputError, match="expected a column `text`, found the columns `body`"):
        sijill.read_many(pa.Table.from_pylist(given))
    with pytest.raises(sijill.InputError, match="expected a column `when`"):
        sijill.read_many(pa.Table.from_pylist(given), text="body", published="when")
    with pytest.raises(sijill.InputError, match="column `body`: expected strings"):
        sijill.read_many(pa.table({"body": [1.5]}), text="body")


def test_bad_articles_are_rejected_with_their_reason():
    text = ARTICLES[1]["text"]
    given = [text, "", 7, {"title": "no text"}, {"text": None}, {"text": 1.5}, {"text": "\ud800"}, {"text": text, "id": "last", "published": float("nan")}]
    found = sijill.read_many(given)
    assert found.articles.to_pyarrow()["article"].to_pylist() == ["articles#1", "last"]
    rejected = {r["article"]: r["reason"] for r in found.rejected.to_pyarrow().to_pylist()}
    assert list(rejected) == [f"articles#{n}" for n in range(2, 8)]
    assert "found int" in rejected["articles#3"] and "found none of that name" in rejected["articles#4"]
    assert "expected Unicode" in rejected["articles#7"]


def test_hostile_texts_harm_nobody():
    hostile = ["«" * 20_000, "\u202e" * 5_000, "وقال " * 5_000, "\x00\x01\x02", "\ufffe" + "ا" * 50_000, "1/1/1 " * 9_000]
    found = sijill.read_many([*hostile, ARTICLES[1]["text"]])
    assert len(found.articles) + len(found.rejected) == len(hostile) + 1
    assert "articles#7" in found.articles.to_pyarrow()["article"].to_pylist()


def test_what_the_iterable_raises_is_raised():
    def broken():
        yield ARTICLES[0]["text"]
        raise KeyError("the source is gone")

    with pytest.raises(KeyError, match="the source is gone"):
        sijill.read_many(broken())


def test_what_is_no_collection_is_told():
    for wrong in ("a text", {"text": "a text"}, 7):
        with pytest.raises(sijill.InputError, match="articles: expected"):
            sijill.read_many(wrong)
    with pytest.raises(sijill.InputError, match="threads: expected 1 or more"):
        sijill.read_many([], threads=0)


def test_nothing_gives_empty_tables():
    found = sijill.read_many([])
    assert all(len(t) == 0 for t in found.values()) and found.events.to_pyarrow().num_columns > 20


def test_other_threads_run_meanwhile(articles):
    """The interpreter is free while the engine reads."""
    import threading

    turns = 0
    done = threading.Event()

    def count():
        nonlocal turns
        while not done.is_set():
            turns += 1
            done.wait(0.001)

    other = threading.Thread(target=count)
    other.start()
    sijill.read_many(articles * 4, threads=1)
    done.set()
    other.join()
    assert turns > 10


def test_readers_in_many_threads(articles):
    from concurrent.futures import ThreadPoolExecutor

    def one(a):
        return sijill.read(a["text"], a.get("published"), id=a["id"])

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, articles)) == [one(a) for a in articles]
