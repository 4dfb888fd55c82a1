"""The frame of a person's pages: where they lead, and what oO answered just now.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from bot.conversation.page_answers import PageAnswer
from bot.screens import texts_me
from bot.web.me.acting import signed_button
from bot.web.page import Answer, Visit
from bot.web.rendering import render
from core.chat import Button, Message

PAGES = {
    "today": "/me",
    "tasks": "/me/tasks",
    "beliefs": "/me/beliefs",
    "helped": "/me/helped",
    "tips": "/me/tips",
    "settings": "/me/settings",
    "privacy": "/me/privacy",
    "access": "/me/access",
}
"""The pages of the navigation."""

PAGE_SIZE = 20
"""Rows on a page of a long list."""

NOTICE = "notice"
"""The card of what oO answered just now."""


def show(visit: Visit, template: str, current: str, **values: Any) -> Answer:
    """One of the person's pages. ``current``: its name in the navigation."""
    return render(
        visit,
        template,
        me=texts_me,
        navigation=[(name, address, texts_me.PAGES[name]) for name, address in PAGES.items()],
        current=current,
        here=_address(visit),
        signed=partial(signed_button, visit),
        link_of=link_of,
        notices=notices_of(visit.answer, shows_edit=visit.tapped == NOTICE),
        remarks=visit.answer.remarks if visit.answer else [],
        asked=visit.answer if visit.answer and visit.answer.form else None,
        **values,
    )


def page_of(visit: Visit) -> int:
    """The page of a long list that the address names, from 0 on."""
    text = visit.query.get("page", "")
    return max(0, int(text) - 1) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def card(visit: Visit, name: str, message: Message | None) -> Message | None:
    """A card of the page, or what it has become by the tap just now."""
    is_tapped = visit.tapped == name and visit.answer is not None
    return visit.answer.edit if is_tapped and visit.answer and visit.answer.edit else message


def notices_of(answer: PageAnswer | None, *, shows_edit: bool) -> list[Message]:
    """What oO said."""
    if answer is None:
        return []
    edit = [answer.edit] if shows_edit and answer.edit else []
    return [*edit, *answer.replies]


def link_of(button: Button) -> str | None:
    """Where a button leads that only shows something; None for one that does something."""
    if button.url:
        return button.url if button.url.startswith(("https://", "http://")) else None
    task_id, _, _ = button.arg.partition(" ")
    if button.verb == "task":
        return f"/me/tasks/{quote(task_id, safe='')}"
    return "/me/tasks" if button.verb == "tasks" else None


def _address(visit: Visit) -> str:
    """The page that is shown, as forms send it back."""
    query = urlencode({name: value for name, value in visit.query.items() if name in ("q", "page")})
    path = quote(visit.request.path)
    return f"{path}?{query}" if query else path
