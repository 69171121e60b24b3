"""The lexicon: the built-in one, and entries of one's own.

What must not live here: how entries are read, which is the native half's.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import Any

from . import _native

_engines: dict[tuple[str, ...], _native.Engine] = {}
_lock = threading.Lock()


class Lexicon:
    """What is known of Arabic and of the world: the built-in entries, and those of your own folders.

    ``paths``: folders of lexicon files (TOML), as ``sijill read --lexicon`` takes them; their entries are added to the built-in ones. Compiled when it is first
    used, once in a process. Entries with faults raise :class:`sijill.LexiconError`, which names file and line of each.

    >>> sijill.Lexicon().label("status", "planned")
    'planned'
    >>> sijill.Lexicon(["nowhere"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    sijill.LexiconError: ...nowhere: expected a folder of lexicon files, found nothing
    """

    def __init__(self, paths: Sequence[str | os.PathLike[str]] = ()) -> None:
        if isinstance(paths, (str, os.PathLike)):
            paths = [paths]
        self.paths: tuple[str, ...] = tuple(os.path.abspath(os.fspath(p)) for p in paths)
        self.engine  # noqa: B018 - faults are told where the lexicon is named, not where it is used

    @property
    def engine(self) -> _native.Engine:
        """The native engine on this lexicon, shared by all threads."""
        with _lock:
            found = _engines.get(self.paths)
            if found is None:
                found = _engines[self.paths] = _native.Engine(list(self.paths))
            return found

    @property
    def version(self) -> str:
        """A hash of all entries: the same version, the same records."""
        return self.engine.version

    def label(self, group: str, id: str, language: str = "en") -> str:
        """The word for a value of a closed list, such as ``label("kind", "visit")``; the value itself where none is listed."""
        found = self.engine.label(group, id)
        return id if found is None else found[0 if language == "ar" else 1]

    def __repr__(self) -> str:
        return f"Lexicon(paths={list(self.paths)!r})"

    # A lexicon goes to other processes by its paths: the folders must be there, too.
    def __reduce__(self) -> tuple[Any, ...]:
        return (Lexicon, (self.paths,))


def engine_of(lexicon: Lexicon | None) -> _native.Engine:
    """The engine on a lexicon; on the built-in one where none is given."""
    return (lexicon or Lexicon()).engine
