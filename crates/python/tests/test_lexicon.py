"""Entries of one's own, and scoring."""

from __future__ import annotations

import json
import pickle
import subprocess

import pytest

import sijill
from conftest import ROOT, lexicon_folder, samples

TEXT = "التقى نادر سهروان وزير الخارجية العراقي فؤاد حسين في بغداد اليوم."


def test_entries_of_ones_own(tmp_path):
    own = sijill.Lexicon([lexicon_folder(tmp_path)])
    assert own.version != sijill.Lexicon().version
    assert sijill.read(TEXT, "2024-03-03").entity("person:nadir-sahrawan") is None
    found = sijill.read(TEXT, "2024-03-03", lexicon=own).entity("person:nadir-sahrawan")
    assert found is not None and found.known and found.label_en == "Nadir Sahrawan"
    tables = sijill.read_many([TEXT], lexicon=own)
    assert tables.entities.metadata["lexicon"] == own.version
    assert "person:nadir-sahrawan" in tables.entities.to_pyarrow()["entity"].to_pylist()
    assert pickle.loads(pickle.dumps(own)).version == own.version


def test_labels():
    assert sijill.Lexicon().label("kind", "visit") == "visit"
    assert sijill.Lexicon().label("kind", "visit", "ar") != "visit"
    assert sijill.Lexicon().label("kind", "unheard-of") == "unheard-of"


def test_faults_name_file_and_line(tmp_path):
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "people.toml").write_text('[[person]]\nid = "x"\nar = "زيد عمرو"\nnonsense = 1\n', encoding="utf-8")
    with pytest.raises(sijill.LexiconError, match=r"people\.toml:\d+"):
        sijill.Lexicon([folder])
    with pytest.raises(sijill.LexiconError, match="expected a folder of lexicon files, found nothing"):
        sijill.Lexicon(tmp_path / "none")


def test_figures_are_the_command_lines(sijill_cli, tmp_path):
    gold, texts = ROOT / "samples/gold", ROOT / "samples"
    ours = sijill.evaluate(gold, texts)
    done = subprocess.run([sijill_cli, "eval", "--gold", str(gold), "--text", str(texts), "--json"], check=True, capture_output=True, text=True)
    theirs = json.loads(done.stdout)
    assert round(ours.record, 4) == pytest.approx(theirs["record"], abs=1e-4)
    assert {k: round(v, 4) for k, v in ours.f1.items()} == pytest.approx(theirs["f1"], abs=1e-4)
    assert (ours.articles, ours.missing) == (theirs["articles"], 0)
    assert len(ours.each) == ours.articles and 0 < ours.record <= 1
    # Of records in a file.
    pred = tmp_path / "pred.jsonl"
    pred.write_text("".join(sijill.read(a["text"], a.get("published"), id=a["id"]).to_json() + "\n" for a in samples()), encoding="utf-8")
    assert sijill.evaluate(gold, texts, pred=pred).record == ours.record


def test_missing_gold_is_told(tmp_path):
    with pytest.raises(sijill.InputError, match="expected gold records"):
        sijill.evaluate(tmp_path, tmp_path)
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(sijill.InputError, match=r"a\.json:1: expected a gold record"):
        sijill.evaluate(tmp_path, tmp_path)
