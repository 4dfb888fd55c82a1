"""The status of a tip: open for a reaction, reacted to already, or its task is gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.delivery.current_tip import with_current_task
from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import (
    Decision,
    Delivery,
    Due,
    Person,
    Reaction,
    ReactionKind,
    Reward,
    Task,
    TipCandidate,
    TipKind,
)
from core.store import Unit
from core.tasks.todo_list import is_over
from core.tips.cooldowns import plain_words

MAX_LISTS = 20
"""Lists of reminders and daily messages that are passed over in search of the latest tip."""


class TapResult(StrEnum):
    """What a tap did, or, before a tap, what it would do."""

    ACCEPTED = "taken"
    """It counts."""
    ALREADY_REACTED = "already"
    """The tip has a terminal reaction already. The first one counts."""
    GONE = "gone"
    """The task was completed or removed elsewhere."""
    NOTHING_TO_UNDO = "nothing"
    """There is nothing to undo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TipStatus:
    """A tip and all that a tap on it needs, and all that is needed to redraw its message."""

    result: TapResult
    decision: Decision
    tip: TipCandidate
    """With the title that its task has now."""
    reaction: Reaction | None = None
    """The reaction that counts now."""
    task: Task | None = None
    """The tip's task as it is now."""
    reward: Reward | None = None
    """The reward before the tap."""
    unconfirmed: tuple[Delivery, ...] = ()
    """Deliveries that were in progress, or whose result was unknown, before the tap."""
    newest: bool = True
    """Whether no later tip was chosen for the person."""
    moved_to: Due | None = None
    """The next due date of a repeating task that this tap completed."""


async def read_status(unit: Unit, decision_id: str, person: Person) -> TipStatus:
    """The status of a tip before a tap. Raises ``NotFound`` for anything but a tip of this person.

    A snooze is no terminal reaction: the tip is still open.
    """
    stored = await unit.decisions.stored_tip(decision_id)
    decision, task = stored.decision, stored.task
    tip = with_current_task(decision, task).tip
    if tip is None or decision.person_id != person.person_id:
        raise NotFound("no such tip of this person")
    status = TipStatus(
        result=TapResult.ACCEPTED,
        decision=decision,
        tip=tip,
        reaction=stored.reaction,
        task=task,
        reward=stored.reward,
        unconfirmed=stored.unconfirmed,
        newest=stored.newest,
    )
    if status.reaction and status.reaction.kind is not ReactionKind.SNOOZE:
        return replace(status, result=TapResult.ALREADY_REACTED)
    if task and is_over(task, decision):
        return replace(status, result=TapResult.GONE, reaction=None)
    return status


async def latest_unanswered(person: Person, deps: Dependencies, *, since: datetime) -> TipStatus | None:
    """The newest tip shown since ``since``, if nobody has reacted to it yet."""
    async with deps.store.read() as unit:
        tips = await unit.decisions.past_tips(person.person_id, since, MAX_LISTS + 1)
        tips = tuple(one for one in tips if one.kind is not TipKind.LIST)
        if not tips or tips[0].reaction is not None:
            return None
        status = await read_status(unit, tips[0].decision_id, person)
    return status if status.result is TapResult.ACCEPTED else None


def topic_of(tip: TipCandidate) -> str:
    """What *never about this* mutes: the tip's topic, else its first line."""
    return plain_words(tip.topic or "") or plain_words(tip.content)
