"""HTML for the few pages that oO shows in a browser.

Tests: tests/scenarios/test_connecting.py, tests/scenarios/test_slack_install.py.
"""

from __future__ import annotations

from html import escape

STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;"
    "color:#222;background:#fff}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}}"
)


def preferred(accepts: str) -> str:
    """The first language in a header ``Accept-Language``."""
    return accepts.split(",")[0].split(";")[0].strip()[:20]


def browser_page(language: str, title: str, body: str, style: str = STYLE) -> str:
    """A whole page. ``body`` is HTML; ``title`` is text."""
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>oO: {escape(title)}</title><style>{style}</style>"
        f"<main><h1>{escape(title)}</h1>{body}</main></html>"
    )
