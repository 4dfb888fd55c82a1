"""Connections to services outside oO."""

from __future__ import annotations

from dataclasses import replace

from core.records import TokenStatus
from core.store import Store
from tests.contracts.store.records import HOUR, NOW, integration, person


async def test_a_connection_comes_back_as_put_last(store: Store) -> None:
    first = integration()
    full = replace(
        first,
        status=TokenStatus.EXPIRED,
        by_operator=True,
        account_id="2671355",
        account_name="Ada Lovelace",
        connected_at=NOW,
        expires_at=NOW + HOUR,
        cursor="sync-token",
        synced_at=NOW,
        not_before=NOW + HOUR,
        told_at=NOW,
        lease="lease",
        leased_until=NOW + HOUR,
    )
    async with store.begin() as unit:
        assert await unit.integrations.get("ada", "todoist") is None
        await unit.integrations.put(first)
        assert await unit.integrations.get("ada", "todoist") == first
        await unit.integrations.put(full)
        assert await unit.integrations.get("ada", "todoist") == full


async def test_connections_are_found_by_provider_person_and_account(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for person_id, provider in (("bob", "todoist"), ("ada", "todoist"), ("ada", "calendar")):
            account_id = f"account at {provider}"
            await unit.integrations.put(
                integration(person_id=person_id, provider=provider, account_id=account_id)
            )
    async with store.read() as unit:
        assert [one.person_id for one in await unit.integrations.all("todoist")] == ["ada", "bob"]
        assert [one.provider for one in await unit.integrations.of("ada")] == ["calendar", "todoist"]
        assert await unit.integrations.providers() == ("calendar", "todoist")
        shared = await unit.integrations.of_account("todoist", "account at todoist")
        assert [one.person_id for one in shared] == ["ada", "bob"]
        assert await unit.integrations.of_account("calendar", "account at todoist") == ()


async def test_connections_are_counted_by_provider_and_status(store: Store) -> None:
    async with store.begin() as unit:
        for person_id in ("bob", "cyd"):
            await unit.people.add(person(person_id))
        for person_id, provider, status in (
            ("ada", "todoist", TokenStatus.CONNECTED),
            ("bob", "todoist", TokenStatus.CONNECTED),
            ("cyd", "todoist", TokenStatus.ERROR),
            ("ada", "ics", TokenStatus.ERROR),
        ):
            await unit.integrations.put(integration(person_id=person_id, provider=provider, status=status))
        assert dict(await unit.integrations.counts()) == {
            ("todoist", TokenStatus.CONNECTED): 2,
            ("todoist", TokenStatus.ERROR): 1,
            ("ics", TokenStatus.ERROR): 1,
        }


async def test_connections_whose_token_ends_soon_are_found_in_that_order(store: Store) -> None:
    async with store.begin() as unit:
        for name, ends in (("bob", NOW + HOUR), ("eve", NOW), ("max", None), ("zoe", NOW + 2 * HOUR)):
            await unit.people.add(person(name))
            await unit.integrations.put(integration(person_id=name, expires_at=ends))
    async with store.read() as unit:
        found = await unit.integrations.expiring(NOW + 2 * HOUR)
    assert [one.person_id for one in found] == ["eve", "bob"]


async def test_a_removed_connection_is_gone_and_others_stay(store: Store) -> None:
    async with store.begin() as unit:
        await unit.integrations.put(integration())
        await unit.integrations.put(integration(provider="calendar"))
        await unit.integrations.remove("ada", "todoist")
        await unit.integrations.remove("ada", "todoist")
        assert [one.provider for one in await unit.integrations.of("ada")] == ["calendar"]
