"""sijill: from Arabic news of diplomacy to records and registers.

>>> import sijill
>>> record = sijill.read(text, published="2024-03-03")      # one article
>>> tables = sijill.read_many(articles)                     # very many, on all cores
>>> register = sijill.Register("sijill.db")                 # what they say together
>>> register.add(articles).new == len(articles)
True

An article is read by the same engine as on the command line, and gives the same record. Offsets are Unicode code points into the text, as Python
counts them: ``text[m.start:m.end] == m.text``. Dates are EDTF. What is not known is ``None`` or an empty list.
"""

from __future__ import annotations

from ._evaluate import Evaluation, evaluate
from ._lexicon import Lexicon
from ._native import Error, InputError, LexiconError, RegisterError, __version__
from ._read import read, read_many
from ._record import (
    Boilerplate,
    Code,
    Dateline,
    Entity,
    Event,
    Mention,
    Participant,
    Plover,
    Record,
    Relation,
    Role,
    Span,
    Statement,
    Time,
    Warning,
    Why,
)
from ._register import Added, Exported, Page, Register
from ._tables import Table, Tables

__all__ = [
    "Added",
    "Boilerplate",
    "Code",
    "Dateline",
    "Entity",
    "Error",
    "Evaluation",
    "Event",
    "Exported",
    "InputError",
    "Lexicon",
    "LexiconError",
    "Mention",
    "Page",
    "Participant",
    "Plover",
    "Record",
    "Register",
    "RegisterError",
    "Relation",
    "Role",
    "Span",
    "Statement",
    "Table",
    "Tables",
    "Time",
    "Warning",
    "Why",
    "__version__",
    "evaluate",
    "read",
    "read_many",
]
