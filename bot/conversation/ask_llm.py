"""Asks the language model while a person waits for the answer.

Tests: tests/scenarios/test_waking.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.markup import say
from core.deciding.llm_tips import ask_model
from core.deciding.model_use import model_for
from core.llm.answers import Fields
from core.ports import Turn
from core.tips.prompt import ACCEPTED_TALK

LOADING_NOTICE_SECONDS = 2.0
"""How long a person waits before oO says that the model is being loaded, if it may not be loaded yet."""


async def ask_in_conversation(ctx: UpdateContext, turns: Sequence[Turn], schema: Fields) -> Fields:
    """The model's answer, which was asked for by ``schema``.

    A model that was not asked recently may have to be loaded first. Then the deadline is longer, and the
    person is told. Raises ``LanguageModelUnavailable``.
    """
    rules = ctx.deps.rules.writing
    awake = ctx.deps.model is not None and ctx.deps.model.is_awake(rules.talk_alias)
    deadline = rules.deadline_asked if awake else max(rules.deadline_asked, rules.deadline_waking)
    deps = replace(ctx.deps, model=model_for(ctx.person.person_id, ctx.deps))
    request = asyncio.ensure_future(
        ask_model(
            deps, rules.talk_alias, list(turns), schema=schema, deadline=deadline, accepted=ACCEPTED_TALK
        )
    )
    request.add_done_callback(_retrieve_exception)
    try:
        if not awake:
            await _announce_loading(ctx, request)
        answer, _ = await request
        return answer
    finally:
        request.cancel()


async def _announce_loading(ctx: UpdateContext, request: asyncio.Future[Any]) -> None:
    """Wait for the answer for a while, then say that the model is being loaded."""
    answered, _ = await asyncio.wait([request], timeout=LOADING_NOTICE_SECONDS)
    if not answered and await ctx.is_still_there():
        await ctx.reply(say(texts.WAKING))


def _retrieve_exception(request: asyncio.Future[Any]) -> None:
    """After a cancellation the request is not awaited, and asyncio would log its exception."""
    if not request.cancelled():
        request.exception()
