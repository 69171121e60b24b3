"""Spark: the same records, tables and events as on one machine, whatever dies on the way."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest

import sijill
from compared import by_machine, by_steps, held_by
from corpus import HOSTILE, corpus

pytest.importorskip("pyspark.sql")
pa = pytest.importorskip("pyarrow")
pytest.importorskip("pandas")
pytestmark = pytest.mark.spark

SCHEMA = "id string, outlet string, published string, text string"
TIMES = 2


@pytest.fixture(scope="module")
def articles():
    return corpus(TIMES)


@pytest.fixture(scope="module")
def machine(articles, tmp_path_factory) -> sijill.Register:
    register = sijill.Register(tmp_path_factory.mktemp("machine") / "sijill.db")
    register.add(articles)
    return register


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    from cluster import Cluster, environment

    work = tmp_path_factory.mktemp("cluster")
    os.environ.update(environment(work))
    made = Cluster(work)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def spark(cluster):
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(cluster.url)
        .appName("sijill")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "512m")
        .config("spark.executor.cores", "1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def records(spark, articles, tmp_path_factory):
    """Records as files, partitioned by month."""
    import sijill.spark

    where = str(tmp_path_factory.mktemp("records") / "parquet")
    df = spark.createDataFrame([(a["id"], a["outlet"], a["published"], a["text"]) for a in articles], SCHEMA).repartition(4)
    # One file a month: small files cost more than what is in them.
    sijill.spark.read(df).repartition(2, "month").write.partitionBy("month").parquet(where)
    return where


def test_records_are_the_command_lines(spark, records, articles):
    rows = {r["id"]: r for r in spark.read.parquet(records).collect()}
    assert len(rows) == len(articles)
    rejected = 0
    for a in articles:
        row = rows[a["id"]] if a["id"] in rows else rows[next(i for i in rows if i.startswith("articles#"))]
        if not (a["text"] or "").strip():
            continue
        if row["rejected"] is not None:
            rejected += 1
            continue
        assert row["record"] == sijill.read(a["text"], a["published"], id=a["id"], outlet=a["outlet"]).to_json()
        assert row["lexicon"] == sijill.Lexicon().version and row["sijill"] == sijill.__version__
    assert rejected <= len(HOSTILE) * TIMES


def test_what_can_not_be_read_is_rejected_with_its_reason(spark, records, articles):
    import sijill.spark

    rejected = sijill.spark.table(spark.read.parquet(records), "rejected").collect()
    empty = [a for a in articles if not (a["text"] or "").strip()]
    assert len([r for r in rejected if "expected an article" in r["reason"]]) >= len(empty)


def test_tables_are_those_of_one_machine(spark, records, articles):
    import sijill.spark

    ours = sijill.read_many(articles)
    found = sijill.spark.tables(spark.read.parquet(records).coalesce(2).persist())
    assert set(found) == set(ours)
    for name in ("articles", "events", "participants", "statements", "mentions", "relations"):
        theirs = sorted(json.dumps(r.asDict(), ensure_ascii=False, default=str) for r in found[name].collect())
        assert theirs == sorted(json.dumps(r, ensure_ascii=False, default=str) for r in ours[name].to_pyarrow().to_pylist()), name


def test_resolution_is_the_registers(spark, records, machine, tmp_path):
    import duckdb

    import sijill.spark

    found = sijill.spark.resolve(spark.read.parquet(records))
    # As they are kept: by month, to be opened by Spark and by others.
    where = str(tmp_path / "events")
    found.events.repartition(1, "month").write.partitionBy("month").parquet(where)
    events = spark.read.parquet(where).collect()
    files = f"read_parquet('{where}/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)"
    theirs = duckdb.sql(f"SELECT event, kind, date, month, len(reports) FROM {files} ORDER BY event").fetchall()
    # Spark takes the name of a folder such as `month=2024-03` for a day.
    ours = sorted((e["event"], e["kind"], e["date"], e["month"] and str(e["month"])[:7], len(e["reports"])) for e in events)
    assert theirs == ours and any(month for *_, month, _ in theirs)
    assert by_steps(r.asDict(recursive=True) for r in events) == by_machine(machine)
    assert len(events) > 40 and any(len(e["reports"]) > 3 for e in events)
    # Who everybody is, and what is one text.
    identities = sorted((r["article"], r["entity"], r["actor"]) for r in found.identities.collect())
    wires = sorted((r["article"], r["wire"]) for r in found.wires.collect())
    assert (identities, wires) == held_by(machine)
    assert len(wires) > 20


def test_a_batch_is_added_without_reading_the_old_articles(spark, articles, machine, tmp_path):
    """Two batches of records, the second with a new version of an article of the first: the same events as of all at once."""
    from pyspark.sql import functions as F

    import sijill.spark

    half = len(articles) // 2
    first = [*articles[:half], {**articles[-20], "text": "نص قديم لا يقول شيئا عن أحد."}]
    where = str(tmp_path / "records")
    for n, batch in enumerate((first, articles[half:])):
        df = spark.createDataFrame([(a["id"], a["outlet"], a["published"], a["text"]) for a in batch], SCHEMA)
        sijill.spark.read(df).withColumn("batch", F.lit(n)).repartition(1).write.mode("append").partitionBy("month").parquet(where)
    found = sijill.spark.resolve(spark.read.parquet(where))
    assert by_steps(r.asDict(recursive=True) for r in found.events.collect()) == by_machine(machine)


def test_own_entries_travel(spark, tmp_path):
    import sijill.spark
    from conftest import lexicon_folder
    from test_lexicon import TEXT

    own = sijill.Lexicon([lexicon_folder(tmp_path)])
    df = spark.createDataFrame([("x", TEXT)], "id string, text string")
    [row] = sijill.spark.read(df, lexicon=own).collect()
    assert "person:nadir-sahrawan" in row["record"] and row["lexicon"] == own.version


def test_files_that_only_sijill_takes_apart(spark, tmp_path):
    """A WARC of two pages, one of them in no language of ours, and a packed JSONL with a broken line."""
    import gzip

    import sijill.spark
    from conftest import ARTICLES

    def page(url: str, body: str) -> bytes:
        html = f"<html lang='ar'><head><title>خبر</title></head><body><article><p>{body}</p></article></body></html>".encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        return gzip.compress(head.encode() + http + b"\r\n\r\n")

    long = " ".join(a["text"] for a in ARTICLES)
    (tmp_path / "one.warc.gz").write_bytes(page("https://example.org/1", long) + page("https://example.org/2", "Nothing in Arabic here, nothing at all. " * 20))
    (tmp_path / "two.jsonl.gz").write_bytes(gzip.compress((json.dumps(ARTICLES[1], ensure_ascii=False) + "\n{broken\n").encode()))
    rows = sijill.spark.read_files(spark.read.format("binaryFile").load(str(tmp_path))).collect()
    good = {r["id"]: json.loads(r["record"]) for r in rows if r["rejected"] is None}
    bad = {r["id"]: r["rejected"] for r in rows if r["rejected"] is not None}
    assert good["m2"] == sijill.read(ARTICLES[1]["text"], ARTICLES[1]["published"], id="m2", outlet=ARTICLES[1]["outlet"]).to_dict()
    assert len(good) == 2 and any(len(r["events"]) > 3 for r in good.values())
    assert any("two.jsonl.gz" in i and str(tmp_path) in i and "expected a JSON object" in why for i, why in bad.items())


def test_a_wrong_column_is_told_at_once(spark):
    import sijill.spark

    df = spark.createDataFrame([("x",)], "body string")
    with pytest.raises(sijill.InputError, match="expected a column `text`, found the columns `body`"):
        sijill.spark.read(df)


def test_a_killed_worker_changes_nothing(spark, cluster, tmp_path):
    """The last test of this cluster: one of its two workers is killed while records are written. What was written is whole."""
    import sijill.spark

    articles = corpus(12)
    rows = [(a["id"], a["outlet"], a["published"], a["text"]) for a in articles]
    df = spark.createDataFrame(rows, SCHEMA).repartition(24)
    where = str(tmp_path / "records")
    tracker = spark.sparkContext.statusTracker()
    killed: dict[str, int] = {}

    def kill() -> None:
        while not killed:
            for stage in tracker.getActiveStageIds():
                info = tracker.getStageInfo(stage)
                if info and info.numTasks == 24 and info.numCompletedTasks >= 3 and info.numActiveTasks > 0:
                    killed.update(done=info.numCompletedTasks, of=info.numTasks)
                    cluster.kill(0)
                    return
            time.sleep(0.02)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    sijill.spark.read(df).write.parquet(where)
    killer.join(5)
    assert killed and killed["done"] < killed["of"], f"the worker was to be killed in the middle: {killed}"
    assert (Path(where) / "_SUCCESS").exists()
    found = {r["id"]: r["record"] for r in spark.read.parquet(where).select("id", "record").collect() if r["record"]}
    ours = sijill.read_many(articles)
    assert sorted(found) == sorted(ours.articles.to_pyarrow()["article"].to_pylist())
    for a in articles[:: max(1, len(articles) // 60)]:
        if a["id"] in found:
            assert found[a["id"]] == sijill.read(a["text"], a["published"], id=a["id"], outlet=a["outlet"]).to_json()
