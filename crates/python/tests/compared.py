"""Events as lines that can be compared, from the register and from the steps of a cluster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sijill


def by_machine(register: sijill.Register) -> list[str]:
    """The register's events, one line each."""
    out = []
    for e in register.events():
        parts = [[p["id"], p["role"], p["of"]] for p in e["participants"]]
        held = {k: e[k] for k in ("attributes", "life", "differing")}
        out.append(_line(e, place=e["place"] and e["place"]["id"], parts=parts, reports=e["reports"], **held))
    return sorted(out)


def by_steps(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The events of the last step, one line each."""
    out = []
    for e in rows:
        parts = [list(p) for p in zip(e["actors"], e["roles"], e["countries"])]
        held = {k: json.loads(e[k]) for k in ("attributes", "life", "differing")}
        out.append(_line(e, place=e["place"], parts=parts, reports=len(e["reports"]), **held))
    return sorted(out)


def _line(e: Mapping[str, Any], **more: Any) -> str:
    plain = {k: e[k] for k in ("event", "kind", "status", "date", "day", "independent", "plover", "mode", "quad", "cameo")}
    goldstein = None if e["goldstein"] is None else round(e["goldstein"], 3)
    return json.dumps({**plain, "goldstein": goldstein, **more}, ensure_ascii=False, sort_keys=True)


def held_by(register: sijill.Register) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Who everybody is in the register, and what is one text."""
    dump = [line.split("\t") for line in register._native.dump()]
    identities = sorted((json.loads(d[1]), json.loads(d[4]), json.loads(d[3])) for d in dump if d[0] == "sighting")
    wires = sorted((json.loads(d[1]), json.loads(d[2])) for d in dump if d[0] == "wire")
    return identities, wires
