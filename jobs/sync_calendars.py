"""Refreshes the copies of people's calendars, and sends one notice when one can't be read any more."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from core.calendars.copies import refresh_calendars
from core.calendars.pending_login import drop_unanswered
from core.concurrency import gather_bounded
from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import CalendarProvider, Integration
from core.store import Unit
from jobs.lost_connections import LostNotice, tell_of_lost

log = logging.getLogger(__name__)

MAX_CONCURRENCY = 4
MAX_SECONDS = 30.0
"""How long reading one calendar may take here, where nobody waits."""


async def sync_calendars(deps: Dependencies, notice: LostNotice) -> int:
    """Refresh every calendar whose copy is old, and forget logins whose password nobody typed.

    Returns how many calendars are connected.
    """
    await drop_unanswered(deps)
    async with deps.store.read() as unit:
        connected = [one for provider in CalendarProvider for one in await unit.integrations.all(provider)]
    people = sorted({one.person_id for one in connected})
    await gather_bounded(people, lambda one: _sync_one(one, deps, notice), limit=MAX_CONCURRENCY)
    return len(connected)


async def _sync_one(person_id: str, deps: Dependencies, notice: LostNotice) -> None:
    try:
        await refresh_calendars(person_id, deps, within=timedelta(seconds=MAX_SECONDS))
        for provider in CalendarProvider:
            await tell_of_lost(
                person_id, partial(_lost, person_id=person_id, provider=provider), deps, notice
            )
    except NotFound:
        log.info("somebody with a calendar has left")


async def _lost(unit: Unit, person_id: str, provider: CalendarProvider) -> Integration | None:
    """The connection with the calendar's login, if that must be made again and the person was not told."""
    connected = [one for one in await unit.integrations.of(person_id) if one.secret_name == provider]
    one = next((one for one in connected if one.status.must_reconnect), None)
    return None if any(each.told_at for each in connected) else one
