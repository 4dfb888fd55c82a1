"""Everything about a person as one HTML page: for reading and printing, without scripts or links.

Every value is text: it is escaped and never becomes markup. The policy in the head keeps a browser from
loading anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from textwrap import indent

from bot.languages.active import active
from bot.screens import texts_export
from bot.screens.learned import belief_words
from core.people.privacy import Collected

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)")
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
        *(line for name in sorted(found.tables, key=_place) for line in _table(name, found.tables[name])),
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
        cells = (f"<dt>{escape(key)}</dt><dd>{escape(as_text(value))}</dd>" for key, value in row.items())
        yield f"<dl>{''.join(cells)}</dl>"


def _place(table: str) -> tuple[bool, int, str]:
    """The tables in the order of their headings, then those without one."""
    names = list(texts_export.PAGE_TABLES)
    is_named = table in names
    return not is_named, names.index(table) if is_named else 0, table


def as_text(value: object) -> str:
    """A value as people read it: times to the second, parts of a record in lines, a list in one."""
    if value is None or value in ({}, []):
        return "-"
    if isinstance(value, str):
        return TIME.sub(r"\1 \2", value) if TIME.fullmatch(value) else value
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_part(part)}" for key, part in value.items())
    if isinstance(value, Sequence):
        is_flat = not any(isinstance(part, Mapping | list) for part in value)
        return ", ".join(map(as_text, value)) if is_flat else "\n".join(map(as_text, value))
    return json.dumps(value)


def _part(value: object) -> str:
    """A part of a record: indented below its name if it has several lines."""
    text = as_text(value)
    return "\n" + indent(text, "  ") if "\n" in text else text
