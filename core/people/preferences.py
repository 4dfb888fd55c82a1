"""A person's settings: times, quiet hours, cap, pause, zone. Every change is an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.deciding.decision_points import reschedule
from core.dependencies import Dependencies
from core.events import record_event
from core.records import Pause, Person
from core.scheduling.pauses import paused_until, resumed, with_plan
from core.store import Unit
from core.tasks.by_update import asked_by, by_update
from core.tasks.reminders import follow_person

Change = Callable[[Person], Person]

CHANGED = "person.changed"
"""The kind of its events."""


async def change(person: Person, deps: Dependencies, make: Change, *, what: str, origin: str = "") -> Person:
    """Apply ``make`` to the stored person, compute their next decision point, append an event.

    ``make`` gets the person as stored now, so concurrent changes do not overwrite each other. ``origin`` as
    in ``change_in``.
    """
    async with deps.store.begin(person.person_id) as unit:
        return await change_in(unit, person.person_id, deps, make, what=what, origin=origin)


async def changed_by(unit: Unit, person_id: str, deps: Dependencies, origin: str, *, what: str) -> bool:
    """Whether the update ``origin``, which is handled again, has made that change already."""
    before = await by_update(unit, person_id, deps, origin, CHANGED)
    return any(one.data["what"] == what for one in before)


async def change_in(
    unit: Unit, person_id: str, deps: Dependencies, make: Change, *, what: str, origin: str = ""
) -> Person:
    """``change`` inside the caller's transaction. What is like that already is no change, and no event.

    ``origin`` names the update that asks for it.
    """
    before = await unit.people.get(person_id)
    wanted = make(before)
    if wanted == before:
        return before
    changed = await reschedule(unit, wanted, deps)
    await follow_person(unit, before, changed, deps)
    await record_event(unit, deps, CHANGED, person_id, what=what, **asked_by(origin))
    return changed


def prefer(**fields: Any) -> Change:
    """A change of the named preferences."""

    def make(person: Person) -> Person:
        return replace(person, preferences=replace(person.preferences, **fields))

    return make


def set_cap(cap: int) -> Change:
    """At most ``cap`` pushes a day. An explicit cap is not lowered by the dosage afterwards."""

    def make(person: Person) -> Person:
        dosage = replace(person.dosage, fewer=0, told=True, kept=True) if person.dosage else None
        return replace(person, preferences=replace(person.preferences, cap=cap), dosage=dosage)

    return make


def replace_settings(person: Person) -> Change:
    """Give somebody the settings, zone and pause that ``person`` has. A changed cap is an explicit one."""
    wanted = person.preferences

    def make(stored: Person) -> Person:
        changed = set_cap(wanted.cap)(stored) if wanted.cap != stored.preferences.cap else stored
        return replace(
            changed,
            preferences=wanted,
            zone=person.zone,
            paused_until=person.paused_until,
            pause_starts=person.pause_starts,
            pause_ends=person.pause_ends,
        )

    return make


def move_to(zone: str) -> Change:
    """Set the time zone. Slots that were served on this local date do not come again."""
    return lambda person: replace(person, zone=zone)


def pause(until: datetime) -> Change:
    """No pushes until ``until``, snoozed tips included."""
    return lambda person: replace(person, paused_until=until)


def pause_instead(until: datetime, now: datetime) -> Change:
    """The same, in place of the pause that is in force at ``now``."""
    return lambda person: pause(until)(resumed(person, now) if paused_until(person, now) else person)


def plan_pause(planned: Pause, now: datetime) -> Change:
    """No pushes while ``planned`` holds, in place of the pause that was planned before and has not begun."""
    return lambda person: with_plan(person, planned, now)


def end_pause(now: datetime) -> Change:
    """End the pause that is in force at ``now``, else drop the planned one."""
    return lambda person: resumed(person, now)
