"""Refreshes the copies of people's calendars, and sends one notice when one can't be read any more."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from core.calendars.copies import refresh_calendars
from core.calendars.pending_login import drop_unanswered
from core.chat import Message
from core.concurrency import gather_bounded
from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import CalendarProvider, Integration, Person, PersonAccount
from core.store import Unit
from jobs.notices import may_disturb, say

log = logging.getLogger(__name__)

MAX_CONCURRENCY = 4
MAX_SECONDS = 30.0
"""How long reading one calendar may take here, where nobody waits."""

Notice = Callable[[Integration, Person], Message]
"""The message that a calendar must be connected again, in the language that the person prefers."""


async def sync_calendars(deps: Dependencies, notice: Notice) -> int:
    """Refresh every calendar whose copy is old, and forget logins whose password nobody typed.

    Returns how many calendars are connected.
    """
    await drop_unanswered(deps)
    async with deps.store.read() as unit:
        connected = [one for provider in CalendarProvider for one in await unit.integrations.all(provider)]
    people = sorted({one.person_id for one in connected})
    await gather_bounded(people, lambda one: _sync_one(one, deps, notice), limit=MAX_CONCURRENCY)
    return len(connected)


async def _sync_one(person_id: str, deps: Dependencies, notice: Notice) -> None:
    try:
        await refresh_calendars(person_id, deps, within=timedelta(seconds=MAX_SECONDS))
        for provider in CalendarProvider:
            lost, known = await _whom_to_notify(person_id, provider, deps)
            if lost and known:
                await say(known.account, notice(lost, known.person.on(known.account)), deps)
    except NotFound:
        log.info("somebody with a calendar has left")


async def _whom_to_notify(
    person_id: str, provider: CalendarProvider, deps: Dependencies
) -> tuple[Integration | None, PersonAccount | None]:
    """The connection with the calendar's login that must be made again, and whom to tell; stores that they
    were told. None if nobody is to be told, for which nothing is written.
    """
    async with deps.store.read() as unit:
        if await _lost(unit, person_id, provider, deps) is None:
            return None, None
    async with deps.store.begin(person_id) as unit:
        lost = await _lost(unit, person_id, provider, deps)
        if lost is None:
            return None, None
        await unit.integrations.put(replace(lost, told_at=deps.clock.now()))
        person = await unit.people.get(person_id)
        account = best_account(person, await unit.people.accounts(person_id), deps)
    return lost, PersonAccount(person=person, account=account) if account else None


async def _lost(
    unit: Unit, person_id: str, provider: CalendarProvider, deps: Dependencies
) -> Integration | None:
    """The connection with the calendar's login that must be made again.

    None if there is none, they were told before, or may not be disturbed now.
    """
    connected = [one for one in await unit.integrations.of(person_id) if one.secret_name == provider]
    one = next((one for one in connected if one.status.must_reconnect), None)
    if one is None or any(each.told_at for each in connected):
        return None
    return None if (await may_disturb(unit, person_id, deps)).reason is not None else one
