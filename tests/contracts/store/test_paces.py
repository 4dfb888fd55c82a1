"""Shared rate limits in every store."""

from __future__ import annotations

from dataclasses import replace

from core.records import PaceState
from core.store import PACES_LOCK, Store
from tests.contracts.store.records import DAY, HOUR, NOW


def state(name: str = "bot", **fields: object) -> PaceState:
    usual = {"free_at": NOW, "held_until": NOW - DAY}
    return PaceState(name=name, **{**usual, **fields})  # type: ignore[arg-type]


async def test_a_state_comes_back_as_put_last(store: Store) -> None:
    async with store.begin(PACES_LOCK) as unit:
        assert await unit.paces.get(["bot", "chat"]) == {}
        await unit.paces.put([])
        await unit.paces.put([state(), state("chat")])
        later = replace(state(), free_at=NOW + HOUR, held_until=NOW + DAY)
        await unit.paces.put([later])
        assert await unit.paces.get(["bot", "chat", "other"]) == {"bot": later, "chat": state("chat")}
        assert await unit.paces.get(["chat"]) == {"chat": state("chat")}
        assert await unit.paces.get([]) == {}


async def test_those_are_listed_whose_platform_asked_to_wait(store: Store) -> None:
    async with store.begin(PACES_LOCK) as unit:
        now = await unit.paces.now(NOW)
        long = [state(name, held_until=now + HOUR) for name in ("b", "a")]
        await unit.paces.put([*long, state("over", held_until=now - HOUR, free_at=now + HOUR)])
    async with store.read() as unit:
        assert [one.name for one in await unit.paces.held(NOW)] == ["a", "b"]


async def test_what_is_over_is_pruned(store: Store) -> None:
    async with store.begin(PACES_LOCK) as unit:
        await unit.paces.put(
            [
                state("old", free_at=NOW - HOUR),
                state("used", free_at=NOW),
                state("held", free_at=NOW - HOUR, held_until=NOW),
            ]
        )
        assert await unit.paces.prune(NOW) == 1
        assert set(await unit.paces.get(["old", "used", "held"])) == {"used", "held"}
