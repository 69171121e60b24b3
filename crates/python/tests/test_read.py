"""One article: the same record as the command line's, with attributes."""

from __future__ import annotations

import datetime
import json

import pytest

import sijill
from conftest import ARTICLES

TEXT = ARTICLES[1]["text"]


def test_the_record_is_the_command_lines(articles, cli_records):
    assert len(cli_records) == len(articles)
    for article, line in zip(articles, cli_records):
        record = sijill.read(article["text"], article.get("published"), id=article["id"], outlet=article.get("outlet"))
        assert record.to_json() == line
        assert record.to_dict() == json.loads(line)


def test_attributes_say_what_the_json_says(articles):
    """No field of the JSON is lost on the way into the classes."""

    def same(value, given, path):
        if isinstance(given, dict) and not isinstance(value, dict):
            for key, inner in given.items():
                same(getattr(value, key), inner, f"{path}.{key}")
        elif isinstance(given, list):
            assert len(value) == len(given), path
            for n, (v, g) in enumerate(zip(value, given)):
                same(v, g, f"{path}[{n}]")
        else:
            assert value == given, path

    for article in articles:
        record = sijill.read(article["text"], article.get("published"))
        same(record, record.to_dict(), "record")


def test_spans_are_pythons_offsets():
    text = "\U0001f30d " + TEXT
    record = sijill.read(text, datetime.date(2024, 3, 3))
    mentions = [m for e in record.entities for m in e.mentions]
    assert len(mentions) == 4
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(record.quote(s.cue).strip() for s in record.statements)


def test_what_was_read():
    record = sijill.read(TEXT, "2024-03-03")
    visit = next(e for e in record.events if e.kind == "visit")
    assert (visit.status, visit.date) == ("occurred", "2024-03-03")
    assert {record.name(p.entity) for p in visit.participants if p.role == "visitor"} == {"Badr al-Busaidi"}
    assert record.entity("nobody") is None
    assert "Record(" in repr(record)


def test_dates_may_be_dates():
    by_text = sijill.read(TEXT, "2024-03-03")
    assert sijill.read(TEXT, datetime.date(2024, 3, 3)) == by_text
    assert sijill.read(TEXT, datetime.datetime(2024, 3, 3, 12, 30)).published == "2024-03-03"


def test_a_notebook_shows_it_from_right_to_left():
    page = sijill.read("<b>" + TEXT, "2024-03-03")._repr_html_()
    assert 'dir="rtl"' in page and "&lt;b&gt;" in page and "<b>وصل" not in page
    assert "Badr al-Busaidi" in page
    # The words are all there, in order, whatever marks stand between them.
    import re

    shown = re.sub(r"<[^>]+>", "", page[page.index('class="t"') :].split(">", 1)[1].split("</div>")[0])
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'") == "<b>" + TEXT


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_text_is_told(text):
    with pytest.raises(sijill.InputError, match="expected an article"):
        sijill.read(text)


def test_a_date_that_is_none_is_told():
    with pytest.raises(sijill.InputError, match="expected a date such as 2024-03-05, found \"soon\""):
        sijill.read(TEXT, "soon")


def test_exceptions_are_one_family():
    for kind in (sijill.InputError, sijill.LexiconError, sijill.RegisterError):
        assert issubclass(kind, sijill.Error)
