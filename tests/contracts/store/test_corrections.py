"""What beliefs rest on, and what people said of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import NotFound
from core.records import CorrectionState, Signal, TipKind
from core.store import Rewarded, Store, Unit
from tests.contracts.store.records import DAY, NOW, correction, decision, person, reward, scored, silence, tip


@pytest.fixture
async def store(store: Store) -> Store:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
    return store


async def rewarded(
    unit: Unit, decision_id: str, *, days: int = 0, learned: bool = True, **fields: str
) -> None:
    """A decision from that many days ago, with its reward."""
    await unit.decisions.add(decision(decision_id, decided_at=NOW - days * DAY, **fields), None)
    await unit.reactions.put_reward(reward(decision_id, learned=learned, **fields))


async def test_tips_whose_reward_was_learned_are_found_newest_first(store: Store) -> None:
    async with store.begin() as unit:
        await rewarded(unit, "old", days=61)
        await rewarded(unit, "older", days=2)
        await rewarded(unit, "newer", days=1)
        await rewarded(unit, "ignored", learned=False)
        await rewarded(unit, "theirs", person_id="bob")
        await unit.decisions.add(decision("unrewarded"), None)
        await unit.decisions.add(
            decision("silent", action="c0", candidates=(scored(silence()), scored(tip()))), None
        )
    async with store.read() as unit:
        found = await unit.reactions.rewarded("ada", NOW - 60 * DAY, 9)
        assert await unit.reactions.rewarded("ada", NOW - 60 * DAY, 1) == found[:1]
    assert [one.decision_id for one in found] == ["newer", "older"]
    assert found[0] == Rewarded(
        decision_id="newer",
        decided_at=NOW - DAY,
        kind=TipKind.TASK,
        topic="garden",
        feature_version="1",
        features=(1.0, 0.1, -3e-300),
        source=Signal.DONE,
        value=1.0,
    )


async def test_a_correction_is_stored_as_it_was_given(store: Store) -> None:
    async with store.begin() as unit:
        await unit.corrections.put(correction())
    async with store.read() as unit:
        assert await unit.corrections.get("k1") == correction()
        assert await unit.corrections.of("ada") == (correction(),)
        with pytest.raises(NotFound):
            await unit.corrections.get("k2")


async def test_a_withdrawn_correction_is_not_read(store: Store) -> None:
    withdrawn = replace(correction(), state=CorrectionState.WITHDRAWN)
    async with store.begin() as unit:
        await unit.corrections.put(correction())
        await unit.corrections.put(withdrawn)
    async with store.read() as unit:
        assert await unit.corrections.get("k1") == withdrawn
        assert await unit.corrections.of("ada") == ()
        assert await unit.corrections.teaching() == ()


async def test_standing_corrections_come_in_the_order_in_which_they_were_given(store: Store) -> None:
    later = correction("a", given_at=NOW + DAY, state=CorrectionState.RIGHT)
    async with store.begin() as unit:
        for one in (later, correction("c"), correction("b"), correction("z", person_id="bob")):
            await unit.corrections.put(one)
    async with store.read() as unit:
        assert [one.correction_id for one in await unit.corrections.of("ada")] == ["b", "c", "a"]


async def test_only_wrong_beliefs_teach(store: Store) -> None:
    async with store.begin() as unit:
        for state in CorrectionState:
            await unit.corrections.put(correction(state.value, state=state))
        await unit.corrections.put(correction("unheard", count=0))
        await unit.corrections.put(correction("theirs", person_id="bob", given_at=NOW))
    async with store.read() as unit:
        assert [one.correction_id for one in await unit.corrections.teaching()] == ["theirs", "wrong"]
