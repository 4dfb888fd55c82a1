"""The receipt of a decision: what was known, what could be chosen with which probability, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from pydantic import Field

from bot.api.models import Output
from bot.api.operation import Call, Operation, Result
from bot.api.tips import Candidate
from core.errors import NotFound
from core.records import Decision, Delivery, Draw, Reaction, Reason, Reward, Scope, ScoredCandidate, Trigger


class ScoredOut(Candidate):
    """A candidate as the policy saw it."""

    features: list[float] = Field(description="In the order of the table of features; empty if ruled out")
    score: float
    probability: float
    inclusion: float = Field(description="Probability of being among those that were scored")


class DeliveryOut(Output):
    """A delivery of the tip."""

    state: str
    changed_at: datetime
    reason: str | None


class Receipt(Output):
    """A decision with everything that is needed to understand it."""

    decision_id: str
    trigger: Trigger
    slot: str | None
    decided_at: datetime
    reason: Reason | None = Field(description="Why nothing is sent; None: a tip is")
    unavailable_until: datetime | None
    context: dict[str, Any] | None = Field(description="What was known; None: oO was not available")
    texts_erased: bool = Field(description="Whether its texts were erased because of their age")
    candidates: list[ScoredOut] = Field(
        description="Empty while the tip is held out: to name it is to give it"
    )
    action: str | None = Field(description="The candidate that was drawn")
    propensity: float | None
    floor: float | None
    seed: int | None
    policy_id: str | None
    model_version: str | None
    feature_version: str | None
    prompt_version: str | None
    shadows: dict[str, list[float]] = Field(description="What other policies would have done, by their ids")
    deliveries: list[DeliveryOut]
    reaction: str | None
    reaction_reason: str | None
    reacted_at: datetime | None
    reward: float | None
    reward_from: str | None = Field(description="The signal that the reward stands for")


async def _read(call: Call) -> Result:
    decision_id = call.path["decision_id"]
    async with call.deps.store.read() as unit:
        decision = await unit.decisions.get(decision_id)
        if decision.person_id != call.person.person_id:
            raise NotFound("no such decision of this person")
        deliveries = await unit.deliveries.of(decision_id)
        outcome = await unit.decisions.stored_tip(decision_id)
    return Result(content=_receipt(decision, deliveries, outcome.reaction, outcome.reward))


def _receipt(
    decision: Decision, deliveries: tuple[Delivery, ...], reaction: Reaction | None, reward: Reward | None
) -> Receipt:
    open_draw = None if decision.held_out else decision.draw
    hidden = decision.held_out
    return Receipt.model_construct(
        decision_id=decision.decision_id,
        trigger=decision.trigger,
        slot=decision.slot,
        decided_at=decision.decided_at,
        reason=decision.silence,
        unavailable_until=decision.refusal.until if decision.refusal else None,
        context=plain(decision.context) if decision.context else None,
        texts_erased=bool(decision.context and decision.context.texts_erased),
        candidates=[] if hidden else [*map(_scored, decision.candidates)],
        action=open_draw.action if open_draw else None,
        propensity=open_draw.propensity if open_draw else None,
        shadows={} if hidden else _shadows(decision.draw),
        deliveries=[
            DeliveryOut.model_construct(state=one.state.value, changed_at=one.changed_at, reason=one.reason)
            for one in deliveries
        ],
        reaction=reaction.kind.value if reaction else None,
        reaction_reason=reaction.reason.value if reaction and reaction.reason else None,
        reacted_at=reaction.reacted_at if reaction else None,
        reward=reward.value if reward else None,
        reward_from=reward.source.value if reward else None,
        **_numbers(decision.draw),
    )


def _numbers(draw: Draw | None) -> dict[str, Any]:
    names = ("floor", "seed", "policy_id", "model_version", "feature_version")
    prompt = draw.prompt.version if draw and draw.prompt else None
    return {name: getattr(draw, name, None) for name in names} | {"prompt_version": prompt}


def _shadows(draw: Draw | None) -> dict[str, list[float]]:
    return {one.policy_id: list(one.probabilities) for one in draw.shadows} if draw else {}


def _scored(scored: ScoredCandidate) -> ScoredOut:
    tip = Candidate.of(scored.candidate)
    return ScoredOut.model_construct(
        **dict(tip),
        features=list(scored.features),
        score=scored.score,
        probability=scored.probability,
        inclusion=scored.candidate.inclusion,
    )


def plain(value: Any) -> Any:
    """A record as JSON has it."""
    match value:
        case Enum():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case tuple() | list() | frozenset():
            return [plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return value


DECISIONS = (
    Operation(
        name="read_decision", method="GET", path="/v1/decisions/{decision_id}", scope=Scope.DECISIONS,
        run=_read, summary="The receipt of a decision", answer=Receipt,
    ),
)  # fmt: skip
