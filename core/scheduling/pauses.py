"""Pauses: when oO may write again.

Tests: tests/core/scheduling/test_pauses.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.records import Pause, Person


def resumes(at: datetime, pauses: Iterable[Pause]) -> datetime:
    """``at`` itself if no pause holds it, else the end of the pauses that follow each other from then on."""
    known = tuple(pauses)
    while held := next((pause for pause in known if pause.holds(at)), None):
        at = held.until
    return at


def paused_until(person: Person, now: datetime) -> datetime | None:
    """The end of the pause that is in force; None if none is."""
    until = resumes(now, person.pauses)
    return until if until > now else None


def without_pauses(person: Person) -> Person:
    """The person without any pause."""
    return replace(person, paused_until=None, pause_starts=None, pause_ends=None)


def resumed(person: Person, now: datetime) -> Person:
    """The person without what keeps oO silent now; without the planned pause if nothing does."""
    if coming_pause(person, now) is None or paused_until(person, now) is None:
        return without_pauses(person)
    return replace(person, paused_until=None)


def with_plan(person: Person, planned: Pause, now: datetime) -> Person:
    """The person with ``planned`` in place of the pause that is to begin later; one that has begun stays."""
    begun = [pause.until for pause in person.pauses if pause.holds(now)]
    until = max(begun, default=person.paused_until)
    return replace(person, paused_until=until, pause_starts=planned.starts, pause_ends=planned.until)


def without_plan(person: Person) -> Person:
    """The person without the planned pause."""
    return replace(person, pause_starts=None, pause_ends=None)


def coming_pause(person: Person, now: datetime) -> Pause | None:
    """The planned pause that has not begun, whatever else lasts until then; None if there is none."""
    return next((pause for pause in person.pauses if pause.starts and pause.starts > now), None)


def planned_pause(person: Person, now: datetime) -> Pause | None:
    """The pause that is still to begin; None if there is none, or another one lasts until then."""
    until = resumes(now, person.pauses)
    return next((pause for pause in person.pauses if pause.starts and pause.starts > until), None)
