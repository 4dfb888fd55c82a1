"""When a change that its source does not take is tried again, though the source answers, and when no more.

How often it failed is a note of the person; until when it waits is the claim on the event. Only failures of
the change itself count: while a whole source is down, none of its changes comes nearer to its end.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from core.records import Event, Integration
from core.store import Unit

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
MAX_WAIT = timedelta(days=1)
"""All pauses of one change together; after them it is given up."""

MAX_DOUBT = timedelta(minutes=5)
"""How much longer than its source a change may rest that failed together with it."""

QUICK_RETRIES = 5
"""So many pauses are as short as the first: most trouble is over in minutes."""

_MAX_DOUBLINGS = 6
"""After so many, the pause is the longest in any case."""


def pause_after(failures: int) -> timedelta:
    """How long a change waits that has failed so often: a minute at first, then more, up to an hour."""
    doublings = min(max(failures - QUICK_RETRIES, 0), _MAX_DOUBLINGS)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def is_hopeless(failures: int) -> bool:
    """Whether a change that has failed so often has waited for a day in all."""
    return sum(map(pause_after, range(1, failures)), timedelta()) >= MAX_WAIT


def pause_in_doubt(rest: timedelta, lasted: timedelta) -> timedelta:
    """How long a change waits whose source rests for ``rest``, and has failed for as long as ``lasted``.

    At first no longer than the source. Later another change has its turn before: it might be taken.
    """
    return min(max(rest, lasted), rest + MAX_DOUBT)


async def failures_of(unit: Unit, event: Event) -> int:
    """How often the change has failed."""
    return int(await unit.notes.get(event.person_id, _note(event)) or 0)


async def wait_in_doubt(unit: Unit, event: Event, status: Integration | None, now: datetime) -> None:
    """Let the change wait at least as long as its source rests. A new connection is asked at once."""
    if status and status.not_before and not status.status.must_reconnect:
        pause = pause_in_doubt(status.not_before - now, now - status.changed_at)
        await unit.events.claim(event.event_id, now, now + pause)


async def wait_after(unit: Unit, event: Event, failures: int, now: datetime) -> None:
    """Let the change wait that has failed so often, unless another process has it by now."""
    if await unit.events.claim(event.event_id, now, now + pause_after(failures)):
        await unit.notes.put(event.person_id, _note(event), str(failures))


async def forget_failures(unit: Unit, event: Event) -> None:
    """Forget how often the change has failed: it is dispatched."""
    if event.person_id:
        await unit.notes.put(event.person_id, _note(event), None)


def _note(event: Event) -> str:
    return f"failures of {event.event_id}"
