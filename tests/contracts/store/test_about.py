"""A transaction about people who are looked up first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import NotFound
from core.store import NOBODY, Store, Unit, begin_about
from tests.contracts.store.records import person


async def owners(unit: Unit) -> list[str]:
    owner = await unit.people.owner()
    return [owner.person_id] if owner else []


async def test_it_writes_what_its_people_were_found_for(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.save(replace(person(), owner=True))
    async with begin_about(store, owners) as unit:
        await unit.notes.put("ada", "hue", "green")
    async with store.read() as unit:
        assert await unit.notes.get("ada", "hue") == "green"


async def test_without_anybody_it_is_about_nobody(store: Store) -> None:
    async with begin_about(store, owners) as unit:
        await unit.notes.put(None, "hue", "green")
    async with store.begin(NOBODY) as unit:
        assert await unit.notes.get(None, "hue") == "green"


async def fail_after_writing(store: Store) -> None:
    async with begin_about(store, owners) as unit:
        await unit.notes.put(None, "hue", "green")
        raise NotFound("something")


async def test_nothing_is_stored_after_an_error(store: Store) -> None:
    with pytest.raises(NotFound):
        await fail_after_writing(store)
    async with store.read() as unit:
        assert await unit.notes.get(None, "hue") is None


async def test_it_begins_anew_with_whoever_came_in_between(store: Store) -> None:
    """The first transaction about "ada" finds that it is about "bob" as well by now."""
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
    found = [["ada"], ["ada", "bob"], ["ada", "bob"]]
    asked = iter(found)

    async def whose(_unit: Unit) -> list[str]:
        return next(asked)

    async with begin_about(store, whose) as unit:
        await unit.notes.put("bob", "hue", "green")  # on PostgreSQL, only with his lock
    assert next(asked, None) is None
    async with store.read() as unit:
        assert await unit.notes.get("bob", "hue") == "green"
