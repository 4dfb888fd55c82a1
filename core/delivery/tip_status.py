"""How a tip stands: open for a reaction, reacted to already, or its task is gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.dependencies import Dependencies
from core.errors import NotFound
from core.model import Decision, Delivery, Due, Person, Reaction, ReactionKind, Reward, Task, TipCandidate
from core.store import Unit
from core.tasks.todo_list import is_over
from core.tips.cooldowns import plain_words


class Verdict(StrEnum):
    """How a tap ended."""

    TAKEN = "taken"
    ALREADY = "already"  # a terminal reaction stood before this one
    GONE = "gone"  # the task was done or removed elsewhere
    NOTHING = "nothing"  # there was nothing to undo


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a tip after a tap: enough to redraw its message.

    ``reaction`` and ``task`` as they stand now, ``reward`` and ``unproved`` deliveries as they stood before
    the tap; ``newest``: no later tip was chosen; ``moved_to`` is where completing a repeating task put it.
    """

    verdict: Verdict
    decision: Decision
    tip: TipCandidate
    reaction: Reaction | None = None
    task: Task | None = None
    reward: Reward | None = None
    unproved: tuple[Delivery, ...] = ()
    newest: bool = True
    moved_to: Due | None = None


async def look(unit: Unit, decision_id: str, person: Person) -> Outcome:
    """How a tip stands: open for a reaction (``TAKEN``, with the snooze if there is one), reacted to
    already, or its task is gone. Raises ``NotFound`` for anything but a tip of this person.
    """
    drawn = await unit.decisions.drawn(decision_id)
    decision, task = drawn.decision, drawn.task
    tip = decision.tip
    if tip is None or decision.person_id != person.person_id:
        raise NotFound("no such tip of this person")
    found = Outcome(
        verdict=Verdict.TAKEN,
        decision=decision,
        tip=tip,
        reaction=drawn.reaction,
        task=task,
        reward=drawn.reward,
        unproved=drawn.unproved,
        newest=drawn.newest,
    )
    if found.reaction and found.reaction.kind is not ReactionKind.SNOOZE:
        return replace(found, verdict=Verdict.ALREADY)
    if task and is_over(task, decision):
        return replace(found, verdict=Verdict.GONE, reaction=None)
    return found


async def unanswered(person: Person, deps: Dependencies, *, since: datetime) -> Outcome | None:
    """The newest tip shown after ``since``, if it still waits for a first reaction."""
    async with deps.store.read() as unit:
        tips = await unit.decisions.past_tips(person.person_id, since, 1)
        if not tips or tips[0].reaction is not None:
            return None
        found = await look(unit, tips[0].decision_id, person)
    return found if found.verdict is Verdict.TAKEN else None


def topic_of(tip: TipCandidate) -> str:
    """What *never about this* means for a tip: its topic, else its first line."""
    return plain_words(tip.topic or "") or plain_words(tip.content)
