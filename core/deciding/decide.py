"""Assemble -> score -> serve: one ``Decision``, with the probability of what it chose.

Nothing is sent here; ``core/delivery/push.py`` and ``core/delivery/on_request.py`` commit the decision and
only then hand it to a channel.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from core.bandit.mixed import Posterior
from core.deciding.active_policy import Serving, serving_now
from core.deciding.context import Shortlisting, assemble
from core.deciding.embed_texts import embed_now, embeddings_for, texts_of, worded
from core.deciding.llm_tips import written_tips
from core.dependencies import Dependencies
from core.events import record_event
from core.learning.model_state import posterior_now
from core.model import (
    Context,
    Decision,
    Person,
    Reason,
    Request,
    ScoredCandidate,
    Slot,
    Snapshot,
    TipCandidate,
    Trigger,
)
from core.policies.choose import Choice, choose
from core.store import Unit
from core.tasks.sync import is_closed_elsewhere, refresh
from core.tips.candidates import pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision and the parameters that it used, if it was drawn."""

    decision: Decision
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is known at a decision point and what there is to choose from, the ruled out ones marked."""

    context: Context
    candidates: tuple[TipCandidate, ...]
    posterior: Posterior | None
    serving: Serving


async def decide(
    person: Person,
    deps: Dependencies,
    *,
    trigger: Trigger,
    zone: ZoneInfo,
    slot: Slot | None = None,
    request: Request | None = None,
) -> Decided:
    """Choose one of the candidates of this moment (*no tip* among them when scheduled) by the policy."""
    options = await gather(person, deps, trigger=trigger, zone=zone, request=request or Request())
    return await decide_among(options, person, deps, trigger=trigger, slot=slot)


async def decide_among(
    options: Options, person: Person, deps: Dependencies, *, trigger: Trigger, slot: Slot | None = None
) -> Decided:
    """Choose one of the ``options`` that were gathered just now.

    Sources are asked for as long as one answer may take; then the mirror is taken at its word.

    A tip whose task turns out to be closed elsewhere is ruled out, and the draw is made anew. Only the last
    draw is logged: the distribution over what was left, and the propensity in it, as if it had been known
    before that the task is closed. A draw that could reach nobody is no decision, as little as one whose
    delivery is abandoned is one to evaluation.

    So each logged figure is true of its draw, and a replay makes it again. But only the task that was drawn
    is looked at, so what is logged hangs on the draw: with a closed task among the candidates, an importance
    weight is 1 + p - q on average and not 1, with p its probability under the served policy and q under the
    evaluated one. Evaluation compares policies by the tips that could be shown.
    """
    context, candidates = options.context, options.candidates
    assembled = deps.clock.now()
    decision = Decision(
        decision_id=deps.random.new_id(),
        person_id=person.person_id,
        trigger=trigger,
        slot=slot.key if slot else None,
        merged=slot.merged if slot else (),
        decided_at=context.now,
        context=context,
        latency_ms={"assemble": _ms(assembled - context.now)},
    )
    while any(candidate.dropped is None for candidate in candidates):
        choice = score(options, deps, candidates)
        latency = {**decision.latency_ms, "score": _ms(deps.clock.now() - assembled)}
        made = drawn(decision, choice, latency)
        asking = deps.clock.now() - assembled < deps.rules.sync_deadline
        if not (asking and await _is_gone(made, deps)):
            return Decided(decision=made, snapshot=choice.snapshot)
        candidates = without_task(candidates, made)
    return Decided(decision=nothing_to_say(decision, candidates))


def nothing_to_say(decision: Decision, candidates: tuple[TipCandidate, ...]) -> Decision:
    """Every candidate is ruled out: silence, with the reasons in the log."""
    ruled_out = tuple(ScoredCandidate(candidate=candidate) for candidate in candidates)
    return replace(decision, unavailable=Reason.NOTHING_TO_SAY, candidates=ruled_out)


def drawn(decision: Decision, choice: Choice, latency_ms: dict[str, float]) -> Decision:
    """The decision with what the policy drew."""
    return replace(
        decision,
        policy_id=choice.policy_id,
        model_version=choice.model_version,
        feature_version=choice.feature_version,
        seed=choice.seed,
        floor=choice.floor,
        action=choice.action,
        propensity=choice.propensity,
        candidates=choice.candidates,
        shadows=choice.shadows,
        latency_ms=latency_ms,
    )


async def keep(unit: Unit, decided: Decided, deps: Dependencies) -> bool:
    """Store a decision and its event. False, and nothing stored, if its slot has been served, or it is stored
    already.
    """
    decision = decided.decision
    if not await unit.decisions.add(decision, decided.snapshot):
        return False
    silence = decision.unavailable or _silence(decision)
    await record_event(
        unit,
        deps,
        "decision.refused" if decision.unavailable else "decision.made",
        decision.person_id,
        decision_id=decision.decision_id,
        trigger=decision.trigger.value,
        slot=decision.slot,
        reason=silence and silence.value,
    )
    return True


def _silence(decision: Decision) -> Reason | None:
    """Why nothing is sent although oO was available; None if something is."""
    if decision.tip is None:
        return Reason.CHOSE_SILENCE
    return Reason.HELD_OUT if decision.held_out else None


# --- What there is to choose from --------------------------------------------------------------------------


async def gather(
    person: Person, deps: Dependencies, *, trigger: Trigger, zone: ZoneInfo, request: Request
) -> Options:
    """The context of this instant and all candidates.

    Outside tasks and written tips are fetched side by side; either may fail without sinking the slot. Written
    tips rest on what was known at the start: what is no longer true takes them along.
    """
    know = partial(
        assemble,
        person=person,
        zone=zone,
        now=deps.clock.now(),
        trigger=trigger,
        request=request,
        shortlisting=Shortlisting(rules=deps.rules.cooldowns, seed=deps.random.seed),
    )
    written: tuple[TipCandidate, ...] = ()
    if person.preferences.use_llm and deps.model is not None:
        async with deps.store.read() as unit:
            at_first = await know(unit)
        written, _ = await asyncio.gather(written_tips(at_first, deps), refresh(person, deps))
    else:
        at_first = None
        await refresh(person, deps)
    lines = [tip.content for tip in written]
    if at_first and written:
        await embed_now(person, [*lines, *texts_of(at_first, deps.templates)], deps)
    async with deps.store.read() as unit:
        context = await know(unit)
        placed = await embeddings_for(unit, person, [*lines, *texts_of(context, deps.templates)])
        posterior = await posterior_now(unit, person.person_id, context.now)
        serving = await serving_now(unit, deps)
    if at_first:
        written = tuple(resting_on(tip, at_first, context) for tip in written)
    candidates = pool(context, written, deps.templates, deps.rules.cooldowns, placed)
    context = replace(context, wording=worded(placed, candidates))
    return Options(context=context, candidates=candidates, posterior=posterior, serving=serving)


async def known_now(
    person: Person,
    deps: Dependencies,
    *,
    trigger: Trigger,
    zone: ZoneInfo,
    request: Request,
) -> Context:
    """The context of this instant, with what is stored by now."""
    now = deps.clock.now()
    async with deps.store.read() as unit:
        return await assemble(unit, person, zone, now=now, trigger=trigger, request=request)


def resting_on(tip: TipCandidate, before: Context, context: Context) -> TipCandidate:
    """A tip written from the facts of ``before``, with the ids that these have in ``context``.

    Marked if one of them is no longer a fact.
    """
    earlier = {fact.fact_id: replace(fact, fact_id="") for fact in before.facts}
    ids = {replace(fact, fact_id=""): fact.fact_id for fact in context.facts}
    found = tuple(ids.get(earlier[fact_id]) for fact_id in tip.fact_ids)
    kept = tuple(fact_id for fact_id in found if fact_id is not None)
    return replace(tip, fact_ids=kept) if kept == found else replace(tip, dropped="facts_changed")


# --- The choice --------------------------------------------------------------------------------------------


def score(options: Options, deps: Dependencies, candidates: tuple[TipCandidate, ...]) -> Choice:
    """Let the policy that serves draw one of the candidates."""
    return choose(
        options.context,
        candidates,
        posterior=options.posterior,
        policy=options.serving.policy,
        shadows=options.serving.shadows,
        seed=deps.random.seed(),
    )


async def _is_gone(decision: Decision, deps: Dependencies) -> bool:
    """Whether the task of the chosen tip was closed where it lives, since it was read."""
    tip, context = decision.tip, decision.context
    tasks = context.tasks if context and tip else ()
    task = next((one for one in tasks if tip and one.task_id == tip.task_id), None)
    return task is not None and await is_closed_elsewhere(task, deps)


def without_task(candidates: tuple[TipCandidate, ...], decision: Decision) -> tuple[TipCandidate, ...]:
    """The candidates, those about the decision's task marked."""
    gone = decision.tip.task_id if decision.tip else None
    return tuple(
        replace(one, dropped="task_gone") if one.task_id == gone and not one.dropped else one
        for one in candidates
    )


def _ms(span: timedelta) -> float:
    return round(span.total_seconds() * 1000, 3)
