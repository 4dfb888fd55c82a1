"""What the person allows, purpose by purpose, with what is lost; everything about them as a file; the end.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.screens import privacy as screen
from bot.screens import texts, texts_privacy
from bot.screens.export_page import export_page
from bot.web.me.context import context_of
from bot.web.me.frame import show
from bot.web.page import HTML, Answer, Visit
from core.chat import Button
from core.people.consents import has_learned
from core.people.privacy import as_json, collect
from core.records import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A purpose as the page shows it."""

    name: str
    words: str
    is_on: bool
    switch: Button


async def privacy(visit: Visit) -> Answer:
    """A card for each purpose."""
    ctx = context_of(visit)
    shown = [one for one in Purpose if ctx.deployment.llm or one is not Purpose.TALK]
    is_kept = await has_learned(ctx.person, ctx.deps) and not ctx.person.allows(Purpose.LEARNING)
    erase = Button(label=texts_privacy.ERASE_LEARNED, verb="erase_learned")
    return show(
        visit,
        "me/privacy.html",
        "privacy",
        consents=[_consent(one, visit) for one in shown],
        erase=erase if is_kept else None,
        erase_words=texts_privacy.LEARNED_KEPT,
        delete=Button(label=texts.DELETE_ALL, verb="delete"),
    )


def _consent(purpose: Purpose, visit: Visit) -> Consent:
    is_on = visit.whose.allows(purpose)
    return Consent(
        name=texts_privacy.PURPOSE_NAMES[purpose],
        words=screen.purpose_words(purpose, visit.whose),
        is_on=is_on,
        switch=screen.switch(purpose, is_on=is_on),
    )


async def export_json(visit: Visit) -> Answer:
    """Everything about the person, for programs."""
    found = await collect(visit.whose, visit.deps)
    return _file(visit, await as_json(found), "json", "application/json")


async def export_html(visit: Visit) -> Answer:
    """Everything about the person, to read."""
    found = await collect(visit.whose, visit.deps)
    return _file(visit, await asyncio.to_thread(export_page, found), "html", HTML)


def _file(visit: Visit, content: bytes, suffix: str, kind: str) -> Answer:
    name = f"oo-export-{visit.deps.clock.now():%Y-%m-%d}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Answer(body=content, content_type=kind, headers=headers)
