"""What is known of notifications, the same in both stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.records import NotificationState
from core.store import Store
from tests.contracts.store.records import NOW, person


def state(account_id: str, person_id: str = "ada") -> NotificationState:
    return NotificationState(
        account_id=account_id,
        person_id=person_id,
        silenced_from=NOW,
        silenced_until=NOW + timedelta(hours=1),
        zone="Europe/Berlin",
        read_at=NOW,
        expires_at=NOW + timedelta(hours=12),
    )


async def test_the_latest_reading_of_each_account_is_kept_until_it_is_forgotten(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for one in (state("b"), state("a"), state("c", "bob")):
            await unit.notifications.put(one)
        newer = replace(state("a"), silenced_from=None, silenced_until=None, zone=None)
        await unit.notifications.put(newer)
    async with store.read() as unit:
        assert await unit.notifications.of("ada") == (newer, state("b"))

    async with store.begin() as unit:
        await unit.notifications.forget("ada")
    async with store.read() as unit:
        assert await unit.notifications.of("ada") == ()
        assert await unit.notifications.of("bob") == (state("c", "bob"),)
