"""Links by which people connect accounts, and ids of webhook deliveries."""

from __future__ import annotations

from dataclasses import replace

from core.records import PendingConnection
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person

LINK = PendingConnection(
    state_hash="h1", person_id="ada", provider="todoist", account_id="telegram-ada", created_at=NOW
)
KNOWN = replace(LINK, state_hash="h2", answered_at=NOW, outside_id="42", outside_name="Ada L")


async def test_a_link_comes_back_as_stored_and_is_replaced(store: Store) -> None:
    async with store.begin() as unit:
        await unit.connecting.put(LINK)
        assert await unit.connecting.get("h1") == LINK
        await unit.connecting.put(replace(LINK, asked_at=NOW))
        assert await unit.connecting.get("h1") == replace(LINK, asked_at=NOW)
        assert await unit.connecting.get("h9") is None
        await unit.connecting.remove(["h1", "h9"])
        await unit.connecting.remove([])
        assert await unit.connecting.get("h1") is None


async def test_a_link_is_used_once_and_in_time(store: Store) -> None:
    async with store.begin() as unit:
        await unit.connecting.put(LINK)
        assert await unit.connecting.use("h1", made_after=NOW, now=NOW) is None
        used = await unit.connecting.use("h1", made_after=NOW - HOUR, now=NOW + HOUR)
        assert used == replace(LINK, answered_at=NOW + HOUR)
        assert await unit.connecting.use("h1", made_after=NOW - HOUR, now=NOW + HOUR) is None
        assert await unit.connecting.use("h9", made_after=NOW - HOUR, now=NOW) is None
        assert await unit.connecting.get("h1") == used


async def test_who_is_to_be_asked_is_known_and_was_not_asked(store: Store) -> None:
    async with store.begin() as unit:
        older = replace(KNOWN, state_hash="h3", created_at=NOW - HOUR)
        for one in (
            LINK,
            KNOWN,
            older,
            replace(KNOWN, state_hash="h4", provider="other"),
            replace(KNOWN, state_hash="h5", asked_at=NOW),
        ):
            await unit.connecting.put(one)
        assert await unit.connecting.unasked("todoist") == (older, KNOWN)


async def test_links_are_found_by_person_and_by_age_and_go_with_the_person(store: Store) -> None:
    bobs = replace(LINK, state_hash="h6", person_id="bob", created_at=NOW - DAY)
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for one in (LINK, KNOWN, bobs):
            await unit.connecting.put(one)
        assert await unit.connecting.of("ada", "todoist") == (LINK, KNOWN)
        assert await unit.connecting.of("bob", "other") == ()
        assert await unit.connecting.old(NOW) == (bobs,)
        await unit.people.forget("bob")
        assert await unit.connecting.old(NOW) == ()
        assert await unit.connecting.get("h1") == LINK


async def test_a_delivery_is_new_once_for_each_provider(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.connecting.delivered("todoist", "d1", NOW)
        assert not await unit.connecting.delivered("todoist", "d1", NOW + HOUR)
        assert await unit.connecting.delivered("other", "d1", NOW)
        assert await unit.connecting.delivered("todoist", "d2", NOW + DAY)
    async with store.begin() as unit:
        assert not await unit.connecting.delivered("todoist", "d1", NOW)
        assert await unit.connecting.prune(NOW + HOUR) == 2
        assert await unit.connecting.delivered("todoist", "d1", NOW)
        assert not await unit.connecting.delivered("todoist", "d2", NOW)
