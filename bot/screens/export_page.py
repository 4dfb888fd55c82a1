"""Everything about a person as one HTML page: for reading and printing, without scripts or links.

Every value is text: it is escaped and never becomes markup. The policy in the head keeps a browser from
loading anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from bot.languages.active import active
from bot.screens import texts_export
from bot.screens.learned import belief_words
from core.people.privacy import Collected

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.5rem }
small { font-weight: normal; opacity: .7 }
dl { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .15rem 1rem; margin: .8rem 0;
     padding: .6rem .8rem; border: 1px solid #8886; border-radius: .4rem; break-inside: avoid }
dt { opacity: .7; overflow-wrap: anywhere }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; unicode-bidi: isolate }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .4rem } }
@media print { body { max-width: none; margin: 0; font-size: 10pt } }
"""


def export_page(found: Collected) -> bytes:
    """The page in the active language, UTF-8."""
    when = f"{found.exported_at:%Y-%m-%d %H:%M}"
    parts = [
        "<!doctype html>",
        f'<html lang="{escape(active().code)}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(texts_export.PAGE_TITLE)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(texts_export.PAGE_TITLE)}</h1>",
        f"<p>{escape(texts_export.PAGE_HEAD.format(when=when))}</p>",
        *_beliefs(found),
        *(line for name, rows in found.tables.items() for line in _table(name, rows)),
        "</body></html>",
    ]
    return "\n".join(parts).encode()


def _beliefs(found: Collected) -> Iterator[str]:
    yield f"<h2>{escape(texts_export.PAGE_BELIEFS)}</h2>"
    if not found.beliefs.held:
        yield f"<p>{escape(texts_export.PAGE_NO_BELIEFS)}</p>"
        return
    yield "<ul>"
    for belief in found.beliefs.held:
        yield f"<li>{escape(belief_words(belief))}</li>"
    yield "</ul>"


def _table(name: str, rows: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """A heading and a list for each row. A table without a heading in words keeps its name."""
    heading = escape(texts_export.PAGE_TABLES.get(name, name))
    count = escape(texts_export.PAGE_ROWS.format(count=len(rows)))
    yield f"<h2>{heading} <small>{count}</small></h2>"
    if not rows:
        yield f"<p>{escape(texts_export.PAGE_NOTHING)}</p>"
    for row in rows:
        cells = (f"<dt>{escape(key)}</dt><dd>{escape(_text(value))}</dd>" for key, value in row.items())
        yield f"<dl>{''.join(cells)}</dl>"


def _text(value: object) -> str:
    """A value as people read it; a part of a record as indented JSON."""
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps(value, ensure_ascii=False, indent=1)
