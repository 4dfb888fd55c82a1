"""The decision log: what was decided comes back, and a slot is served once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.errors import NotFound
from core.records import DeliveryState, ReactionKind, Reason, Refusal, ScoredCandidate, Shadow
from core.store import Store
from tests.contracts.store.records import (
    HOUR,
    NOW,
    context,
    decision,
    delivery,
    person,
    reaction,
    redelivery,
    refusal,
    reward,
    scored,
    snapshot,
    task,
    tip,
)
from tests.decisions import draw_of


async def test_a_decision_comes_back_bit_for_bit(store: Store) -> None:
    """G2: with its context, propensity, candidates and shadows in their order."""
    async with store.begin() as unit:
        assert await unit.decisions.add(decision(), snapshot())
    async with store.read() as unit:
        assert await unit.decisions.get("d1") == decision()
        assert repr(await unit.decisions.snapshot("m1")) == repr(snapshot())


async def test_a_stored_tip_has_only_the_candidate_that_was_drawn(store: Store) -> None:
    whole = decision()
    async with store.begin() as unit:
        await unit.decisions.add(whole, snapshot())
    async with store.read() as unit:
        drawn = await unit.decisions.stored_tip("d1")
        with pytest.raises(NotFound):
            await unit.decisions.stored_tip("unknown")
    assert drawn.decision.chosen == whole.chosen
    assert drawn.decision.candidates == (whole.chosen,)
    assert (drawn.decision.context, draw_of(drawn.decision).shadows) == (whole.context, ())
    assert (drawn.task, drawn.reaction, drawn.reward, drawn.unconfirmed) == (None, None, None, ())


async def test_a_stored_tip_comes_with_its_task_reaction_reward_and_deliveries(store: Store) -> None:
    rent = task()
    whole = decision(candidates=(scored(tip("c1", task_id=rent.task_id)),))
    snoozed = reaction("r1", kind=ReactionKind.SNOOZE, reacted_at=NOW)
    done = reaction("r2", kind=ReactionKind.DONE, reacted_at=NOW)
    undone = reaction("r3", kind=ReactionKind.SNOOZE, reacted_at=NOW + HOUR, undone_at=NOW + HOUR)
    async with store.begin() as unit:
        await unit.tasks.put(rent)
        await unit.decisions.add(whole, snapshot())
        for one in (snoozed, done, undone):
            await unit.reactions.add(one)
        await unit.reactions.put_reward(reward(value=0.5))
        for name, state in (
            ("v1", DeliveryState.SENT),
            ("v2", DeliveryState.UNKNOWN),
            ("v3", DeliveryState.SENDING),
        ):
            await unit.deliveries.add(delivery(delivery_id=name, state=state))
        drawn = await unit.decisions.stored_tip("d1")
    assert (drawn.task, drawn.reaction, drawn.reward) == (rent, done, reward(value=0.5))
    assert sorted(one.delivery_id for one in drawn.unconfirmed) == ["v2", "v3"]


async def test_a_stored_tip_is_the_newest_until_a_later_one_is_chosen(store: Store) -> None:
    later = NOW + HOUR
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.decisions.add(decision("d1"), snapshot())
        await unit.decisions.add(decision("d2", person_id="bob", decided_at=later), None)
        await unit.decisions.add(replace(refusal("d3"), decided_at=later), None)
        await unit.decisions.add(decision("d4", decided_at=later, action="c0"), None)
        assert (await unit.decisions.stored_tip("d1")).newest
        await unit.decisions.add(decision("d5", decided_at=later + HOUR), None)
        assert not (await unit.decisions.stored_tip("d1")).newest
        assert (await unit.decisions.stored_tip("d5")).newest


async def test_a_refusal_read_as_a_stored_tip_is_unchanged(store: Store) -> None:
    async with store.begin() as unit:
        await unit.decisions.add(refusal("d1"), None)
        drawn = await unit.decisions.stored_tip("d1")
    assert drawn.decision == refusal("d1")


@pytest.mark.parametrize("even_if_quiet", [True, False])
async def test_a_redelivery_comes_back_with_what_the_person_chose(store: Store, even_if_quiet: bool) -> None:
    whole = redelivery("d1", even_if_quiet=even_if_quiet)
    async with store.begin() as unit:
        assert await unit.decisions.add(whole, snapshot())
    async with store.read() as unit:
        assert await unit.decisions.get("d1") == whole
        assert await unit.decisions.latest("ada", 1) == await unit.decisions.draws("", 9) == (whole,)
        assert (await unit.decisions.stored_tip("d1")).decision == whole


async def test_a_refusal_for_want_of_something_to_say_keeps_what_was_ruled_out(store: Store) -> None:
    ruled_out = (ScoredCandidate(candidate=tip("c1", dropped="muted")),)
    result = Refusal(reason=Reason.NOTHING_TO_SAY, context=context(), candidates=ruled_out)
    whole = refusal("d1", slot="s", result=result, latency_ms={"assemble": 1.0})
    async with store.begin() as unit:
        assert await unit.decisions.add(whole, None)
        assert await unit.decisions.get("d1") == whole
        assert await unit.decisions.draws("", 9) == ()


async def test_a_refusal_comes_back_as_stored(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.decisions.add(refusal("d1"), None)
        assert await unit.decisions.get("d1") == refusal("d1")


async def test_candidates_keep_their_order(store: Store) -> None:
    names = [f"c{number}" for number in (11, 2, 7, 1, 30)]
    many = decision(candidates=tuple(scored(tip(name)) for name in names))
    async with store.begin() as unit:
        await unit.decisions.add(many, None)
        assert (await unit.decisions.get("d1")).candidates == many.candidates


async def test_unknown_decisions_and_snapshots_are_not_found(store: Store) -> None:
    async with store.read() as unit:
        with pytest.raises(NotFound):
            await unit.decisions.get("d1")
        with pytest.raises(NotFound):
            await unit.decisions.snapshot("m1")


async def test_a_snapshot_is_stored_once_for_many_decisions(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.decisions.add(decision("d1"), snapshot())
        assert await unit.decisions.add(decision("d2"), snapshot())
        assert await unit.decisions.snapshot("m1") == snapshot()


async def test_a_slot_is_served_once_and_the_transaction_goes_on(store: Store) -> None:
    """G1: at most one decision that is not a refusal per person and slot."""
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        assert await unit.decisions.add(decision("d1", slot="2026-05-06T09:30"), None)
        assert not await unit.decisions.add(decision("d2", slot="2026-05-06T09:30"), snapshot("m2"))
        assert await unit.decisions.add(decision("d3", slot="2026-05-06T13:00"), None)
        assert await unit.decisions.add(decision("d4", slot="2026-05-06T09:30", person_id="bob"), None)
    async with store.read() as unit:
        with pytest.raises(NotFound):
            await unit.decisions.get("d2")
        with pytest.raises(NotFound):
            await unit.decisions.snapshot("m2")
        assert (await unit.decisions.get("d3")).slot == "2026-05-06T13:00"


async def test_refusals_do_not_use_up_a_slot_and_do_not_follow_a_served_one(store: Store) -> None:
    slot = "2026-05-06T09:30"
    async with store.begin() as unit:
        assert await unit.decisions.add(refusal("d1", slot=slot), None)
        assert await unit.decisions.add(refusal("d2", slot=slot), None)
        assert await unit.decisions.add(decision("d3", slot=slot), None)
        assert not await unit.decisions.add(refusal("d4", slot=slot), None)


async def test_a_decision_is_stored_once(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.decisions.add(decision("d1", slot=None), snapshot())
        assert not await unit.decisions.add(refusal("d1", slot=None), None)
        assert (await unit.decisions.get("d1")).silence is None


async def test_decisions_without_a_slot_are_never_in_the_way(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.decisions.add(decision("d1", slot=None), None)
        assert await unit.decisions.add(decision("d2", slot=None), None)
        assert await unit.decisions.add(refusal("d3", slot=None), None)


async def test_of_two_workers_one_serves_a_slot(store: Store) -> None:
    async def serve(decision_id: str) -> bool:
        async with store.begin() as unit:
            return await unit.decisions.add(decision(decision_id, slot="s"), None)

    assert sorted(await asyncio.gather(serve("d1"), serve("d2"))) == [False, True]


async def test_latest_decisions_come_newest_first_refusals_included(store: Store) -> None:
    other = decision(
        "d3",
        decided_at=NOW + 2 * HOUR,
        action="x",
        candidates=(scored(tip("x"), 1.0),),
        shadows=(Shadow(policy_id="p", model_version="v", probabilities=(1.0,)),),
    )
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.decisions.add(decision("d1", decided_at=NOW), None)
        await unit.decisions.add(refusal("d2", decided_at=NOW + HOUR), None)
        await unit.decisions.add(other, None)
        await unit.decisions.add(decision("d4", person_id="bob"), None)
        assert await unit.decisions.latest("ada", 2) == (other, refusal("d2", decided_at=NOW + HOUR))
        assert len(await unit.decisions.latest("ada", 9)) == 3
        assert await unit.decisions.latest("ada", 1, skip=1) == (refusal("d2", decided_at=NOW + HOUR),)
        assert await unit.decisions.latest("ada", 9, skip=3) == ()
        assert await unit.decisions.latest("eve", 9) == ()
