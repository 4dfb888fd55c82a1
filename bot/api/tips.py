"""Tips: ask for one, and say what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from bot.api.models import Id, Input, Instant, Minutes, Output
from bot.api.operation import Call, Operation, Result
from bot.api.problems import Kind, Problem
from bot.screens import tips as tips_screen
from core.delivery.hand_over import tip_for_program
from core.delivery.reactions import react, snooze, undo
from core.delivery.tip_status import TapResult, TipStatus, read_status
from core.records import (
    Decision,
    DismissReason,
    ReactionKind,
    Reason,
    Request,
    Scope,
    TipCandidate,
    TipKind,
    TipSource,
)
from core.scheduling.quiet_hours import quiet_until

MAX_SNOOZE = timedelta(days=366)


class Moment(Input):
    """What there is of time and energy."""

    minutes: Minutes | None = None
    energy: Literal["low", "high"] | None = None

    def request(self) -> Request:
        """As the core has it."""
        return Request(minutes=self.minutes, energy=self.energy)


class Candidate(Output):
    """A tip that could be sent, or why it can't."""

    candidate_id: str
    kind: TipKind
    source: TipSource
    content: str = Field(description="The first line")
    rationale: str = Field(description="Why: a code, or the words of a language model")
    topic: str | None
    task_id: str | None
    fact_ids: list[str]
    minutes: int | None
    prompt_version: str | None
    llm_model: str | None
    dropped: str | None = Field(description="Why it may not be chosen")

    @classmethod
    def of(cls, tip: TipCandidate) -> Candidate:
        """The candidate of an answer."""
        names = set(cls.model_fields) - {"fact_ids"}
        return cls.model_construct(
            fact_ids=list(tip.fact_ids), **{name: getattr(tip, name) for name in names}
        )


# --- A tip now ---------------------------------------------------------------------------------------------


class TipAnswer(Output):
    """A decision, and its tip."""

    decision_id: str
    decided_at: datetime
    tip: Candidate | None = Field(description="None: there is nothing to suggest")
    text: str | None = Field(description="The tip as the chat would show it, in the person's language")
    reason: Reason | None = Field(description="Why there is no tip")


async def _tip(call: Call) -> Result:
    wanted: Moment = call.body
    decision = await tip_for_program(
        call.person, call.deps, zone=call.zone, request=wanted.request(), origin=call.origin
    )
    return Result(content=_tip_answer(decision, call))


def _tip_answer(decision: Decision, call: Call) -> TipAnswer:
    tip = decision.tip
    return TipAnswer.model_construct(
        decision_id=decision.decision_id,
        decided_at=decision.decided_at,
        tip=Candidate.of(tip) if tip else None,
        text=tips_screen.arriving(decision, call.person).text if tip else None,
        reason=decision.silence,
    )


# --- What became of it -------------------------------------------------------------------------------------


class Done(Input):
    """It is done."""

    decision_id: Id
    reaction: Literal["done"]


class Dismiss(Input):
    """Not this one."""

    decision_id: Id
    reaction: Literal["dismiss"]
    reason: Literal["not_now", "not_this", "never_topic", "did_it"] | None = None


class Snooze(Input):
    """Later."""

    decision_id: Id
    reaction: Literal["snooze"]
    until: Instant = Field(description="Within a year")
    even_if_quiet: bool = Field(False, description="Whether it may come back in quiet hours")


class Undo(Input):
    """As if there had been no reaction."""

    decision_id: Id
    reaction: Literal["undo"]


Feedback = Annotated[Done | Dismiss | Snooze | Undo, Field(discriminator="reaction")]


class FeedbackResult(StrEnum):
    """What a feedback did."""

    ACCEPTED = "accepted"
    ALREADY_REACTED = "already_reacted"
    GONE = "gone"
    NOTHING_TO_UNDO = "nothing_to_undo"


class FeedbackAnswer(Output):
    """What the feedback did, and the reaction that counts now."""

    decision_id: str
    result: FeedbackResult = Field(description="gone: the task was completed or removed elsewhere")
    reaction: ReactionKind | None
    reason: DismissReason | None
    reacted_at: datetime | None
    until: datetime | None = Field(description="When a snoozed tip comes back")


async def _feedback(call: Call) -> Result:
    outcome = await _reacted(call.body, call)
    call.redraw(outcome.decision.decision_id)
    counts = outcome.reaction
    return Result(
        content=FeedbackAnswer.model_construct(
            decision_id=outcome.decision.decision_id,
            result=FeedbackResult[outcome.result.name],
            reaction=counts.kind if counts else None,
            reason=counts.reason if counts else None,
            reacted_at=counts.reacted_at if counts else None,
            until=counts.until if counts else None,
        )
    )


async def _reacted(wanted: Done | Dismiss | Snooze | Undo, call: Call) -> TipStatus:
    person, deps = call.person, call.deps
    match wanted:
        case Done():
            return await react(wanted.decision_id, person, deps, kind=ReactionKind.DONE)
        case Dismiss():
            reason = DismissReason(wanted.reason) if wanted.reason else None
            return await react(wanted.decision_id, person, deps, kind=ReactionKind.DISMISS, reason=reason)
        case Snooze():
            return await _snoozed(wanted, call)
        case Undo():
            return await undo(wanted.decision_id, person, deps)


async def _snoozed(wanted: Snooze, call: Call) -> TipStatus:
    now = call.deps.clock.now()
    if not now < wanted.until <= now + MAX_SNOOZE:
        errors = [{"pointer": "/until", "detail": "should be in the future, and within a year"}]
        raise Problem(Kind.UNUSABLE, errors=errors)
    async with call.deps.store.read() as unit:
        status = await read_status(unit, wanted.decision_id, call.person)
    ends = quiet_until(wanted.until, call.zone, call.person.preferences.quiet)
    if ends and not wanted.even_if_quiet and status.result is TapResult.ACCEPTED:
        raise Problem(Kind.QUIET_HOURS, "Take another time, or even_if_quiet.", quiet_until=ends.isoformat())
    return await snooze(
        wanted.decision_id,
        call.person,
        call.deps,
        until=wanted.until,
        even_if_quiet=wanted.even_if_quiet,
    )


TIPS = (
    Operation(
        name="ask_for_tip", method="POST", path="/v1/tips", scope=Scope.TIPS, run=_tip, needs_zone=True,
        summary="Decide on a tip now. It is not sent to a chat, and counts as shown", body=Moment,
        answer=TipAnswer, repeatable=True, calls_out=True,
    ),
    Operation(
        name="give_feedback", method="POST", path="/v1/feedback", scope=Scope.TIPS, run=_feedback,
        summary="Say what became of a tip, as the buttons under it do", body=Feedback, answer=FeedbackAnswer,
        needs_zone=True, repeatable=True, problems=(Kind.NOT_FOUND, Kind.QUIET_HOURS),
    ),
)  # fmt: skip
