"""What the documentation says runs: the examples of docstrings with what they print, and the blocks of `docs/python.md` one after the other."""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil
import re

import pytest

import sijill
from conftest import ARTICLES, ROOT, lexicon_folder

MODULES = ["sijill", *(f"sijill.{m.name}" for m in pkgutil.iter_modules(sijill.__path__) if m.name not in ("_native", "spark"))]


@pytest.fixture
def names(tmp_path, monkeypatch):
    """What an example may take for given, in a folder of its own: an article, several, a register of one; the project's gold."""
    monkeypatch.chdir(tmp_path)
    for folder in ("samples", "gold"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    one = {"text": "وصل وزير الخارجية العماني بدر البوسعيدي إلى بغداد الأحد في زيارة رسمية.", "published": "2024-03-03"}
    register = sijill.Register(tmp_path / "one.db")
    register.add([one])
    return {"sijill": sijill, "text": ARTICLES[1]["text"], "articles": ARTICLES, "register": register, "record": sijill.read(**one)}


@pytest.mark.parametrize("module", MODULES)
def test_examples_print_what_they_say(module, names):
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for example in doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(module), globs=names):
        runner.run(example)
    assert runner.failures == 0


def test_docstrings_have_examples():
    """Where a user looks first there is one."""
    for what in (sijill, sijill.read, sijill.read_many, sijill.Register, sijill.Register.events, sijill.Register.export, sijill.Record, sijill.Table, sijill.Lexicon, sijill.evaluate):
        assert ">>> " in (what.__doc__ or ""), what


def test_the_page_runs_from_top_to_bottom(names, tmp_path):
    pytest.importorskip("polars")
    pytest.importorskip("duckdb")
    import duckdb
    import polars

    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    assert len(blocks) >= 4
    # The folders that the page takes for given.
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/news.jsonl").write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in ARTICLES), encoding="utf-8")
    lexicon_folder(tmp_path).rename(tmp_path / "my-lexicon")
    names |= {"polars": polars, "duckdb": duckdb, "pyarrow": pytest.importorskip("pyarrow")}
    del names["register"], names["record"]
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    assert (tmp_path / "events.csv").stat().st_size > 0 and names["record"].events
