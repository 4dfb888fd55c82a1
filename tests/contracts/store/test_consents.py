"""The log of consents."""

from __future__ import annotations

from core.chat import Channel
from core.records import ConsentEntry, Purpose
from core.store import Store
from tests.contracts.store.records import HOUR, NOW, person


def entry(person_id: str = "ada", **fields: object) -> ConsentEntry:
    usual = {"purpose": Purpose.LEARNING, "granted": True, "version": "1", "channel": Channel.SLACK}
    return ConsentEntry(person_id=person_id, **{**usual, "at": NOW, **fields})  # type: ignore[arg-type]


async def test_entries_come_back_as_added_oldest_first(store: Store) -> None:
    first, second = entry(), entry(granted=False, at=NOW - HOUR, channel=None)
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.consents.add([first, entry("bob")])
        await unit.consents.add([second])
        await unit.consents.add([])
    async with store.read() as unit:
        assert await unit.consents.of("ada") == (first, second)
        assert await unit.consents.of("nobody") == ()


async def test_deleting_a_person_deletes_their_entries(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.consents.add([entry(), entry("bob")])
        await unit.people.forget("ada")
        assert await unit.consents.of("ada") == ()
        assert len(await unit.consents.of("bob")) == 1


async def test_an_export_holds_the_log(store: Store) -> None:
    async with store.begin() as unit:
        await unit.consents.add([entry()])
        (row,) = (await unit.people.everything("ada"))["consents"]
    assert (row["purpose"], row["granted"], row["channel"]) == ("learning", True, "slack")
