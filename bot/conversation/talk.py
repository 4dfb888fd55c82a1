"""A talk with the language model: it answers what no rule understands, and may propose actions.

Tests: tests/scenarios/with_model/test_conversation.py.
"""

from __future__ import annotations

from bot.conversation.ask_llm import ask_in_conversation
from bot.conversation.commands import Response
from bot.conversation.proposals import Proposed, act, is_at_once, proposals_in
from bot.conversation.talk_memory import ask_to_remember
from bot.conversation.update_context import UpdateContext
from bot.screens import texts, texts_talk
from bot.screens.markup import join, say
from bot.screens.proposals import choices, question
from core.deciding.decide import current_context
from core.people.talk_memory import remembered_turns
from core.records import Request, Trigger
from core.text import clean_strictly
from core.tips.prompt import LINK, talk_turns

MAX_LLM_REPLY = 600


async def converse(ctx: UpdateContext, text: str) -> Response:
    """Ask the language model. Raises ``LanguageModelUnavailable``."""
    await ctx.thinking()
    context = await current_context(
        ctx.person, ctx.deps, trigger=Trigger.REQUESTED, zone=ctx.zone, request=Request()
    )
    prompt = ctx.deps.prompts.talk
    async with ctx.deps.store.read() as unit:
        earlier = await remembered_turns(unit, ctx.person, ctx.now)
    language = ctx.deps.languages.english_name(context.language)
    turns = talk_turns(context, prompt, text, earlier, language=language)
    answer = await ask_in_conversation(ctx, turns, prompt.talk_schema)
    ctx.talked = text
    await ask_to_remember(ctx)
    reply = harmless(clean_strictly(str(answer.get("reply") or ""), MAX_LLM_REPLY))
    return await _reply_and_act(ctx, reply, await proposals_in(ctx, answer, context))


def harmless(reply: str) -> str:
    """The reply without what a platform would make clickable: links, addresses, mentions, commands."""
    return " ".join("…" if LINK.search(word) else word for word in reply.split())


async def _reply_and_act(ctx: UpdateContext, reply: str, proposed: Proposed) -> Response:
    """Say the reply, and carry out or offer what is proposed."""
    said = say("{reply}", reply=reply) if reply else None
    done = await _carry_out_or_offer(ctx, proposed)
    if not proposed.valid:
        parts = [part for part in (said, done) if part]
        return join(*parts) if parts else say(texts.UNCLEAR_LONG)
    return join(said, done) if said and done else done


async def _carry_out_or_offer(ctx: UpdateContext, proposed: Proposed) -> Response:
    match proposed.valid:
        case ():
            return say(texts_talk.NOT_POSSIBLE) if proposed.refused else None
        case (one,):
            return await act(ctx, one.name, one.argument) if is_at_once(one) else question(one)
    return choices(proposed.valid)
