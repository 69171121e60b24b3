"""The register from Python: the answers of the command line."""

from __future__ import annotations

import json
import subprocess

import pytest

import sijill
from conftest import ARTICLES


def cli(sijill_cli, register, *args):
    done = subprocess.run([sijill_cli, *args, "--register", register.path, "--format", "jsonl"], check=True, capture_output=True, text=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("args", "ask"),
    [
        (["list", "events", "--limit", "10000"], lambda r: r.events()),
        (["list", "events", "--actor", "OMN", "--kind", "visit,meeting"], lambda r: r.events("OMN", kinds=["visit", "meeting"])),
        (["list", "events", "--from", "2024-03", "--until", "2024-03", "--newest"], lambda r: r.events(from_="2024-03", until="2024-03", newest=True)),
        (["list", "events", "--text", "المذكرة", "--text", '"النقل البحرى"'], lambda r: r.events(text=["المذكرة", '"النقل البحرى"'])),
        (["list", "statements", "--limit", "10000"], lambda r: r.statements()),
        (["list", "statements", "--speaker", "country:IRQ"], lambda r: r.statements("country:IRQ")),
        (["timeline", "Oman", "Iraq"], lambda r: r.timeline("Oman", "Iraq")),
        (["standing", "OMN", "IRQ"], lambda r: [r.standing("OMN", "IRQ")]),
        (["actor", "بدر البوسعيدي"], lambda r: [r.actor("بدر البوسعيدي")]),
        (["check"], lambda r: r.check()),
        (["search", "زيارة"], lambda r: r.search("زيارة")),
    ],
)
def test_answers_are_the_command_lines(sijill_cli, register, args, ask):
    found = ask(register)
    expected = cli(sijill_cli, register, *args)
    if args[0] != "check":
        assert expected, "the question must have an answer for this to be a test"
    assert list(found) == expected


def test_a_python_register_is_the_command_lines(sijill_cli, register, jsonl, tmp_path):
    other = sijill.Register(tmp_path / "cli.db")
    subprocess.run([sijill_cli, "add", str(jsonl), "--register", other.path], check=True, capture_output=True)
    assert other._native.dump() == register._native.dump()
    # And from the file itself.
    third = sijill.Register(tmp_path / "paths.db")
    third.add(paths=jsonl)
    assert third._native.dump() == register._native.dump()


def test_two_outlets_tell_of_one_meeting(register):
    [meeting] = register.events(["OMN", "IRQ"], kinds="meeting", from_="2024-03-03", until="2024-03-03")
    whole = register.event(meeting["event"])
    assert [r["outlet"] for r in whole["reported_by"]] == ["النشرة", "الديوان"] and all(r["quotes"] for r in whole["reported_by"])
    [visit] = register.events(["OMN", "IRQ"], kinds="visit", from_="2024-03-03", until="2024-03-03")
    assert [s["stage"] for s in visit["life"]] == ["announced", "happened"]


def test_adding_again_changes_nothing(register, articles):
    before = register._native.dump()
    added = register.add(articles)
    assert (added.new, added.changed, added.known, added.rejected) == (0, 0, len(articles), 0)
    assert register._native.dump() == before
    assert register.counts()["articles"] == len(articles)


def test_rejected_articles_are_kept_with_their_reason(tmp_path):
    register = sijill.Register(tmp_path / "r.db")
    added = register.add([ARTICLES[0], {"text": ""}, 7])
    assert (added.new, added.rejected) == (1, 2)
    assert added.messages[1] == "articles#3: expected a string or a mapping, found int"


@pytest.mark.parametrize(("what", "format"), [("events", "csv"), ("events", "jsonl"), ("events", "gdelt"), ("events", "jsonld"), ("events", "rdf"), ("events", "parquet"), ("statements", "csv"), ("relations", "jsonl"), ("actors", "csv")])
def test_exports_are_the_command_lines(sijill_cli, register, tmp_path, what, format):
    ours, theirs = tmp_path / "ours" / f"x.{format}", tmp_path / "theirs" / f"x.{format}"
    for p in (ours, theirs):
        p.parent.mkdir()
    asked = {"actors": "OMN", "text": "البوسعيدي", "from_": "2024-03-01"} if what == "events" else {}
    made = register.export(what, ours, format=format, **asked)
    flags = ["--actor", "OMN", "--text", "البوسعيدي", "--from", "2024-03-01"] if what == "events" else []
    done = subprocess.run([sijill_cli, "export", what, "--register", register.path, "--format", format, "-o", str(theirs), *flags], capture_output=True, text=True, encoding="utf-8")
    if format == "parquet" and "--features parquet" in done.stderr:
        pytest.skip("the command line was built without Parquet")
    assert done.returncode == 0, done.stderr
    assert made.rows > 0 and ours.read_bytes() == theirs.read_bytes()
    assert ours.with_name(ours.name + ".cite.json").read_bytes() == theirs.with_name(theirs.name + ".cite.json").read_bytes()
    if format != "parquet":
        assert register.export(what, format=format, **asked).text == ours.read_text(encoding="utf-8")
    assert made.bytes == ours.stat().st_size


def test_parquet_says_what_the_rows_say(register, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    for what in ("events", "statements", "relations", "actors"):
        path = tmp_path / f"{what}.parquet"
        made = register.export(what, path, format="parquet")
        lines = [json.loads(line) for line in register.export(what, format="jsonl").text.splitlines()]
        table = parquet.read_table(path)
        assert (table.num_rows, table.column_names) == (made.rows, list(lines[0]))
        first = lines[0].keys() & {"event", "actor", "quote", "article", "name_ar", "spellings"}
        assert first and all(table[c].to_pylist() == [line[c] for line in lines] for c in first)
        assert parquet.read_metadata(path).metadata[b"lexicon"].decode() == sijill.Lexicon().version
    # A table of articles may come as a file of the same kind.
    import pyarrow as pa

    articles = tmp_path / "articles.parquet"
    parquet.write_table(pa.Table.from_pylist(ARTICLES), articles)
    other = sijill.Register(tmp_path / "other.db")
    assert other.add(paths=articles).new == len(ARTICLES)
    with pytest.raises(sijill.InputError, match="path: expected one"):
        register.export("events", format="parquet")


def test_pages(register):
    every = register.events()
    assert every.next is None and len(every) > 6
    first = register.events(limit=4)
    assert first.next is not None
    rest = register.events(after=first.next)
    assert [*first, *rest] == list(every)


def test_reading_while_another_process_writes(register, sijill_cli, tmp_path, articles):
    """A writer that holds its transaction open keeps nobody from reading."""
    import sqlite3

    other = sijill.Register(tmp_path / "shared.db")
    other.add(articles[:3])
    before = other.events()
    writer = sqlite3.connect(other.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('test', 'half done')")
    assert other.events() == before
    writer.execute("ROLLBACK")
    writer.close()
    subprocess.run([sijill_cli, "add", "-", "--register", other.path], input="\n\n".join(a["text"] for a in ARTICLES[3:4]), text=True, encoding="utf-8", check=True, capture_output=True)
    assert other.counts()["articles"] == 4


def test_errors_name_what_and_where(register, tmp_path):
    with pytest.raises(sijill.RegisterError, match="expected a register, found no file"):
        sijill.Register(tmp_path / "none.db").events()
    wrong = tmp_path / "wrong.db"
    wrong.write_text("no database")
    with pytest.raises(sijill.RegisterError, match="wrong.db"):
        sijill.Register(wrong).events()
    with pytest.raises(sijill.InputError, match="kinds: expected one of visit"):
        register.events(kinds="party")
    with pytest.raises(sijill.InputError, match="found nobody"):
        register.actor("زعطوط الفلاني")
    with pytest.raises(sijill.InputError, match="from_: expected a year"):
        register.events(from_="soon")
    with pytest.raises(sijill.InputError, match='text: expected a word, found "«»"'):
        register.events(text="«»")
    with pytest.raises(sijill.InputError, match="format: expected one of"):
        register.export("events", format="xls")
    with pytest.raises(sijill.InputError, match="what: expected events"):
        register.export("everything")
    with pytest.raises(sijill.InputError, match="expected articles or paths, found neither"):
        register.add()
    with pytest.raises(sijill.InputError, match="expected a file or a folder"):
        register.add(paths=tmp_path / "none.jsonl")
    with pytest.raises(sijill.InputError, match="ev-nothing: expected the id of an event"):
        register.event("ev-nothing")
