"""A record with attributes: what one article yields, as ``docs/record.md`` lays it down.

The classes bear the names and the fields of the JSON. What must not live here: how anything is found; HTML (``_html``).
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Span:
    """A stretch of the article: code points, half open. ``text[s.start:s.end]`` are its words."""

    start: int
    end: int

    @property
    def slice(self) -> slice:
        return slice(self.start, self.end)


@dataclass(frozen=True)
class Why:
    """Which entry of the lexicon and which rule of the engine say so."""

    entry: str
    rule: str


@dataclass(frozen=True)
class Dateline(Span):
    place: str | None
    date: str | None
    agency: str | None


@dataclass(frozen=True)
class Boilerplate(Span):
    """Words of the page, not of the article."""

    why: Why


@dataclass(frozen=True)
class Mention(Span):
    text: str
    by: str


@dataclass(frozen=True)
class Role(Span):
    title: str
    of: str | None
    why: Why


@dataclass(frozen=True)
class Code:
    """Who acts, in PLOVER's terms."""

    country: str | None
    sectors: list[str]


@dataclass(frozen=True)
class Entity:
    id: str
    type: str
    iso3: str | None
    label_ar: str
    label_en: str | None
    known: bool
    mentions: list[Mention]
    roles: list[Role]
    code: Code
    why: Why

    @property
    def name(self) -> str:
        """The English name where one is known, else the Arabic one."""
        return self.label_en or self.label_ar


@dataclass(frozen=True)
class Time(Span):
    text: str
    edtf: str
    why: Why


@dataclass(frozen=True)
class Plover:
    """A PLOVER 2.0 coding."""

    type: str
    mode: str | None = None
    quad: int | None = None
    score: float | None = None
    aux: list[str] = field(default_factory=list)
    contexts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Statement:
    id: str
    speakers: list[str]
    force: str
    cue: Span
    content: Span
    direct: bool
    targets: list[str]
    date: str | None
    why: Why
    within: str | None = None
    plover: Plover | None = None
    cameo: str | None = None
    goldstein: float | None = None


@dataclass(frozen=True)
class Participant:
    entity: str
    role: str
    side: str | None = None


@dataclass(frozen=True)
class Event:
    id: str
    kind: str
    status: str
    participants: list[Participant]
    date: str | None
    place: str | None
    evidence: list[Span]
    attributes: dict[str, Any]
    plover: Plover | None
    cameo: str | None
    why: Why
    goldstein: float | None = None
    within: str | None = None


@dataclass(frozen=True)
class Relation(Span):
    parties: list[str]
    level: str | None
    established: str | None
    why: Why


@dataclass(frozen=True)
class Warning(Span):
    code: str
    message: str


@dataclass(frozen=True, repr=False)
class Record:
    """What one article yields. In a notebook it shows the article with its parts marked.

    >>> [entity.id for entity in record.entities if entity.type == "person"]
    ['person:badr-al-busaidi']
    >>> record.quote(record.times[0]), record.times[0].edtf
    ('الأحد', '2024-03-03')
    >>> record == sijill.Record.from_json(record.to_json())
    True
    """

    id: str
    published: str | None
    dateline: Dateline | None
    boilerplate: list[Boilerplate]
    entities: list[Entity]
    times: list[Time]
    statements: list[Statement]
    events: list[Event]
    relations: list[Relation]
    warnings: list[Warning]
    #: The article's text, where it was at hand.
    text: str | None = field(default=None, compare=False)
    _json: str = field(default="", compare=False)

    @classmethod
    def from_json(cls, line: str, text: str | None = None) -> Record:
        """A record out of its JSON, as ``sijill read --format jsonl`` writes it."""
        given = json.loads(line)
        lists: dict[str, Any] = {name: [build(kind, item) for item in given[name]] for name, kind in _LISTS.items()}
        dateline = given.get("dateline")
        return cls(
            id=given["id"], published=given.get("published"), dateline=build(Dateline, dateline) if dateline else None, text=text, _json=line, **lists
        )

    def to_json(self) -> str:
        """The record's JSON on one line: that of the command line, byte for byte."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The record's JSON as dictionaries and lists."""
        found: dict[str, Any] = json.loads(self._json)
        return found

    def entity(self, id: str) -> Entity | None:
        """The entity of that id."""
        return next((e for e in self.entities if e.id == id), None)

    def name(self, id: str) -> str:
        """The name of the entity of that id; the id itself where there is none."""
        found = self.entity(id)
        return id if found is None else found.name

    def quote(self, span: Span) -> str:
        """The article's words."""
        if self.text is None:
            raise ValueError("expected a record with its text, found one without: give it to Record.from_json")
        return self.text[span.slice]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, name))} {name}" for name in ("entities", "statements", "events", "relations", "warnings"))
        return f"Record(id={self.id!r}, published={self.published!r}, {counts})"

    def _repr_html_(self) -> str:
        from ._html import page

        return page(self)


_LISTS: dict[str, type] = {
    "boilerplate": Boilerplate,
    "entities": Entity,
    "times": Time,
    "statements": Statement,
    "events": Event,
    "relations": Relation,
    "warnings": Warning,
}
#: Fields that hold objects of their own, alone or in a list.
_PARTS: dict[str, type] = {
    "mentions": Mention,
    "roles": Role,
    "code": Code,
    "why": Why,
    "cue": Span,
    "content": Span,
    "plover": Plover,
    "participants": Participant,
    "evidence": Span,
}


def build(kind: type[T], given: Mapping[str, Any]) -> T:
    """An object of one of these classes out of its JSON. Keys of a newer sijill, which the class has no field for, are left out."""
    own: type = kind
    parts = _fields(own)
    made = {}
    for name, value in given.items():
        if name in parts:
            part = parts[name]
            # A warning has a `code` of its own, which is a word.
            if part is not None and value is not None and not isinstance(value, str):
                value = [build(part, v) for v in value] if isinstance(value, list) else build(part, value)
            made[name] = value
    return kind(**made)


@functools.cache
def _fields(kind: type) -> dict[str, type | None]:
    """The fields of a class, each with the class of the objects that it holds, if it holds any."""
    return {f.name: _PARTS.get(f.name) for f in dataclasses.fields(kind)}
