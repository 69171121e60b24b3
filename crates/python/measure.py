"""What `docs/scale.md` says in figures, of articles of your own.

    python measure.py articles.jsonl [HOW MANY]

CPU is user time of this process, bytes are those of Arrow's memory and of Parquet with zstd. Wall times mean something on an idle machine only.
"""

from __future__ import annotations

import collections
import io
import json
import resource
import sys
import time

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import sijill
from sijill._lexicon import engine_of
from sijill._read import fields


def cpu() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def packed(table: pa.Table) -> int:
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.tell()


def main(path: str, most: int) -> None:
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(most), lines)]
    count, engine = len(rows), engine_of(None)
    articles = pa.Table.from_pylist([{k: r.get(k) for k in ("id", "text", "published", "outlet", "url", "title")} for r in rows])
    print(f"{count} articles, {sum(len(r['text'].encode()) for r in rows) / count:.0f} bytes of text each, packed {packed(articles) / count:.0f}")
    for threads in (1, 2):
        began, used = time.monotonic(), cpu()
        tables = sijill.read_many(articles, threads=threads, progress=False)
        print(f"read_many, {threads} threads: {time.monotonic() - began:.2f} s, {1e3 * (cpu() - used) / count:.3f} ms of CPU each")
    print(f"tables: packed {sum(packed(t.to_pyarrow()) for t in tables.values()) / count:.0f} bytes each")

    used = cpu()
    records = pa.table(engine.read_many("arrow", articles, fields(), False, 1, "records", True, None)[0])
    print(f"records: {1e3 * (cpu() - used) / count:.3f} ms, {records.nbytes / count:.0f} bytes each, packed {packed(records) / count:.0f}")
    records = records.filter(pc.is_valid(records["record"]))
    told = records.select(["article", "outlet", "record"])
    print(f"records without texts: {told.nbytes / count:.0f} bytes each, packed {packed(told) / count:.0f}")

    def step(name: str, table: pa.Table) -> pa.Table:
        used = cpu()
        found = pa.table(engine.spread(name, table))
        sizes = f"{found.num_rows / count:.2f} rows and {found.nbytes / count:.0f} bytes an article, packed {packed(found) / count:.0f}"
        print(f"{name}: {1e3 * (cpu() - used) / count:.3f} ms, {sizes}")
        return found

    def hottest(what: str, table: pa.Table) -> None:
        blocks = collections.Counter(table["block"].to_pylist())
        print(f"{what}: {len(blocks)} blocks of {table.num_rows} rows, the largest {blocks.most_common(4)}")

    step("twins", step("windows", records))
    sightings = step("sightings", records)
    asked = sightings.filter(pc.is_null(sightings["actor"])).select(["block", "sighting"])
    print(f"names that travel: {asked.num_rows / count:.2f} rows and {asked.nbytes / count:.0f} bytes an article, packed {packed(asked) / count:.0f}")
    hottest("names", asked)
    wanted = ["article", "entity", "actor"]
    decided = sightings.filter(pc.is_valid(sightings["actor"])).select(wanted).to_pylist()
    everybody = decided + step("identities", asked).select(wanted).to_pylist()
    named = collections.defaultdict(list)
    for i in everybody:
        named[i["article"]].append([i["entity"], i["actor"]])
    print(f"identities that travel: {pa.Table.from_pylist(everybody).nbytes / count:.0f} bytes an article")
    keys = told["article"].to_pylist()
    told = told.append_column("identities", pa.array([json.dumps(named[k]) for k in keys])).append_column("wire", pa.nulls(len(keys), pa.string()))
    reports = step("reports", told)
    hottest("reports", reports)
    step("events", reports.select(["block", "report"]))


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
