"""Asking the language model while somebody waits for the answer in conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.markup import say
from core.deciding.llm_tips import ask_model
from core.llm.answers import Fields
from core.ports import Turn

WORD_AFTER = 2.0
"""Seconds after which somebody is told that the model is being loaded, if it may be that."""


async def ask_in_conversation(ctx: UpdateContext, turns: Sequence[Turn], schema: Fields) -> Fields:
    """The model's answer by ``schema``.

    A model that nobody asked lately may have to be loaded first: then it has longer, and the person hears of
    it. Raises ``LanguageModelUnavailable``.
    """
    rules = ctx.deps.rules.writing
    awake = ctx.deps.model is not None and ctx.deps.model.is_awake(rules.talk_alias)
    deadline = rules.deadline_asked if awake else max(rules.deadline_asked, rules.deadline_waking)
    asking = asyncio.ensure_future(
        ask_model(ctx.deps, rules.talk_alias, list(turns), schema=schema, deadline=deadline)
    )
    asking.add_done_callback(_looked_at)
    try:
        if not awake:
            await _tell_if_it_takes_long(ctx, asking)
        answer, _ = await asking
        return answer
    finally:
        asking.cancel()


async def _tell_if_it_takes_long(ctx: UpdateContext, asking: asyncio.Future[Any]) -> None:
    answered, _ = await asyncio.wait([asking], timeout=WORD_AFTER)
    if not answered and await ctx.is_still_there():
        await ctx.reply(say(texts.WAKING))


def _looked_at(asked: asyncio.Future[Any]) -> None:
    """asyncio would complain of an error that nobody looks at."""
    if not asked.cancelled():
        asked.exception()
