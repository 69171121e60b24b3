"""The steps that a cluster runs, without a cluster: any division of the rows into whole blocks gives the register's events."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

import sijill
from compared import by_machine, by_steps, held_by
from corpus import corpus
from sijill._lexicon import engine_of
from sijill._read import fields

pa = pytest.importorskip("pyarrow")
pc = pytest.importorskip("pyarrow.compute")


def whole_blocks(table, key: str, parts: int):
    """The table cut into so many parts, no block in two of them; the rows of a part in an order of their own."""
    rows = table.to_pylist()
    piles = [[] for _ in range(parts)]
    for row in rows:
        piles[sum(str(row[key]).encode()) % parts].append(row)
    return [pa.Table.from_pylist(pile[::-1], schema=table.schema) for pile in piles]


def resolved(records, parts: int):
    engine = engine_of(None)

    def step(name, *tables):
        return pa.concat_tables([pa.table(engine.spread(name, t)) for t in tables])

    good = records.filter(pc.is_valid(records["record"]))
    windows = step("windows", good)
    above: dict[str, str] = {}

    def root(a: str) -> str:
        while above.get(a, a) != a:
            a = above[a]
        return a

    for edge in step("twins", *whole_blocks(windows, "window", parts)).to_pylist():
        one, other = sorted((root(edge["article"]), root(edge["with"])))
        above[other] = one
        above.setdefault(one, one)
    wires = {a: root(a) for a in above}
    sightings = step("sightings", good)
    asked = sightings.filter(pc.is_null(sightings["actor"])).select(["block", "sighting"])
    decided = sightings.filter(pc.is_valid(sightings["actor"])).select(["article", "entity", "actor", "rule"])
    identities = decided.to_pylist() + step("identities", *whole_blocks(asked, "block", parts)).to_pylist()
    named = defaultdict(list)
    for i in identities:
        named[i["article"]].append([i["entity"], i["actor"]])
    keys = good["article"].to_pylist()
    told = good.append_column("identities", pa.array([json.dumps(named[k]) for k in keys])).append_column("wire", pa.array([wires.get(k) for k in keys], pa.string()))
    reports = step("reports", told)
    events = step("events", *whole_blocks(reports.select(["block", "report"]), "block", parts))
    return events.to_pylist(), sorted((i["article"], i["entity"], i["actor"]) for i in identities), sorted(wires.items())


@pytest.fixture(scope="module")
def articles():
    return corpus(2)


@pytest.fixture(scope="module")
def machine(articles, tmp_path_factory):
    register = sijill.Register(tmp_path_factory.mktemp("machine") / "sijill.db")
    register.add(articles)
    return register


@pytest.mark.parametrize("parts", [1, 7])
def test_any_division_gives_the_registers_events(articles, machine, parts):
    names = fields()
    records = pa.table(engine_of(None).read_many("items", articles, names, False, 2, "records", True, None)[0])
    events, identities, wires = resolved(records, parts)
    assert by_steps(events) == by_machine(machine)
    assert (identities, wires) == held_by(machine)
    assert len(events) > 40 and any(len(e["reports"]) > 3 for e in events) and len(wires) > 20


def test_a_wrong_step_is_told():
    with pytest.raises(sijill.InputError, match="expected a step of resolution"):
        engine_of(None).spread("nonsense", pa.table({"a": [1]}))
    with pytest.raises(sijill.InputError, match="table: expected one of articles"):
        engine_of(None).spread("table nonsense", pa.table({"a": [1]}))
    with pytest.raises(sijill.InputError, match="expected a column `record`"):
        engine_of(None).spread("sightings", pa.table({"a": [1]}))
