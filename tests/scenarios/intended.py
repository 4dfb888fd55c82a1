"""Hands an intent to oO as if the person had typed words that mean it, without depending on the words."""

from __future__ import annotations

from bot.conversation.free_text import carry_out
from bot.conversation.update_context import Deployment, UpdateContext
from core.chat import Channel, Said, Sender
from core.words.intents import Intent
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person


async def expect_reply_to(oo: Scene, person: Person, intent: Intent) -> Message:
    """Have ``intent`` carried out for somebody in Telegram; returns oO's answer."""
    external_id = str(person.user_id)
    async with oo.app.store.read() as unit:
        account = await unit.people.account(Channel.TELEGRAM, external_id)
        assert account is not None
        stored = await unit.people.get(account.person_id)
    sender = Sender(channel=Channel.TELEGRAM, external_id=external_id, address=account.address)
    said = Said(sender=sender, update_id="intended", received_at=oo.clock.now(), text="")
    ctx = UpdateContext(
        deps=oo.app.deps, deployment=Deployment(), update=said, person=stored, account=account
    )
    answer = await carry_out(ctx, intent)
    if answer is not None:
        await ctx.reply(answer)
    return await person.expect_message()
