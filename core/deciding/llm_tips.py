"""Written tips: ask the language model for candidates, with one deadline, and never let it sink a slot."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from core.dependencies import Dependencies
from core.errors import LanguageModelUnavailable
from core.llm.answers import Fields
from core.model import Context, TipCandidate, Trigger
from core.ports import Completion, LanguageModel, Turn
from core.tips.prompt import TIP_SCHEMA, ask_for_json, parse_tips, tip_turns

log = logging.getLogger(__name__)


async def written_tips(context: Context, deps: Dependencies) -> tuple[TipCandidate, ...]:
    """Candidates from the language model, checked; none when it is missing, late or unusable."""
    rules = deps.rules.writing
    scheduled = context.trigger is Trigger.SCHEDULED
    deadline = rules.deadline_scheduled if scheduled else rules.deadline_asked
    turns = tip_turns(context, deps.prompts.tip, rules.count)
    try:
        answer, model = await ask_model(deps, rules.tip_alias, turns, schema=TIP_SCHEMA, deadline=deadline)
        tips = parse_tips(answer, context, model=model, version=deps.prompts.tip.version, count=rules.count)
    except LanguageModelUnavailable as unavailable:
        log.warning("no written tips: %s", unavailable)
        return ()
    dropped = Counter(tip.dropped for tip in tips if tip.dropped)
    if dropped:
        log.debug("%d of %d written tips dropped: %s", dropped.total(), len(tips), ", ".join(sorted(dropped)))
    return tips


async def ask_model(
    deps: Dependencies, alias: str, turns: list[Turn], *, schema: Fields, deadline: timedelta
) -> tuple[Fields, str]:
    """One JSON answer within ``deadline``, corrections included. Raises ``LanguageModelUnavailable``."""
    if deps.model is None:
        raise LanguageModelUnavailable("none is set up")
    model: LanguageModel = deps.model
    ends = deps.clock.now() + deadline

    async def ask(said: Sequence[Turn]) -> Completion:
        left = ends - deps.clock.now()
        if left <= timedelta():
            raise LanguageModelUnavailable("the deadline passed")
        try:
            async with asyncio.timeout(left.total_seconds()):
                return await model.complete(alias, said, schema=schema, deadline=left)
        except TimeoutError as late:
            raise LanguageModelUnavailable("it did not keep to the deadline") from late

    return await ask_for_json(ask, turns, deps.prompts.correction, schema=schema)
