"""Beyond one machine: the same engine and the same resolution on Apache Spark.

``read`` turns a data frame of articles into records, ``tables`` records into the tables of :func:`sijill.read_many`, ``resolve`` records into events
across articles, as the register does it on one machine. Spark moves the rows; every decision is the native half's. Works on classic Spark and on Spark Connect (Sail).

What must not live here: decisions on a text or an event; a scheduler, a shuffle, a store of our own.

The engine is loaded once in each Python worker. An article that can not be read is a row with ``rejected`` set; no article ends a task.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import _native
from ._lexicon import Lexicon, engine_of
from ._read import fields

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

#: Rows of a table, in batches, as Spark hands them over.
_Batches = Iterator["pyarrow.RecordBatch"]


def read(
    df: DataFrame,
    *,
    text: str | None = None,
    published: str | None = None,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    with_title: bool = False,
    keep_text: bool = True,
    lexicon: Lexicon | None = None,
) -> DataFrame:
    """Articles to records: one row an article.

    The names of columns are as in :func:`sijill.read_many`. Columns of the result: ``article`` (permanent key, that of the register), ``version``, ``id``, ``url``,
    ``outlet``, ``title``, ``published``, ``month``, ``text`` (unless ``keep_text`` is off: quotations are cut out of it), ``record`` (the JSON of the command line),
    ``shingles`` and ``hashes`` (for the search for reprints), ``rejected`` (why there is no record), ``sijill`` and ``lexicon`` (versions). An article that brings no id
    is called by its key.
    """
    names = fields(text, id, title, published, outlet, url)
    absent = [n for n, given in names if given and n not in df.columns] + [n for n, given in names[:1] if not given and n not in df.columns]
    if absent:
        raise _native.InputError(f"expected a column `{absent[0]}`, found the columns {', '.join(f'`{c}`' for c in df.columns)}")
    # Only what is read travels to Python.
    wanted = df.select([n for n, _ in names if n in df.columns])
    own = lexicon or Lexicon()

    def work(batches: _Batches) -> _Batches:
        engine = engine_of(own)
        for batch in batches:
            yield from _batches(engine.read_many("arrow", _stream(batch), names, with_title, 1, "records", keep_text, None)[0])

    return wanted.mapInArrow(work, _schema(own.engine.read_many("items", [], names, False, 1, "records", True, None)[0]))


def read_files(files: DataFrame, *, keep_text: bool = True, lexicon: Lexicon | None = None) -> DataFrame:
    """Files with many articles to records: WARC, JSONL, CSV, HTML, text, packed or not, as ``sijill read`` takes them; the ending of the name says which.

    ``files``: what ``spark.read.format("binaryFile").load(...)`` gives, from any file system or object store of Spark's. A file is one row, and lies in the memory of one
    worker, packed; Spark takes files below 2 GiB.
    """
    own = lexicon or Lexicon()

    def work(batches: _Batches) -> _Batches:
        import os
        import tempfile

        engine = engine_of(own)
        for batch in batches:
            for path, content in zip(batch.column("path").to_pylist(), batch.column("content")):
                with tempfile.TemporaryDirectory() as folder:
                    name = os.path.join(folder, os.path.basename(path) or "file")
                    with open(name, "wb") as out:
                        out.write(memoryview(content.as_buffer()))
                    found = _batches(engine.read_many("paths", [name], fields(), False, 1, "records", keep_text, None)[0])
                    yield from (_renamed(b, folder + os.sep, path[: len(path) - len(os.path.basename(path))]) for b in found)

    return files.select("path", "content").mapInArrow(work, _schema(own.engine.read_many("items", [], [], False, 1, "records", True, None)[0]))


def _renamed(batch: pyarrow.RecordBatch, before: str, after: str) -> pyarrow.RecordBatch:
    """What could not be read is named by its place in the file, not in our copy of it."""
    import pyarrow.compute as pc

    at = batch.schema.get_field_index("id")
    return batch.set_column(at, batch.schema.field(at), pc.replace_substring(batch.column(at), before, after))


def table(records: DataFrame, name: str, *, lexicon: Lexicon | None = None) -> DataFrame:
    """One of the tables of :func:`sijill.read_many` (``events``, ``statements``, ``rejected``, …) out of records."""
    return _step(records.select("id", "url", "outlet", "title", "text", "record", "rejected"), f"table {name}", lexicon)


def tables(records: DataFrame, *, lexicon: Lexicon | None = None) -> dict[str, DataFrame]:
    """All tables out of records. Each reads the records once: persist them, or better, write them to Parquet first."""
    return {name: table(records, name, lexicon=lexicon) for name in _native.TABLES}


@dataclass(frozen=True)
class Resolved:
    """What very many articles say together."""

    #: Happenings with what their reports say of them: those of the register, with the same ids.
    events: DataFrame
    #: Who each actor of each article is: ``article``, ``entity``, ``actor``, ``rule``.
    identities: DataFrame
    #: Articles that are one text: ``article``, ``wire`` (the least of the group). Articles that stand alone are not in it.
    wires: DataFrame


def resolve(records: DataFrame, *, partitions: int | None = None, lexicon: Lexicon | None = None) -> Resolved:
    """Records to events across articles: the register's resolution, as blocking keys, a shuffle, and the register's functions on whole blocks.

    Of an article that comes in several versions the one with the greatest ``batch`` counts, where the records have such a column, else the greatest ``version``.
    ``partitions``: pieces of each shuffle; Spark's own setting unless given. A block is resolved in one worker's memory (see ``docs/scale.md``).

    The records are read several times: give a data frame that is persisted or read from files, not one that reads articles.
    """
    from pyspark.sql import functions as F

    records = _current(records.where(F.col("record").isNotNull()))

    def blocks(df: DataFrame, key: str) -> DataFrame:
        return df.repartition(key) if partitions is None else df.repartition(partitions, key)

    windows = _step(records.select("article", "published", "shingles", "hashes", "record"), "windows", lexicon)
    wires = _groups(_step(blocks(windows, "window"), "twins", lexicon, whole=True))

    sightings = _step(records.select("article", "outlet", "record"), "sightings", lexicon)
    decided = sightings.where(F.col("actor").isNotNull()).select("article", "entity", "actor", "rule")
    asked = sightings.where(F.col("actor").isNull()).select("block", "sighting")
    identities = decided.unionByName(_step(blocks(asked, "block"), "identities", lexicon, whole=True))

    pair = F.array("entity", "actor")
    named = identities.groupBy("article").agg(F.to_json(F.sort_array(F.collect_list(pair))).alias("identities"))
    told = records.select("article", "outlet", "record").join(named, "article", "left").join(wires, "article", "left")
    reports = _step(told, "reports", lexicon)
    events = _step(blocks(reports.select("block", "report"), "block"), "events", lexicon, whole=True)
    return Resolved(events=events, identities=identities, wires=wires)


# --- the pieces


def _current(records: DataFrame) -> DataFrame:
    """One version of each article."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    newest = [F.col(c).desc_nulls_last() for c in ("batch", "version") if c in records.columns]
    order = Window.partitionBy("article").orderBy(*newest)
    return records.withColumn("_n", F.row_number().over(order)).where("_n = 1").drop("_n")


#: Rounds after which groups of reprints would have to span years of days without a gap.
_ROUNDS = 40


def _groups(edges: DataFrame) -> DataFrame:
    """Article to the least of all that hang together. Edges lead from an article to the least of its window; windows overlap, so that a round or two will do."""
    from pyspark.sql import functions as F

    both = edges.select(F.col("article").alias("a"), F.col("with").alias("b"))
    both = both.unionByName(both.select(F.col("b").alias("a"), F.col("a").alias("b"))).distinct().persist()
    labels = both.groupBy("a").agg(F.least(F.min("b"), F.col("a")).alias("least")).persist()
    for _ in range(_ROUNDS):
        heard = both.join(labels.select(F.col("a").alias("b"), F.col("least").alias("theirs")), "b").groupBy("a").agg(F.min("theirs").alias("theirs"))
        joined = labels.join(heard, "a", "left").select("a", "least", F.least("least", F.coalesce("theirs", "least")).alias("new")).persist()
        changed = joined.where("new < least").limit(1).count()
        labels = joined.select("a", F.col("new").alias("least"))
        if not changed:
            break
    else:
        raise _native.Error(f"expected groups of reprints to settle within {_ROUNDS} rounds, found that they do not")
    return labels.select(F.col("a").alias("article"), F.col("least").alias("wire"))


def _step(df: DataFrame, step: str, lexicon: Lexicon | None, *, whole: bool = False) -> DataFrame:
    """One of the native steps over a data frame; ``whole``: over whole partitions, where blocks lie together."""
    own = lexicon or Lexicon()

    def work(batches: _Batches) -> _Batches:
        engine = engine_of(own)
        if whole:
            held = list(batches)
            if held:
                yield from _batches(engine.spread(step, _stream(*held)))
            return
        for batch in batches:
            yield from _batches(engine.spread(step, _stream(batch)))

    return df.mapInArrow(work, _schema(own.engine.spread(step, _stream())))


def _stream(*batches: pyarrow.RecordBatch) -> pyarrow.RecordBatchReader:
    import pyarrow as pa

    schema = batches[0].schema if batches else pa.schema([])
    return pa.RecordBatchReader.from_batches(schema, iter(batches))


def _batches(found: _native.Table) -> _Batches:
    import pyarrow as pa

    yield from pa.RecordBatchReader.from_stream(found)


_TYPES = {"string": "string", "int32": "int", "int64": "bigint", "double": "double", "bool": "boolean", "date32[day]": "date", "binary": "binary"}


def _schema(found: _native.Table) -> str:
    """A schema as Spark writes it."""
    import pyarrow as pa

    def spelled(kind: Any) -> str:
        return f"array<{_TYPES[str(kind.value_type)]}>" if pa.types.is_list(kind) else _TYPES[str(kind)]

    return ", ".join(f"`{f.name}` {spelled(f.type)}" for f in pa.schema(found))
