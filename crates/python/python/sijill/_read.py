"""Reading: one article, or very many on all cores.

What must not live here: threads; which library a table comes from, beyond the protocols it speaks.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ._lexicon import Lexicon, engine_of
from ._native import InputError
from ._record import Record
from ._tables import Tables

#: Whatever holds articles: texts, mappings with the fields of an article, or a table.
Articles = Iterable[str | Mapping[str, Any]] | Any
Date = str | datetime.date


def read(
    text: str, published: Date | None = None, *, id: str = "", outlet: str | None = None, lexicon: Lexicon | None = None
) -> Record:
    """Read one article.

    ``published``: the day of the article, to which "yesterday" and "next Monday" refer: a date, or ``2024-03-05``, ``2024-03``, ``2024``.
    ``outlet``: name of the outlet, as some page furniture is that of one outlet only.

    Raises :class:`sijill.InputError` for an empty text or a date that is none.

    >>> text = "وصل وزير الخارجية العماني بدر البوسعيدي إلى بغداد الأحد في زيارة رسمية."
    >>> record = sijill.read(text, published="2024-03-03")
    >>> [visit] = record.events
    >>> visit.kind, visit.status, visit.date
    ('visit', 'occurred', '2024-03-03')
    >>> [record.name(p.entity) for p in visit.participants if p.role == "visitor"]
    ['Badr al-Busaidi']
    >>> "وصل" in record.quote(visit.evidence[0])
    True
    """
    day = published.isoformat() if isinstance(published, datetime.date) else published
    return Record.from_json(engine_of(lexicon).read(text, day, id, outlet), text)


def read_many(
    articles: Articles,
    *,
    text: str | None = None,
    published: str | None = None,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    with_title: bool = False,
    threads: int | None = None,
    progress: bool = True,
    lexicon: Lexicon | None = None,
) -> Tables:
    """Read very many articles, on all cores, into tables.

    ``articles``: texts, or mappings with the fields of an article, from any iterable; a data frame or table (pandas, polars, pyarrow, DuckDB: anything with
    ``__arrow_c_stream__``). ``text``, ``published``, ``id``, ``title``, ``outlet``, ``url`` name its fields or columns where they are not called so.
    ``with_title``: put the title before the text. ``threads``: all cores unless said. ``progress``: a bar on standard error, where somebody can see it.

    Rows are in the order of the articles, whatever the number of threads. An article without an id is called ``articles#N``, counted from one. One that can not be
    read stands in ``rejected`` with the reason, and harms no other.

    >>> text = "وصل وزير الخارجية العماني بدر البوسعيدي إلى بغداد الأحد في زيارة رسمية."
    >>> tables = sijill.read_many([{"id": "a", "text": text, "published": "2024-03-03"}, {"text": ""}])
    >>> tables.events.to_pyarrow().select(["article", "kind", "date"]).to_pylist()
    [{'article': 'a', 'kind': 'visit', 'date': '2024-03-03'}]
    >>> tables.rejected.to_pyarrow().to_pylist()
    [{'article': 'articles#2', 'reason': 'expected an article, found an empty text'}]
    """
    names = fields(text, id, title, published, outlet, url)
    kind, given = source(articles)
    with Bar(progress) as bar:
        return Tables(engine_of(lexicon).read_many(kind, given, names, with_title, cores(threads), "tables", True, bar.step))


def fields(
    text: str | None = None, id: str | None = None, title: str | None = None, published: str | None = None, outlet: str | None = None, url: str | None = None
) -> list[tuple[str, bool]]:
    """The names of the fields in the order in which the native half takes them, and whether the user gave them: such a field must be there."""
    given = {"text": text, "id": id, "title": title, "published": published, "outlet": outlet, "url": url}
    return [(usual if name is None else name, name is not None) for usual, name in given.items()]


def cores(threads: int | None) -> int:
    """How many threads: those asked for, else as many as this process may use."""
    if threads is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if threads < 1:
        raise InputError(f"threads: expected 1 or more, found {threads}")
    return threads


def source(articles: Articles) -> tuple[str, Any]:
    """How the native half is to take the articles."""
    if isinstance(articles, (str, bytes, Mapping)):
        raise InputError(f"articles: expected an iterable of articles or a table, found a single {type(articles).__name__}; one article is for sijill.read")
    if hasattr(articles, "__arrow_c_stream__"):
        try:
            return "arrow", _Stream(articles.__arrow_c_stream__())
        except ImportError:
            pass  # pandas without pyarrow: its rows will do
    if hasattr(articles, "fetch_arrow_table"):  # DuckDB of before the protocol
        return "arrow", articles.fetch_arrow_table()
    if hasattr(articles, "to_dict") and hasattr(articles, "columns"):
        return "items", articles.to_dict("records")
    if not isinstance(articles, Iterable):
        raise InputError(f"articles: expected an iterable of articles or a table, found {type(articles).__name__}")
    return "items", articles


class _Stream:
    """A stream that was asked for already."""

    def __init__(self, capsule: Any) -> None:
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.capsule


class Bar:
    """How far it is, on standard error: in a terminal and in a notebook, nowhere else."""

    def __init__(self, wanted: bool) -> None:
        self.step: Callable[[int, int], None] | None = self._step if wanted and _seen() else None
        self.started = datetime.datetime.now()
        self.wrote = False

    def _step(self, done: int, rejected: int) -> None:
        seconds = (datetime.datetime.now() - self.started).total_seconds()
        if seconds < 0.5 and not self.wrote:
            return  # over before anybody could read it
        rate = f", {done / seconds:,.0f} a second" if seconds > 0 else ""
        bad = f", {rejected:,} rejected" if rejected else ""
        sys.stderr.write(f"\r{done:,} articles{rate}{bad}   ")
        sys.stderr.flush()
        self.wrote = True

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.wrote:
            sys.stderr.write("\n")


def _seen() -> bool:
    return bool(getattr(sys.stderr, "isatty", lambda: False)()) or "ipykernel" in sys.modules
