"""Makes one ``Decision``: gather what there is to choose from, let the policy draw, log the propensity.

Nothing is sent here. ``core/delivery/push.py`` and ``core/delivery/on_request.py`` commit the decision first
and then hand it to a channel.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from core.bandit.mixed import Posterior
from core.deciding.active_policy import ActivePolicies, active_policies
from core.deciding.context import Shortlisting, assemble
from core.deciding.embed_texts import embed_now, embeddings_for, texts_of, wording_of
from core.deciding.llm_tips import written_tips
from core.dependencies import Dependencies
from core.events import record_event
from core.learning.model_state import posterior_now
from core.policies.choose import Choice, choose
from core.records import (
    Context,
    Decision,
    Draw,
    Person,
    PromptDraw,
    Purpose,
    Reason,
    Refusal,
    Request,
    ScoredCandidate,
    Slot,
    Snapshot,
    TipCandidate,
    Trigger,
)
from core.store import Unit
from core.tasks.sync import is_closed_elsewhere, refresh
from core.tips.candidates import pool
from core.tips.prompt import draw_prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision, and the parameters that its draw used."""

    decision: Decision
    snapshot: Snapshot | None = None
    """None if nothing was drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All that a draw needs."""

    context: Context
    candidates: tuple[TipCandidate, ...]
    """Those that were ruled out included, each with its reason in ``dropped``."""
    posterior: Posterior | None
    """None if nothing usable is known: then the fallback policy draws."""
    policies: ActivePolicies
    prompt: PromptDraw | None = None
    """The prompt for written tips; None if no language model was asked."""


async def decide(
    person: Person,
    deps: Dependencies,
    *,
    trigger: Trigger,
    zone: ZoneInfo,
    slot: Slot | None = None,
    request: Request | None = None,
) -> Decided:
    """Let the policy choose a tip for ``person`` now. *No tip* is a candidate when the trigger is a slot."""
    options = await gather_options(person, deps, trigger=trigger, zone=zone, request=request or Request())
    return await decide_among(options, person, deps, trigger=trigger, slot=slot)


async def decide_among(
    options: Options, person: Person, deps: Dependencies, *, trigger: Trigger, slot: Slot | None = None
) -> Decided:
    """Draw one of the ``options``; a refusal if all are ruled out.

    The source of the drawn task is asked whether the task is still open. If it is not, the task is ruled out
    and the draw is repeated. After ``sync_deadline`` oO trusts its own copy and asks no more.

    Only the last draw is logged, with its own distribution and propensity, as if the closed task had been
    known before. So a replay reproduces it. But only drawn tasks are checked, so a log with a closed task
    among the candidates depends on the draw: the mean importance weight is 1 + p - q instead of 1, where p
    and q are the task's probabilities under the served and the evaluated policy. Evaluation therefore
    compares policies by the tips that could be shown.
    """
    context, candidates = options.context, options.candidates
    assembled = deps.clock.now()
    latency = {"assemble": _milliseconds(assembled - context.now)}
    decision = partial(
        Decision,
        decision_id=deps.random.new_id(),
        person_id=person.person_id,
        trigger=trigger,
        slot=slot.key if slot else None,
        merged=slot.merged if slot else (),
        decided_at=context.now,
    )
    while any(candidate.dropped is None for candidate in candidates):
        choice = _draw(options, deps, candidates)
        scoring = deps.clock.now() - assembled
        if scoring >= deps.rules.sync_deadline or not await _is_closed(choice.draw, deps):
            measured = {**latency, "score": _milliseconds(scoring)}
            drawn = replace(choice.draw, prompt=options.prompt)
            return Decided(decision=decision(result=drawn, latency_ms=measured), snapshot=choice.snapshot)
        candidates = _without_task(candidates, choice.draw)
    return Decided(decision=decision(result=_nothing_to_say(context, candidates), latency_ms=latency))


def _nothing_to_say(context: Context, candidates: tuple[TipCandidate, ...]) -> Refusal:
    ruled_out = tuple(ScoredCandidate(candidate=candidate) for candidate in candidates)
    return Refusal(reason=Reason.NOTHING_TO_SAY, context=context, candidates=ruled_out)


async def store_decision(unit: Unit, decided: Decided, deps: Dependencies) -> bool:
    """Store a decision and its event. False, and nothing stored, if the decision is stored already or its
    slot has another one.
    """
    decision = decided.decision
    if not await unit.decisions.add(decision, decided.snapshot):
        return False
    reason = decision.silence
    await record_event(
        unit,
        deps,
        "decision.refused" if decision.refusal else "decision.made",
        decision.person_id,
        decision_id=decision.decision_id,
        trigger=decision.trigger.value,
        slot=decision.slot,
        reason=reason and reason.value,
    )
    return True


# --- What there is to choose from --------------------------------------------------------------------------


async def gather_options(
    person: Person, deps: Dependencies, *, trigger: Trigger, zone: ZoneInfo, request: Request
) -> Options:
    """The context and all candidates of this instant.

    Outside tasks and LLM tips are fetched concurrently. Either may fail: then oO goes on without it. LLM tips
    rest on what was known at the start; one that rests on a fact that has changed since is ruled out.
    """
    ask_model = person.allows(Purpose.LANGUAGE_MODEL) and deps.model is not None
    read_context = partial(
        assemble,
        person=person,
        zone=zone,
        now=deps.clock.now(),
        trigger=trigger,
        request=request,
        shortlisting=Shortlisting(rules=deps.rules.cooldowns, seed=deps.random.seed),
        for_model=ask_model,
    )
    written: tuple[TipCandidate, ...] = ()
    prompt = draw_prompt(deps.prompts.tips, deps.random.seed) if ask_model else None
    if prompt:
        async with deps.store.read() as unit:
            before = await read_context(unit)
        written, _ = await asyncio.gather(_written(before, prompt, deps), refresh(person, deps))
    else:
        before = None
        await refresh(person, deps)
    lines = [tip.content for tip in written]
    if before and written:
        await embed_now(person, [*lines, *texts_of(before, deps.templates_in(before.language))], deps)
    async with deps.store.read() as unit:
        context = await read_context(unit)
        templates = deps.templates_in(context.language)
        embeddings = await embeddings_for(unit, person, [*lines, *texts_of(context, templates)])
        posterior = await posterior_now(unit, person.person_id, context.now)
        policies = await active_policies(unit, deps)
    if before:
        written = tuple(with_current_facts(tip, before, context) for tip in written)
    candidates = pool(context, written, templates, deps.rules.cooldowns, embeddings)
    context = replace(context, wording=wording_of(embeddings, candidates))
    return Options(
        context=context, candidates=candidates, posterior=posterior, policies=policies, prompt=prompt
    )


async def _written(context: Context, drawn: PromptDraw, deps: Dependencies) -> tuple[TipCandidate, ...]:
    """The written tips, by the prompt that was drawn."""
    prompt = next(one for one in deps.prompts.tips if one.version == drawn.version)
    return await written_tips(context, deps, prompt)


async def current_context(
    person: Person,
    deps: Dependencies,
    *,
    trigger: Trigger,
    zone: ZoneInfo,
    request: Request,
) -> Context:
    """The context of this instant for a language model, from what is stored. No source is asked."""
    now = deps.clock.now()
    async with deps.store.read() as unit:
        return await assemble(unit, person, zone, now=now, trigger=trigger, request=request, for_model=True)


def with_current_facts(tip: TipCandidate, before: Context, context: Context) -> TipCandidate:
    """A tip that was written from the facts of ``before``, with the ids that these have in ``context``.

    It is ruled out if one of them is no longer a fact.
    """
    earlier = {fact.fact_id: replace(fact, fact_id="") for fact in before.facts}
    ids = {replace(fact, fact_id=""): fact.fact_id for fact in context.facts}
    found = tuple(ids.get(earlier[fact_id]) for fact_id in tip.fact_ids)
    kept = tuple(fact_id for fact_id in found if fact_id is not None)
    return replace(tip, fact_ids=kept) if kept == found else replace(tip, dropped="facts_changed")


# --- The draw ----------------------------------------------------------------------------------------------


def _draw(options: Options, deps: Dependencies, candidates: tuple[TipCandidate, ...]) -> Choice:
    return choose(
        options.context,
        candidates,
        posterior=options.posterior,
        policy=options.policies.policy,
        shadows=options.policies.shadows,
        seed=deps.random.seed(),
    )


async def _is_closed(draw: Draw, deps: Dependencies) -> bool:
    """Whether the source of the drawn tip's task says that the task is closed."""
    tip = draw.tip
    task = next((one for one in draw.context.tasks if tip and one.task_id == tip.task_id), None)
    return task is not None and await is_closed_elsewhere(task, deps)


def _without_task(candidates: tuple[TipCandidate, ...], draw: Draw) -> tuple[TipCandidate, ...]:
    """The candidates, those about the drawn task ruled out."""
    gone = draw.tip.task_id if draw.tip else None
    return tuple(
        replace(one, dropped="task_gone") if one.task_id == gone and not one.dropped else one
        for one in candidates
    )


def _milliseconds(span: timedelta) -> float:
    return round(span.total_seconds() * 1000, 3)
