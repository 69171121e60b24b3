"""A record as a notebook shows it: the article from right to left with its parts marked, below it what was read.

What must not live here: words of Arabic; names and labels come from the record and the lexicon.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ._lexicon import Lexicon

if TYPE_CHECKING:
    from ._record import Record

_STYLE = """
.sijill{max-width:60em;border:1px solid #8886;border-radius:6px;padding:.8em 1em;line-height:1.9}
.sijill .t{white-space:pre-wrap;unicode-bidi:plaintext}
.sijill .e{background:#3b82f626;border-bottom:2px solid #3b82f6}
.sijill .d{background:#a855f726;border-bottom:2px solid #a855f7}
.sijill .v{background:#f59e0b26}
.sijill .c{text-decoration:underline dotted #10b981 2px}
.sijill .s{background:#10b9811f}
.sijill .j{opacity:.45}
.sijill table{border-collapse:collapse;margin-top:.8em;line-height:1.4}
.sijill td,.sijill th{text-align:start;vertical-align:top;padding:.15em .6em;border-top:1px solid #8884}
"""


def _marks(record: Record) -> list[tuple[int, int, str, str]]:
    """Start, end, class and words of every mark."""
    out: list[tuple[int, int, str, str]] = []
    for b in record.boilerplate:
        out.append((b.start, b.end, "j", "boilerplate"))
    for s in record.statements:
        out.append((s.content.start, s.content.end, "s", f"{s.id}: {s.force}"))
        out.append((s.cue.start, s.cue.end, "c", f"{s.id}: {s.force}"))
    for e in record.events:
        out.extend((x.start, x.end, "v", f"{e.id}: {e.kind}, {e.status}") for x in e.evidence)
    for n in record.entities:
        out.extend((m.start, m.end, "e", f"{n.name} ({n.id})") for m in n.mentions)
    out.extend((t.start, t.end, "d", t.edtf) for t in record.times)
    return out


def marked(record: Record) -> str:
    """The text with its marks. Marks may overlap: the text is cut where any of them begins or ends."""
    text = record.text or ""
    marks = [m for m in _marks(record) if m[0] < m[1] <= len(text)]
    cuts = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    out = []
    marks.sort()
    open_: list[tuple[int, int, str, str]] = []
    at = 0
    for start, end in zip(cuts, cuts[1:]):
        while at < len(marks) and marks[at][0] <= start:
            open_.append(marks[at])
            at += 1
        open_ = [m for m in open_ if m[1] > start]
        words = escape(text[start:end])
        if open_:
            classes = " ".join(sorted({m[2] for m in open_}))
            title = escape("\n".join(dict.fromkeys(m[3] for m in open_)), quote=True)
            words = f'<span class="{classes}" title="{title}">{words}</span>'
        out.append(words)
    return "".join(out)


def _rows(record: Record) -> list[tuple[str, str, str]]:
    label = Lexicon().label

    def names(ids: list[str]) -> str:
        return ", ".join(f"<bdi>{escape(record.name(i))}</bdi>" for i in ids)

    rows = []
    for e in record.events:
        parts = ", ".join(f"<bdi>{escape(record.name(p.entity))}</bdi> ({escape(label('role', p.role))})" for p in e.participants)
        where = f" · <bdi>{escape(record.name(e.place))}</bdi>" if e.place else ""
        rows.append((f"{label('kind', e.kind)}, {label('status', e.status)}", f"{parts}{where}", e.date or ""))
    for s in record.statements:
        target = f" → {names(s.targets)}" if s.targets else ""
        rows.append((label("force", s.force), f"{names(s.speakers) or '—'}{target}", s.date or ""))
    for r in record.relations:
        rows.append((r.level or "relation", names(r.parties), r.established or ""))
    for w in record.warnings:
        rows.append((w.code, escape(w.message), ""))
    return rows


def page(record: Record) -> str:
    """A record as a piece of HTML that needs nothing else."""
    head = f"<b>{escape(record.id or 'article')}</b> · {escape(record.published or '—')} · {len(record.entities)} entities"
    body = f'<div class="t" dir="rtl" lang="ar">{marked(record)}</div>' if record.text else ""
    rows = "".join(f"<tr><td>{escape(what)}</td><td>{who}</td><td>{escape(when)}</td></tr>" for what, who, when in _rows(record))
    return f'<style>{_STYLE}</style><div class="sijill"><div>{head}</div>{body}<table>{rows}</table></div>'
