"""A person's notifications on their platform, with their consent: silenced ones hold pushes back, and a zone
that changes there is followed.

They are read before a push and never on the way of a tap. Without an answer the latest one holds until it
expires; see docs/decisions/0047-silenced-notifications-hold-pushes-back.md.

Tests: tests/core/people/test_notifications.py.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict
from datetime import timedelta

from core.chat import Channel
from core.dependencies import Dependencies
from core.errors import NotFound, SendFailed
from core.people.preferences import change_in, move_to
from core.records import Account, NotificationReading, NotificationState, Person, Purpose
from core.scheduling.timezones import known_zone_name
from core.store import Unit

log = logging.getLogger(__name__)

READ_AFTER = timedelta(minutes=5)
"""A younger reading is not repeated."""

EXPIRES_AFTER = timedelta(hours=12)
"""How long a reading holds while there is no newer one."""

DEADLINE = timedelta(seconds=3)
"""For the platform's answer: the push waits for it."""

ASKED = "asked_notifications"
"""Key of the note that the person was asked for this purpose."""


async def refresh_notifications(person_id: str, deps: Dependencies) -> None:
    """Read the notifications of the account that is written to, if the person allows it and the latest
    reading is old. Failures of the platform are logged, never raised.
    """
    if not deps.messengers.notifications:
        return
    async with deps.store.read() as unit:
        account = await _account_to_ask(unit, person_id, deps)
    if account is None:
        return
    try:
        async with asyncio.timeout(DEADLINE.total_seconds()):
            reading = await deps.messengers.notifications[account.channel].notifications(account)
    except (SendFailed, TimeoutError) as fault:
        log.info("a person's notifications were not told: %s", type(fault).__name__)
        return
    if reading:
        await _store(account, reading, deps)


async def _account_to_ask(unit: Unit, person_id: str, deps: Dependencies) -> Account | None:
    person = await unit.people.get(person_id)
    if not person.allows(Purpose.NOTIFICATIONS):
        return None
    account = deps.messengers.best(person, await unit.people.accounts(person_id))
    if account is None or account.channel not in deps.messengers.notifications:
        return None
    known = await _known(unit, account)
    return None if known and deps.clock.now() < known.read_at + READ_AFTER else account


async def _known(unit: Unit, account: Account) -> NotificationState | None:
    states = await unit.notifications.of(account.person_id)
    return next((one for one in states if one.account_id == account.account_id), None)


async def notifications_changed(
    channel: Channel, external_id: str, reading: NotificationReading, deps: Dependencies
) -> None:
    """Store what a platform says on its own about somebody's notifications, if they allow it. People whom oO
    does not know are left alone.
    """
    async with deps.store.read() as unit:
        account = await unit.people.account(channel, external_id)
        allowed = account and (await unit.people.get(account.person_id)).allows(Purpose.NOTIFICATIONS)
    if account and allowed:
        await _store(account, reading, deps)


async def _store(account: Account, reading: NotificationReading, deps: Dependencies) -> None:
    """Store a reading, unless the person has left, or has withdrawn what they allowed, meanwhile."""
    now = deps.clock.now()
    try:
        async with deps.store.begin(account.person_id) as unit:
            person = await unit.people.get(account.person_id)
            if not person.allows(Purpose.NOTIFICATIONS):
                return
            before = await _known(unit, account)
            zone = known_zone_name(reading.zone) or (before.zone if before else None)
            state = NotificationState(
                **{**asdict(reading), "zone": zone},
                account_id=account.account_id,
                person_id=account.person_id,
                read_at=now,
                expires_at=now + EXPIRES_AFTER,
            )
            await unit.notifications.put(state)
            if before and _has_moved(person, before.zone, zone):
                await change_in(unit, person.person_id, deps, move_to(zone or ""), what="zone")
    except NotFound:
        log.info("somebody whose notifications were read has left")


def _has_moved(person: Person, before: str | None, zone: str | None) -> bool:
    """Whether the zone changed on the platform, of somebody whose zone was the same here. A zone that they
    chose for oO alone stays.
    """
    return zone is not None and zone != before and person.zone == before


async def may_ask_about_notifications(person: Person, channel: Channel, deps: Dependencies) -> bool:
    """Whether the person is to be asked for this purpose now. They are asked once: from then on the answer is
    no, whatever they answered.
    """
    if channel not in deps.messengers.notifications or person.allows(Purpose.NOTIFICATIONS):
        return False
    async with deps.store.begin(person.person_id) as unit:
        answered = any(
            entry.purpose is Purpose.NOTIFICATIONS for entry in await unit.consents.of(person.person_id)
        )
        if answered or await unit.notes.get(person.person_id, ASKED):
            return False
        await unit.notes.put(person.person_id, ASKED, deps.clock.now().isoformat())
        return True
