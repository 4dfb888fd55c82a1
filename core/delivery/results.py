"""The result of an attempt to send, as it is stored: with its event, and with the incident if it is unknown.

Tests: tests/core/delivery/test_send.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.delivery.outcome import moved
from core.dependencies import Dependencies
from core.events import record_event
from core.incidents import notice
from core.records import Delivery, DeliveryState, IncidentKind
from core.store import Unit


async def store_state(unit: Unit, before: Delivery, after: Delivery, deps: Dependencies) -> bool:
    """Compare and set, with the event; False, and nothing stored, if the delivery is not as ``before``."""
    if not await unit.deliveries.move(before, after):
        return False
    await record_event(
        unit,
        deps,
        f"delivery.{after.state.value}",
        after.person_id,
        delivery_id=after.delivery_id,
        decision_id=after.decision_id,
        reason=after.reason,
    )
    if after.state is DeliveryState.UNKNOWN:
        await _notice_unknown(unit, after)
    return True


async def _notice_unknown(unit: Unit, delivery: Delivery) -> None:
    """Tell the operator on which channel it is not known whether a message arrived."""
    accounts = await unit.people.accounts(delivery.person_id)
    channels = [one.channel.value for one in accounts if one.account_id == delivery.account_id]
    await notice(unit, IncidentKind.DELIVERY_UNKNOWN, delivery.changed_at, *channels)


async def mark_observed(
    unit: Unit, unconfirmed: Iterable[Delivery], message_id: str, deps: Dependencies
) -> None:
    """A tap on the message proves that it was shown: ``unknown → sent``."""
    for delivery in unconfirmed:
        seen = replace(moved(delivery, DeliveryState.SENT, deps, reason="observed"), message_id=message_id)
        await store_state(unit, delivery, seen, deps)


async def recover_orphans(deps: Dependencies, *, limit: int = 1000) -> int:
    """Attempts that a stop cut off become ``unknown``, never ``reserved``; returns how many.

    An attempt of a process that is still running ends long before the lease.
    """
    oldest = deps.clock.now() - deps.rules.delivery.lease

    async def find(unit: Unit) -> list[Delivery]:
        sending = await unit.deliveries.in_state(DeliveryState.SENDING, limit)
        return [one for one in sending if one.changed_at < oldest]

    async with deps.store.read() as reading:
        people = {one.person_id for one in await find(reading)}
    if not people:
        return 0
    async with deps.store.begin(*people) as unit:
        orphans = [one for one in await find(unit) if one.person_id in people]
        for orphan in orphans:
            unknown = moved(orphan, DeliveryState.UNKNOWN, deps, reason="cut_off")
            await store_state(unit, orphan, unknown, deps)
    return len(orphans)
