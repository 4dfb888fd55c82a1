"""Written tips: candidates from the language model, within a deadline. A failure yields none."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from core.dependencies import Dependencies
from core.errors import LanguageModelUnavailable
from core.llm.answers import Fields
from core.ports import Clock, Completion, LanguageModel, Turn
from core.records import Context, TipCandidate, Trigger
from core.tips.prompt import TIP_SCHEMA, PromptFile, ask_for_json, parse_tips, tip_turns

log = logging.getLogger(__name__)


async def written_tips(
    context: Context, deps: Dependencies, prompt: PromptFile | None = None
) -> tuple[TipCandidate, ...]:
    """As ``write_tips``; none if the language model is missing, late or unusable."""
    try:
        tips = await write_tips(context, deps, prompt)
    except LanguageModelUnavailable as unavailable:
        log.warning("no written tips: %s", unavailable)
        return ()
    dropped = Counter(tip.dropped for tip in tips if tip.dropped)
    if dropped:
        log.debug("%d of %d written tips dropped: %s", dropped.total(), len(tips), ", ".join(sorted(dropped)))
    return tips


async def write_tips(
    context: Context, deps: Dependencies, prompt: PromptFile | None = None
) -> tuple[TipCandidate, ...]:
    """Checked candidates from the language model.

    ``prompt`` None: the first of the configured ones. Raises ``LanguageModelUnavailable``.
    """
    prompt = prompt or deps.prompts.tips[0]
    rules = deps.rules.writing
    scheduled = context.trigger is Trigger.SCHEDULED
    deadline = rules.deadline_scheduled if scheduled else rules.deadline_asked
    language = deps.languages.english_name(context.language)
    turns = tip_turns(context, prompt, rules.count, language=language)
    answer, model = await ask_model(deps, rules.tip_alias, turns, schema=TIP_SCHEMA, deadline=deadline)
    return parse_tips(answer, context, model=model, version=prompt.version, count=rules.count)


async def ask_model(
    deps: Dependencies,
    alias: str,
    turns: list[Turn],
    *,
    schema: Fields,
    deadline: timedelta,
    accepted: Fields | None = None,
) -> tuple[Fields, str]:
    """One JSON answer and the model's name. ``deadline`` includes corrections.

    The model is asked for ``schema``; its answer is read by ``accepted``, if that is given.

    Raises ``LanguageModelUnavailable``.
    """
    if deps.model is None:
        raise LanguageModelUnavailable("none is set up")
    complete = partial(
        _complete_before,
        expires_at=deps.clock.now() + deadline,
        clock=deps.clock,
        model=deps.model,
        alias=alias,
        schema=schema,
    )
    return await ask_for_json(complete, turns, deps.prompts.correction, schema=accepted or schema)


async def _complete_before(
    turns: Sequence[Turn],
    *,
    expires_at: datetime,
    clock: Clock,
    model: LanguageModel,
    alias: str,
    schema: Fields,
) -> Completion:
    """One answer before ``expires_at``. Raises ``LanguageModelUnavailable``."""
    remaining = expires_at - clock.now()
    if remaining <= timedelta():
        raise LanguageModelUnavailable("the deadline passed")
    try:
        async with asyncio.timeout(remaining.total_seconds()):
            return await model.complete(alias, turns, schema=schema, deadline=remaining)
    except TimeoutError as late:
        raise LanguageModelUnavailable("it did not keep to the deadline") from late
