"""Reminders, as the tests ask for them and let them ring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.chat import Button, Line, Message, Span
from core.deciding.ringing import Outage, listed
from core.delivery.remind import Bell, ring_due
from core.dependencies import Dependencies
from core.people.preferences import Change, change
from core.records import Decision, DeliveryState, Due, Person, Reminder, ReminderKind, Task, Trigger
from core.store import Unit
from core.tasks.todo_list import add_task
from core.words.tasks import TaskDraft
from tests.core.worlds import Scene


def compose(decision: Decision, person: Person) -> Message:
    """A line for each reminder."""
    lines = tuple(Line(spans=(Span(text=one.content),)) for one in listed(decision))
    return Message(lines=lines, buttons=((Button(label="Done", verb="done"),),), subject=decision.decision_id)


async def nothing(unit: Unit, kind: ReminderKind, person: Person, deps: Dependencies) -> Message | None:
    return None


async def something(unit: Unit, kind: ReminderKind, person: Person, deps: Dependencies) -> Message | None:
    return Message(lines=(Line(spans=(Span(text=f"The {kind.value}"),)),))


BELL = Bell(compose=compose, daily=something)


def due(local: str, zone: str | None = None) -> Due:
    """``2027-06-14 15:00``, or a date alone."""
    on, _, at = local.partition(" ")
    day = datetime.fromisoformat(on).date()
    return Due(on=day, at=datetime.fromisoformat(f"{on}T{at}").time() if at else None, zone=zone)


async def asked(here: Scene, title: str, local: str, *, zone: str | None = None, **draft: Any) -> Task:
    """ "Remind me at … to …"."""
    wanted = TaskDraft(title=title, due=due(local, zone), reminds=True, **draft)
    return await add_task(await here.stored(), here.deps, wanted, origin=title)


async def rings(here: Scene, *, outage: Outage | None = None, bell: Bell = BELL) -> list[str]:
    """Ring what is due now; the lines of the messages that this sent."""
    before = len(here.phone.shown)
    await ring_due(here.deps, replace(bell, outage=outage))
    return ["; ".join(line.text for line in one.message.lines) for one in here.phone.shown[before:]]


async def rings_at(here: Scene, local: str, zone: str = "Europe/Berlin", **how: Any) -> list[str]:
    """What rings at a local time."""
    here.clock.time = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return await rings(here, **how)


async def rings_until(here: Scene, end: datetime, *, every: timedelta) -> dict[datetime, list[str]]:
    """Let time pass in steps; what rang, by instant."""
    found = {}
    while here.clock.now() < end:
        here.clock.time += every
        if said := await rings(here):
            found[here.clock.now()] = said
    return found


async def reminders(here: Scene, person_id: str = "ada") -> Sequence[Reminder]:
    async with here.deps.store.read() as unit:
        return await unit.reminders.of_person(person_id)


async def next_rings(here: Scene, person_id: str = "ada") -> list[str]:
    """When reminders ring next, in UTC: ``06-14 13:00``."""
    found = await reminders(here, person_id)
    return [f"{one.next_at:%m-%d %H:%M}" for one in found if one.next_at]


async def changed(here: Scene, make: Change, what: str = "x") -> Person:
    return await change(await here.stored(), here.deps, make, what=what)


async def rung(here: Scene) -> list[Decision]:
    """The decisions of reminders, newest first."""
    return [one for one in await here.decisions() if one.trigger is Trigger.REMINDER]


async def states(here: Scene) -> list[DeliveryState]:
    """The states of all deliveries of reminders, oldest first."""
    return [(await here.delivery(one)).state for one in reversed(await rung(here))]
