"""Templates to HTML. Every value is cleaned and escaped; no sentence stands in a template.

jinja2 is loaded only where pages are on.

Tests: tests/bot/web/test_rendering.py.
"""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from bot.languages.active import active
from bot.screens import texts_web
from bot.web.page import Answer, Visit
from bot.web.static_files import address_of
from core.text import without_hidden

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_harmless,
    )
    made.globals["static"] = address_of
    return made


def load_templates() -> None:
    """Compile all templates, so that nobody waits for it."""
    for path in TEMPLATES.rglob("*.html"):
        _environment().get_template(path.relative_to(TEMPLATES).as_posix())


def _harmless(value: object) -> object:
    """Without what hides or reorders text. What templates made is left as it is."""
    if type(value) is not str or (value.isascii() and value.isprintable()):
        return value
    return without_hidden(value)


def render(visit: Visit, template: str, *, status: int = HTTPStatus.OK, **values: object) -> Answer:
    """The page that ``template`` makes of ``values``, in the active language.

    Templates also have ``visit``, ``web`` (the sentences that all pages share), ``language``, the address
    ``static(name)`` of a file, and ``layout``, which whole pages extend: the frame of all pages, or only
    ``main`` if HTMX asks.
    """
    shared = {
        "visit": visit,
        "web": texts_web,
        "language": active().code,
        "layout": "fragment.html" if visit.is_fragment else "base.html",
    }
    html = _environment().get_template(template).render(shared | values)
    return Answer(status=status, body=html.encode("utf-8", "replace"))
