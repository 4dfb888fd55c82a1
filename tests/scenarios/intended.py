"""Has oO do what no typed words are needed for: carry out an intent, send a screen that a job would send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import count

from bot.conversation.free_text import carry_out_intent
from bot.conversation.update_context import Deployment, UpdateContext
from core import chat
from core.chat import Channel, Said, Sender
from core.records import Person as Stored
from core.tasks.agenda import Agenda, read_agenda
from core.words.intents import Intent
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person

NUMBERS = count()
"""Each update is one of its own."""


async def expect_reply_to(oo: Scene, person: Person, intent: Intent) -> Message:
    """Have ``intent`` carried out for somebody in Telegram; returns oO's answer."""
    ctx = await _context(oo, person)
    answer = await carry_out_intent(ctx, intent)
    if answer is not None:
        await ctx.reply(answer)
    return await person.expect_message()


async def expect_screen(
    oo: Scene, person: Person, make: Callable[[Agenda, Stored, datetime], chat.Message | None]
) -> Message | None:
    """Send a screen of today's agenda to somebody in Telegram; None if there is none to send."""
    ctx = await _context(oo, person)
    screen = make(await read_agenda(ctx.person, ctx.deps, ctx.zone), ctx.person, ctx.now)
    if screen is None:
        return None
    await ctx.reply(screen)
    return await person.expect_message()


async def _context(oo: Scene, person: Person) -> UpdateContext:
    external_id = str(person.user_id)
    async with oo.app.store.read() as unit:
        account = await unit.people.account(Channel.TELEGRAM, external_id)
        assert account is not None
        stored = await unit.people.get(account.person_id)
    sender = Sender(channel=Channel.TELEGRAM, external_id=external_id, address=account.address)
    said = Said(sender=sender, update_id=f"intended-{next(NUMBERS)}", received_at=oo.clock.now(), text="")
    return UpdateContext(
        deps=oo.app.deps, deployment=Deployment(), update=said, person=stored, account=account
    )
