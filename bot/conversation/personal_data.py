"""``/privacy``, ``/export``, ``/delete``: what oO stores about a person.

Tests: tests/scenarios/test_data.py.
"""

from __future__ import annotations

from bot.conversation.update_context import UpdateContext
from bot.screens import texts, texts_talk
from bot.screens.markup import say
from bot.screens.settings import HOURS
from bot.screens.welcome import llm_sentence
from core.chat import Button, Document, Message
from core.people.privacy import export as export_all
from core.people.talk_memory import remembers


async def privacy(ctx: UpdateContext, argument: str) -> Message:
    """Show what is stored, and what is sent where."""
    is_remembered = ctx.deployment.llm is not None and remembers(ctx.person)
    return say(
        texts_talk.PRIVACY_WITH_MEMORY if is_remembered else texts.PRIVACY,
        (Button(label=texts.EXPORT_ALL, verb="export"), Button(label=texts.DELETE_ALL, verb="delete")),
        llm=llm_sentence(ctx.deployment.llm),
        hours=HOURS,
    )


async def export(ctx: UpdateContext, argument: str) -> Message:
    """Send everything about the person as a file."""
    content = await export_all(ctx.person, ctx.deps)
    name = f"oo-export-{ctx.now:%Y-%m-%d}.json"
    return Message(lines=say(texts.EXPORT).lines, file=Document(name=name, content=content))


async def delete(ctx: UpdateContext, argument: str) -> Message:
    """Ask before deleting everything."""
    return say(
        texts.DELETE_ASK,
        (Button(label=texts.DELETE_ALL, verb="delete_all"), Button(label=texts.KEEP, verb="keep_all")),
    )
