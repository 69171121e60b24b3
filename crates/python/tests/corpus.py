"""A corpus for tests of resolution: our own articles, and what outlets make of them: reprints, later versions, other spellings, a broken one, hostile ones."""

from __future__ import annotations

import datetime

from conftest import ARTICLES, samples

HOSTILE = ["«" * 5_000, "\u202e" * 2_000, "وقال " * 2_000, "\x00\x01\x02"]


def corpus(times: int = 1) -> list[dict[str, str | None]]:
    """``times``: how often it all happens again, a month later each time."""
    out: list[dict[str, str | None]] = []
    for n in range(times):
        for a in ARTICLES + samples():
            day = datetime.date.fromisoformat(a.get("published") or "2024-03-03") + datetime.timedelta(days=30 * n)
            known = a.get("published") is not None
            one = {"id": f"{a['id']}-{n}", "outlet": a.get("outlet", "عينات"), "published": day.isoformat() if known else None, "text": a["text"]}
            out.append(one)
            # Another outlet prints the same, some of it a day later, and some from house to house for many days: groups that hang over windows of days.
            for step in range(1, 8 if a["id"] == "m2" else 2):
                later = day + datetime.timedelta(days=step * 2)
                out.append({**one, "id": f"{a['id']}-{n}-r{step}", "outlet": f"ناقل {step}", "published": later.isoformat() if known else None, "text": a["text"] + f"\n\n(وكالات {step})"})
        out.extend({"id": f"h{n}-{k}", "outlet": "عدو", "published": "2024-03-05", "text": t} for k, t in enumerate(HOSTILE))
        out.append({"id": f"empty-{n}", "outlet": "عدو", "published": None, "text": ""})
        out.append({"id": f"null-{n}", "outlet": "عدو", "published": None, "text": None})
    return out
