"""What the tests share: articles of our own, and the command line to compare with."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

import sijill

ROOT = Path(__file__).resolve().parents[3]

#: Articles of our own. Two outlets tell of one visit, one of them before and after; the others stand alone.
ARTICLES = [
    {
        "id": "m1",
        "outlet": "النشرة",
        "published": "2024-03-01",
        "title": "وزير خارجية عمان يزور بغداد الأحد",
        "text": "أعلنت وزارة الخارجية العراقية اليوم الجمعة أن وزير الخارجية العماني بدر البوسعيدي سيزور بغداد يوم الأحد المقبل لبحث العلاقات بين البلدين.",
    },
    {
        "id": "m2",
        "outlet": "النشرة",
        "published": "2024-03-03",
        "title": "البوسعيدي يصل إلى بغداد",
        "text": "وصل وزير الخارجية العماني بدر البوسعيدي إلى بغداد الأحد في زيارة رسمية. والتقى البوسعيدي نظيره العراقي فؤاد حسين، "
        "وقال إن بلاده تدعو إلى حل الخلافات بالحوار. ووقع الجانبان مذكرة تفاهم في مجال النقل البحري.",
    },
    {
        "id": "d1",
        "outlet": "الديوان",
        "published": "2024-03-04",
        "title": "مباحثات عمانية عراقية",
        "text": "استقبل وزير الخارجية العراقي فؤاد حسين في بغداد أمس الأحد وزير الخارجية العماني بدر البوسعيدي. "
        "ورحب حسين بالوزير العماني، وأكد أن العراق حريص على تطوير علاقاته مع سلطنة عمان.",
    },
    {
        "id": "d2",
        "outlet": "الديوان",
        "published": "2024-03-05",
        "title": "اتصال هاتفي",
        "text": "تلقى وزير الخارجية الأردني أيمن الصفدي اليوم الثلاثاء اتصالا هاتفيا من نظيره المصري سامح شكري، بحثا فيه وقف إطلاق النار في غزة. "
        "ودعا الصفدي إلى إدخال المساعدات فورا.",
    },
    {
        "id": "n1",
        "outlet": "النشرة",
        "published": "2024-03-06",
        "title": "إدانة",
        "text": "أدانت وزارة الخارجية القطرية الهجوم الذي استهدف مدينة مقديشو أمس الثلاثاء. وقال المتحدث باسم الوزارة ماجد الأنصاري إن بلاده تجدد موقفها الرافض للعنف والإرهاب.",
    },
]


def samples() -> list[dict[str, str]]:
    """The project's own articles, in order."""
    dates = {}
    for line in (ROOT / "samples/published.toml").read_text(encoding="utf-8").splitlines():
        name, _, date = line.partition("=")
        if date and not name.startswith("#"):
            dates[name.strip().strip('"')] = date.split('"')[1]
    found = sorted((ROOT / "samples").glob("*.txt"))
    return [{"id": p.stem, "text": p.read_text(encoding="utf-8"), **({"published": dates[p.stem]} if p.stem in dates else {})} for p in found]


@pytest.fixture(scope="session")
def articles() -> list[dict[str, str]]:
    return ARTICLES + samples()


@pytest.fixture(scope="session")
def sijill_cli() -> str:
    """The command line, built from the same sources. ``SIJILL`` names it; else it is looked for where cargo puts it."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    places = [os.environ.get("SIJILL", ""), str(target / "release/sijill"), str(target / "debug/sijill")]
    found = next((p for p in places if p and Path(p).is_file()), None)
    if found is None:
        pytest.skip("the command line is not built: cargo build -p sijill, or SIJILL=path")
    return found


@pytest.fixture(scope="session")
def jsonl(tmp_path_factory: pytest.TempPathFactory, articles: list[dict[str, str]]) -> Path:
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def cli_records(sijill_cli: str, jsonl: Path) -> list[str]:
    """Records of the command line, a line each."""
    done = subprocess.run([sijill_cli, "read", str(jsonl), "--format", "jsonl"], check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout.splitlines()


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory, articles: list[dict[str, str]]) -> sijill.Register:
    made = sijill.Register(tmp_path_factory.mktemp("register") / "sijill.db")
    made.add(articles)
    return made


def lexicon_folder(where: Path) -> Path:
    """A lexicon of our own: one person whom the built-in one can not know."""
    folder = where / "own"
    (folder / "actors").mkdir(parents=True)
    (folder / "actors/own.toml").write_text(
        '[[person]]\nid = "nadir-sahrawan"\nar = "نادر سهروان"\nen = "Nadir Sahrawan"\nnames = ["نادر سهروان"]\nshort = ["سهروان"]\n'
        '[[person.office]]\ntitle = "minister"\nof = "OMN"\nfrom = "2023"\nsource = "made up for this test"\n',
        encoding="utf-8",
    )
    return folder
