"""Tables in Arrow's memory: whoever speaks the Arrow PyCapsule interface takes them as they are.

What must not live here: any library of data frames, unless the user asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import _native

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """A table. ``pyarrow.table(t)``, ``polars.DataFrame(t)``, ``pandas.DataFrame.from_arrow(t)`` (pandas 3) and DuckDB take it without a copy.

    >>> table = sijill.read_many(articles).mentions
    >>> table.name, table.columns[:3]
    ('mentions', ['article', 'entity', 'start'])
    >>> table.meanings["article"]
    'Id of the article'
    >>> table.metadata["lexicon"] == sijill.Lexicon().version
    True
    """

    def __init__(self, native: _native.Table) -> None:
        self._native = native

    @property
    def name(self) -> str:
        return self._native.name

    @property
    def columns(self) -> list[str]:
        return self._native.column_names

    @property
    def meanings(self) -> dict[str, str]:
        """Column to what it means."""
        return dict(self._native.meanings)

    @property
    def metadata(self) -> dict[str, str]:
        """What made the table: ``sijill`` (version of the engine), ``lexicon`` (version), ``table``."""
        return self._native.metadata

    def __len__(self) -> int:
        return self._native.num_rows

    def __arrow_c_schema__(self) -> Any:
        return self._native.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._native.__arrow_c_stream__(requested_schema)

    def batches(self) -> list[_native.Batch]:
        """The pieces of the table, each with ``__arrow_c_array__``."""
        return self._native.batches()

    def to_pyarrow(self) -> pyarrow.Table:
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        return self.to_pyarrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        return f"Table({self.name!r}, {len(self)} rows, columns {', '.join(self.columns)})"


class Tables(Mapping[str, Table]):
    """What very many articles yield, as tables; also a mapping of name to table."""

    articles: Table
    entities: Table
    mentions: Table
    roles: Table
    times: Table
    statements: Table
    events: Table
    participants: Table
    relations: Table
    warnings: Table
    boilerplate: Table
    #: Articles that could not be read, each with the reason.
    rejected: Table

    def __init__(self, native: list[_native.Table]) -> None:
        self._tables = {t.name: Table(t) for t in native}
        self.__dict__.update(self._tables)

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        return f"Tables({', '.join(f'{len(t)} {name}' for name, t in self._tables.items())})"
