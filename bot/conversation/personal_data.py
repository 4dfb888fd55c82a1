"""``/privacy``, ``/export``, ``/delete``: what oO stores about a person.

Tests: tests/scenarios/test_data.py.
"""

from __future__ import annotations

import asyncio

from bot.conversation import purposes
from bot.conversation.update_context import UpdateContext
from bot.screens import texts, texts_export
from bot.screens.export_page import export_page
from bot.screens.markup import say
from core.chat import Button, Document, Message
from core.people.privacy import as_json, collect


async def privacy(ctx: UpdateContext, argument: str) -> Message:
    """Show what is stored, what is sent where, and what the person allows."""
    return await purposes.shown(ctx)


async def export(ctx: UpdateContext, argument: str) -> Message:
    """Send everything about the person as a file for programs, and after it as a page for people."""
    found = await collect(ctx.person, ctx.deps)
    name = f"oo-export-{ctx.now:%Y-%m-%d}"
    page = Document(name=f"{name}.html", content=await asyncio.to_thread(export_page, found))
    ctx.afterwards = Message(lines=say(texts_export.EXPORT_PAGE).lines, file=page)
    return Message(
        lines=say(texts.EXPORT).lines, file=Document(name=f"{name}.json", content=await as_json(found))
    )


async def delete(ctx: UpdateContext, argument: str) -> Message:
    """Ask before deleting everything."""
    return say(
        texts.DELETE_ASK,
        (Button(label=texts.DELETE_ALL, verb="delete_all"), Button(label=texts.KEEP, verb="keep_all")),
    )
