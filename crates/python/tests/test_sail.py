"""The same functions on Sail: a Spark Connect server without a JVM. Its client can not live beside PySpark of another version: these tests have an environment of their own."""

from __future__ import annotations

import pytest

from corpus import corpus

pysail = pytest.importorskip("pysail.spark")
pytestmark = pytest.mark.sail


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    server = pysail.SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    yield session
    session.stop()
    server.stop()


def test_records_and_events_are_those_of_one_machine(spark, tmp_path):
    import sijill.spark
    from test_spark import SCHEMA, by_machine, by_spark

    articles = corpus(1)
    register = sijill.Register(tmp_path / "sijill.db")
    register.add(articles)
    df = spark.createDataFrame([(a["id"], a["outlet"], a["published"], a["text"]) for a in articles], SCHEMA)
    where = str(tmp_path / "records")
    sijill.spark.read(df).write.parquet(where)
    records = spark.read.parquet(where)
    rows = {r["id"]: r for r in records.collect()}
    for a in articles:
        if a["id"] in rows and rows[a["id"]]["rejected"] is None:
            assert rows[a["id"]]["record"] == sijill.read(a["text"], a["published"], id=a["id"], outlet=a["outlet"]).to_json()
    assert sum(r["rejected"] is None for r in rows.values()) >= len(articles) - 8
    assert by_spark(sijill.spark.resolve(records).events.collect()) == by_machine(register)
