"""Records against gold.

What must not live here: any rule of scoring.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from . import _native
from ._lexicon import Lexicon, engine_of

Path = str | os.PathLike[str]


@dataclass(frozen=True)
class Evaluation:
    """Figures of records against gold, as ``sijill eval`` has them."""

    #: The record figure: the one number for all.
    record: float
    #: Part of the record to counts, precision, recall, F1.
    figures: dict[str, dict[str, float]]
    #: What could be judged of what was found: force, status, date, place, published.
    shares: dict[str, dict[str, float]]
    articles: int
    #: Articles without a record.
    missing: int
    #: For each article its id, its record figure, and what was missed or given too much (``misses``).
    each: list[dict[str, Any]]

    @property
    def f1(self) -> dict[str, float]:
        """Part of the record to F1."""
        return {name: t["f1"] for name, t in self.figures.items()}

    def __repr__(self) -> str:
        return f"Evaluation(record={self.record:.3f}, articles={self.articles}, missing={self.missing})"


def evaluate(gold: Path, texts: Path, *, pred: Path | None = None, meta: Path | None = None, lexicon: Lexicon | None = None) -> Evaluation:
    """Score records against gold.

    ``gold``: folder of gold records (``ID.json``); ``texts``: folder of their texts (``ID.txt``). ``pred``: file of records, one a line; without it the engine
    makes them now, and ``meta`` may be a JSONL file with ``id`` and, where known, ``published`` and ``outlet`` of the texts; without it, ``published.toml`` beside the texts.

    >>> figures = sijill.evaluate("samples/gold", "samples")
    >>> figures.missing, sorted(figures.f1)[:3]
    (0, ['boilerplate', 'content', 'entities'])
    """
    paths = [None if p is None else os.fspath(p) for p in (gold, texts, pred, meta)]
    return Evaluation(**json.loads(_native.evaluate(engine_of(lexicon), str(paths[0]), str(paths[1]), paths[2], paths[3])))
