"""Pages that say what went wrong: plainly, and nothing about what is inside.

Tests: tests/bot/web/test_service.py.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from bot.screens import texts_web
from bot.web.page import Answer, Visit
from bot.web.rendering import render


def fault(visit: Visit, status: HTTPStatus, *, text: str | None = None, **headers: str) -> Answer:
    """The page for a status; ``text`` replaces its explanation."""
    title, _, usual = texts_web.FAULTS[str(status.value)].partition("\n")
    answer = render(visit, "fault.html", status=status, title=title, text=text or usual)
    return replace(answer, headers={**answer.headers, **{k.replace("_", "-"): v for k, v in headers.items()}})
