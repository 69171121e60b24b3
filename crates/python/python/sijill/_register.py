"""The register: what very many articles say together, in one file, with the words that prove it.

The questions are those of the command line, by the same queries. What must not live here: SQL.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import _native
from ._lexicon import Lexicon, engine_of
from ._native import InputError
from ._read import Articles, Bar, Date, cores, fields, source

Row = dict[str, Any]
Names = str | Sequence[str]


@dataclass(frozen=True)
class Added:
    """What came of adding."""

    new: int
    #: New versions of articles that the register held.
    changed: int
    #: Held already, word for word.
    known: int
    rejected: int
    #: Records of crawls that are no pages, or not in Arabic.
    skipped: int
    #: What was rejected and why, each with its place.
    messages: list[str] = field(repr=False)


@dataclass(frozen=True)
class Exported:
    """What came of an export."""

    rows: int
    #: Events for which the format has no place, and why.
    left_out: int
    why: str
    bytes: int
    #: Hash of the file: to see that two files are one.
    xxh3: str
    #: The file's text, where no path was given.
    text: str | None = field(repr=False)


class Page(list[Row]):
    """Rows of an answer, as the command line's JSON has them. ``next``: the key after which there are more, for ``after``; None: these are all."""

    next: str | None = None
    #: Of a timeline: were there more events than asked for? The latest are given.
    more: bool = False


#: Conditions of which there may be more than one.
_LISTS = {"actors", "kinds", "statuses", "speakers", "about", "forces", "codes", "words", "text"}


def _given(name: str, value: Any) -> Any:
    """A condition as the native half takes it: names in a list, a day as text."""
    if name in _LISTS:
        return [value] if isinstance(value, str) else list(value)
    return value.isoformat()[:10] if isinstance(value, datetime.date) else value


class Register:
    """A register in a file.

    Every call opens the file anew: it sees what other processes have written, and several may read while one adds. Names in questions are ids
    (``person:…``, ``country:KWT``), ISO codes, or names in any spelling, Arabic or English; one that fits two or nobody raises
    :class:`sijill.InputError`, which says who may be meant. Dates are ``2024``, ``2024-03``, ``2024-03-05``, or date objects.

    >>> register = sijill.Register("sijill.db")
    >>> register.add([{"text": "وصل وزير الخارجية العماني بدر البوسعيدي إلى بغداد الأحد في زيارة رسمية.", "published": "2024-03-03"}]).new
    1
    >>> [event["kind"] for event in register.events("Oman")]
    ['visit']
    """

    def __init__(self, path: str | os.PathLike[str], *, lexicon: Lexicon | None = None) -> None:
        self.path = os.fspath(path)
        self._native = _native.Register(self.path, engine_of(lexicon))

    def __repr__(self) -> str:
        return f"Register({self.path!r})"

    # --- adding

    def add(
        self,
        articles: Articles | None = None,
        *,
        paths: Names | os.PathLike[str] | Iterable[os.PathLike[str]] | None = None,
        text: str | None = None,
        published: str | None = None,
        id: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        with_title: bool = False,
        threads: int | None = None,
        progress: bool = True,
    ) -> Added:
        """Add articles, and resolve what they change. The file is made where there is none.

        ``articles`` and the names of fields: as in :func:`sijill.read_many`. Or ``paths``: files and folders of text, HTML, JSONL, CSV, Parquet, WARC, packed or not, as
        ``sijill add`` takes them. What was added before, word for word, is not read again.
        """
        if (articles is None) == (paths is None):
            raise InputError("add: expected articles or paths, found " + ("neither" if paths is None else "both"))
        found: Any
        if paths is not None:
            given: list[str | os.PathLike[str]] = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
            files = [os.fspath(p) for p in given]
            for path in files:
                if not os.path.exists(path):
                    raise InputError(f"{path}: expected a file or a folder, found nothing")
            kind, found = "paths", files
        else:
            kind, found = source(articles)
        names = fields(text, id, title, published, outlet, url)
        with Bar(progress) as bar:
            return Added(**json.loads(self._native.add(kind, found, names, with_title, cores(threads), bar.step)))

    def settle(self) -> None:
        """Resolve what a run that was cut off has left; bring the file of an older sijill up to date."""
        self._native.settle()

    # --- asking

    def _ask(self, what: str, **question: Any) -> Any:
        given = {name.rstrip("_"): _given(name, value) for name, value in question.items() if value is not None}
        return json.loads(self._native.ask(what, json.dumps(given)))

    def _page(self, what: str, **question: Any) -> Page:
        found = self._ask(what, **question)
        page = Page(found["items"])
        page.next = found["next"]
        page.more = bool(found.get("more"))
        return page

    def events(
        self,
        actors: Names | None = None,
        *,
        kinds: Names | None = None,
        statuses: Names | None = None,
        place: str | None = None,
        text: Names | None = None,
        from_: Date | None = None,
        until: Date | None = None,
        limit: int | None = None,
        after: str | None = None,
        newest: bool = False,
    ) -> Page:
        """Events in order of time.

        Of ``actors`` each takes part (a state does where one of its people does); ``kinds`` and ``statuses``: any of them. ``text``: words, in any spelling, of an article
        that reports the event; words in quotation marks stand together.

        >>> [event] = register.events("Oman", kinds="visit", place="IRQ", text="رسميه")
        >>> event["date"], event["status"], event["reports"]
        ('2024-03-03', 'occurred', 1)
        """
        when = {"from_": from_, "until": until, "limit": limit, "after": after, "newest": newest}
        return self._page("events", actors=actors, kinds=kinds, statuses=statuses, place=place, text=text, **when)

    def event(self, id: str) -> Row:
        """One event with all its reports (``reported_by``). The ids that its reports had when they stood alone lead to it, too."""
        found: Row = self._ask("event", id=id)
        return found

    def statements(
        self,
        speakers: Names | None = None,
        *,
        about: Names | None = None,
        forces: Names | None = None,
        from_: Date | None = None,
        until: Date | None = None,
        limit: int | None = None,
        after: str | None = None,
        newest: bool = False,
    ) -> Page:
        """What was said, by whom (each of ``speakers``), to whom or of whom (each of ``about``), with which force (any of ``forces``)."""
        when = {"from_": from_, "until": until, "limit": limit, "after": after, "newest": newest}
        return self._page("statements", speakers=speakers, about=about, forces=forces, **when)

    def relations(self, actors: Names | None = None, *, from_: Date | None = None, until: Date | None = None, limit: int | None = None) -> Page:
        """What articles assert of the standing of two parties; of ``actors`` (two at most) each is one of them."""
        return self._page("relations", actors=actors, from_=from_, until=until, limit=limit)

    def timeline(
        self, *actors: str, kinds: Names | None = None, from_: Date | None = None, until: Date | None = None, limit: int = 200
    ) -> Page:
        """What happened, in order of time, each entry with the report that shows it best; between two actors also their relation, as articles assert it."""
        return self._page("timeline", actors=actors, kinds=kinds, from_=from_, until=until, limit=limit)

    def standing(self, one: str, other: str) -> Row:
        """How two states stand to each other: levels, agreements, visits, positions, and the monthly series of coded acts (``months``)."""
        found: Row = self._ask("standing", actors=[one, other])
        return found

    def actor(self, name: str, *, latest: int = 8) -> Row:
        """What the register holds of somebody: spellings, offices, company, the latest events and statements."""
        found: Row = self._ask("actor", id=name, latest=latest)
        return found

    def search(
        self,
        words: Names = (),
        *,
        actors: Names | None = None,
        from_: Date | None = None,
        until: Date | None = None,
        limit: int | None = 20,
        after: str | None = None,
    ) -> Page:
        """Articles with all of these words in any spelling, the newest first; words in quotation marks stand together.

        >>> [hit] = register.search('"زيارة رسميه"')
        >>> hit["published"]
        '2024-03-03'
        """
        return self._page("search", words=words, actors=actors, from_=from_, until=until, limit=limit, after=after)

    def check(self, actors: Names | None = None, *, codes: Names | None = None, limit: int | None = None) -> Page:
        """Where reports contradict each other, the lexicon's registers, or the calendar: each with the words of both."""
        return self._page("check", actors=actors, codes=codes, limit=limit)

    def counts(self) -> dict[str, int]:
        """How many articles, events, statements and actors the register holds."""
        found: dict[str, int] = self._ask("counts")
        return found

    def export(
        self,
        what: str,
        path: str | os.PathLike[str] | None = None,
        *,
        format: str = "csv",
        actors: Names | None = None,
        kinds: Names | None = None,
        statuses: Names | None = None,
        place: str | None = None,
        text: Names | None = None,
        speakers: Names | None = None,
        about: Names | None = None,
        forces: Names | None = None,
        from_: Date | None = None,
        until: Date | None = None,
    ) -> Exported:
        """Events, statements, relations or actors as a file for another program: the file of ``sijill export``, byte for byte.

        ``format``: csv, jsonl, parquet; for events also polecat, gdelt, gdelt-mentions, ics, graphml, jsonld, rdf. With a path, the file and beside it ``PATH.cite.json``, which
        says how to cite it and make it again; without one, the text is given back (parquet is none, and needs a path). The conditions are those of :meth:`events` and
        :meth:`statements`.

        >>> made = register.export("events", kinds="visit", format="csv")
        >>> made.rows, made.text.splitlines()[0][:17]
        (1, 'event,kind,status')
        """
        events = {"actors": actors, "kinds": kinds, "statuses": statuses, "place": place, "text": text}
        statements = {"speakers": speakers, "about": about, "forces": forces, "from_": from_, "until": until}
        return Exported(**self._ask("export", id=what, format=format, path=None if path is None else os.fspath(path), **events, **statements))
