"""The decision log."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from core.errors import NotFound
from core.model import (
    DeliveryState,
    DismissReason,
    PastTip,
    ReactionKind,
    Reason,
    Shadow,
    TipKind,
    TipSource,
    Trigger,
)
from core.store import Served, Store, Unit
from tests.contracts.store.records import (
    DAY,
    HOUR,
    NOW,
    decision,
    delivery,
    person,
    reaction,
    refusal,
    reward,
    scored,
    silence,
    snapshot,
    task,
    tip,
)


async def test_a_decision_comes_back_bit_for_bit(store: Store) -> None:
    """G2: with its context, propensity, candidates and shadows in their order."""
    async with store.begin() as unit:
        assert await unit.decisions.add(decision(), snapshot())
    async with store.read() as unit:
        assert await unit.decisions.get("d1") == decision()
        assert repr(await unit.decisions.snapshot("m1")) == repr(snapshot())


async def test_what_was_drawn_comes_back_without_what_was_not(store: Store) -> None:
    whole = decision()
    async with store.begin() as unit:
        await unit.decisions.add(whole, snapshot())
    async with store.read() as unit:
        drawn = await unit.decisions.drawn("d1")
        with pytest.raises(NotFound):
            await unit.decisions.drawn("unknown")
    assert drawn.decision.chosen == whole.chosen
    assert drawn.decision.candidates == (whole.chosen,)
    assert (drawn.decision.context, drawn.decision.shadows) == (whole.context, ())
    assert (drawn.task, drawn.reaction, drawn.reward, drawn.unproved) == (None, None, None, ())


async def test_a_drawn_tip_comes_with_all_that_became_of_it(store: Store) -> None:
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
        drawn = await unit.decisions.drawn("d1")
    assert (drawn.task, drawn.reaction, drawn.reward) == (rent, done, reward(value=0.5))
    assert sorted(one.delivery_id for one in drawn.unproved) == ["v2", "v3"]


async def test_what_a_refusal_drew_is_nothing(store: Store) -> None:
    async with store.begin() as unit:
        await unit.decisions.add(refusal("d1"), None)
        drawn = await unit.decisions.drawn("d1")
    assert drawn.decision == replace(refusal("d1"), candidates=())


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


async def test_a_snapshot_is_kept_once_for_many_decisions(store: Store) -> None:
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
    slot = {"slot": "2026-05-06T09:30"}
    async with store.begin() as unit:
        assert await unit.decisions.add(refusal("d1", **slot), None)
        assert await unit.decisions.add(refusal("d2", **slot), None)
        assert await unit.decisions.add(decision("d3", **slot), None)
        assert not await unit.decisions.add(refusal("d4", **slot), None)


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
    other = replace(
        decision("d3", decided_at=NOW + 2 * HOUR),
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
        assert await unit.decisions.latest("eve", 9) == ()


async def serve(
    unit: Unit, name: str, at: datetime, state: DeliveryState = DeliveryState.SENT, **fields: object
) -> None:
    await unit.decisions.add(decision(name, decided_at=at, **fields), None)
    await unit.deliveries.add(delivery(name, state=state, reserved_at=at))


async def test_past_tips_are_those_that_may_have_been_shown(store: Store) -> None:
    async with store.begin() as unit:
        for number, state in enumerate(DeliveryState):
            await serve(unit, state.value, NOW + number * HOUR, state)
        await unit.decisions.add(decision("undelivered"), None)
        await unit.decisions.add(decision("silent", action="c0"), None)
        await unit.decisions.add(refusal("refused"), None)
        past = await unit.decisions.past_tips("ada", NOW - DAY, 10)
    assert [one.decision_id for one in past] == ["unknown", "sent", "sending"]


async def test_past_tips_are_the_newest_since_then(store: Store) -> None:
    async with store.begin() as unit:
        for number in range(5):
            await serve(unit, f"d{number}", NOW + number * HOUR)
        past = await unit.decisions.past_tips("ada", NOW + 2 * HOUR, 10)
        assert [one.decision_id for one in past] == ["d4", "d3", "d2"]
        assert [one.decision_id for one in await unit.decisions.past_tips("ada", NOW, 1)] == ["d4"]
        assert await unit.decisions.past_tips("bob", NOW, 10) == ()


async def test_a_past_tip_says_what_became_of_it(store: Store) -> None:
    snoozed = {"kind": ReactionKind.SNOOZE}
    async with store.begin() as unit:
        for number, name in enumerate(("none", "undone", "snoozed", "dismissed")):
            await serve(unit, name, NOW + number * HOUR)
        await unit.reactions.add(reaction("r1", decision_id="undone", undone_at=NOW))
        await unit.reactions.add(reaction("r2", decision_id="snoozed", **snoozed))
        await unit.reactions.add(reaction("r3", decision_id="snoozed", reacted_at=NOW + 5 * HOUR, **snoozed))
        await unit.reactions.add(
            reaction("r4", decision_id="dismissed", kind=ReactionKind.DISMISS, reason=DismissReason.NOT_THIS)
        )
        await unit.reactions.add(
            reaction("r5", decision_id="dismissed", reacted_at=NOW + 5 * HOUR, **snoozed)
        )
        dismissed, later, undone, none = await unit.decisions.past_tips("ada", NOW, 10)
    assert none.reaction is undone.reaction is None
    assert later.reacted_at == NOW + 5 * HOUR
    assert dismissed == PastTip(
        decision_id="dismissed",
        decided_at=NOW + 3 * HOUR,
        kind=TipKind.TASK,
        source=TipSource.TASKS,
        task_id="t1",
        topic="garden",
        content="Water the ferns now?",
        reaction=ReactionKind.DISMISS,
        reason=DismissReason.NOT_THIS,
        reacted_at=NOW + HOUR,
    )


async def test_served_slots_are_those_without_a_refusal(store: Store) -> None:
    async with store.begin() as unit:
        await unit.decisions.add(decision("d1", slot="old", decided_at=NOW - DAY), None)
        await unit.decisions.add(decision("d2", slot="tip", merged=("later", "latest")), None)
        await unit.decisions.add(decision("d3", slot="silence", action="c0"), None)
        await unit.decisions.add(refusal("d4", slot="refused", merged=("too",)), None)
        await unit.decisions.add(decision("d5", slot=None), None)
        assert await unit.decisions.served_slots("ada", NOW) == {"tip", "later", "latest", "silence"}
        assert await unit.decisions.served_slots("bob", NOW) == frozenset()
        assert (await unit.decisions.get("d2")).merged == ("later", "latest")


async def test_slots_are_held_back_until_the_quiet_hours_end_that_refused_them(store: Store) -> None:
    quiet: dict[str, Any] = {"unavailable": Reason.QUIET}
    later, hours = NOW + DAY, NOW + HOUR
    async with store.begin() as unit:
        await unit.decisions.add(refusal("d2", slot="twice", decided_at=hours, **quiet), None)
        await unit.decisions.add(
            refusal("d1", slot="twice", merged=("and",), unavailable_until=later + HOUR, **quiet), None
        )
        await unit.decisions.add(refusal("d3", slot="old", decided_at=NOW - HOUR, **quiet), None)
        await unit.decisions.add(refusal("d4", slot="paused"), None)
        await unit.decisions.add(refusal("d5", slot=None, **quiet), None)
        await unit.decisions.add(refusal("d6", slot="endless", unavailable_until=None, **quiet), None)
        assert await unit.decisions.held_back("ada", NOW) == {"twice": later, "and": later + HOUR}
        assert await unit.decisions.held_back("bob", NOW) == {}


async def test_pushes_between_two_times(store: Store) -> None:
    async with store.begin() as unit:
        await serve(unit, "snoozed", NOW + HOUR, trigger=Trigger.SNOOZED)
        await serve(unit, "scheduled", NOW, state=DeliveryState.UNKNOWN)
        await serve(unit, "requested", NOW, trigger=Trigger.REQUESTED)
        await serve(unit, "reserved", NOW, state=DeliveryState.RESERVED)
        await serve(unit, "before", NOW - HOUR)
        await serve(unit, "after", NOW + 2 * HOUR)
        between = await unit.decisions.sent_between("ada", NOW, NOW + 2 * HOUR)
    assert between == (NOW, NOW + HOUR)


async def test_unrewarded_decisions_were_sent_and_got_no_answer_in_time(store: Store) -> None:
    async with store.begin() as unit:
        await serve(unit, "old", NOW - 2 * DAY)
        await serve(unit, "older", NOW - 3 * DAY)
        await serve(unit, "rewarded", NOW - 3 * DAY)
        await serve(unit, "fresh", NOW)
        await serve(unit, "unknown", NOW - 3 * DAY, DeliveryState.UNKNOWN)
        await unit.decisions.add(decision("silent", action="c0", candidates=(scored(silence()),)), None)
        await unit.reactions.put_reward(reward("rewarded"))
        found = await unit.decisions.unrewarded(NOW - DAY, 10)
        assert [one.decision_id for one in found] == ["older", "old"]
        assert found[1] == decision("old", decided_at=NOW - 2 * DAY)
        assert [one.decision_id for one in await unit.decisions.unrewarded(NOW - DAY, 1)] == ["older"]


async def test_a_decision_waits_for_its_reward_again_when_that_is_taken_back(store: Store) -> None:
    async with store.begin() as unit:
        await serve(unit, "d1", NOW)
        await unit.reactions.put_reward(reward())
        await unit.deliveries.settle(NOW + DAY)
        assert await unit.decisions.unrewarded(NOW + DAY, 10) == ()
        await unit.reactions.drop_reward("d1")
        assert [one.decision_id for one in await unit.decisions.unrewarded(NOW + DAY, 10)] == ["d1"]


async def test_a_tap_that_proves_the_delivery_rewards_before_it_is_marked_sent(store: Store) -> None:
    async with store.begin() as unit:
        await unit.decisions.add(decision(), None)
        unknown = delivery(state=DeliveryState.UNKNOWN)
        await unit.reactions.put_reward(reward())
        await unit.deliveries.add(unknown)
        assert await unit.deliveries.move(unknown, replace(unknown, state=DeliveryState.SENT))
        assert await unit.decisions.unrewarded(NOW + DAY, 10) == ()


async def test_the_served_log_holds_what_was_drawn_and_became_known(store: Store) -> None:
    """Among the candidates that were not dropped, in their order; what waits or was censored is not there."""
    dropped = scored(tip("c9", dropped="just_snoozed"), 0.0)
    candidates = (scored(silence()), dropped, scored(tip()))
    whole = decision(candidates=candidates)
    async with store.begin() as unit:
        await unit.decisions.add(whole, None)
        await unit.decisions.add(decision("d2", action="c0", candidates=candidates), None)
        await unit.decisions.add(decision("d3"), None)
        await unit.decisions.add(refusal("d4"), None)
        await unit.reactions.put_reward(reward(value=0.75))
        tipped, silent = await unit.decisions.served("", 10)
    assert tipped == Served(
        decision_id="d1",
        decided_at=whole.decided_at,
        policy_id=whole.policy_id,
        feature_version=whole.feature_version,
        propensity=0.5,
        reward=0.75,
        drawn=1,
        kind=TipKind.TASK,
        prompt_version="p3",
        llm_model="tiny",
        features=(candidates[0].features, candidates[2].features),
        probabilities=(candidates[0].probability, candidates[2].probability),
        shadows=whole.shadows,
    )
    assert (silent.decision_id, silent.reward, silent.drawn) == ("d2", None, 0)
    assert (silent.kind, silent.prompt_version, silent.llm_model) == (TipKind.SILENCE, None, None)


async def test_the_served_log_is_read_in_pages(store: Store) -> None:
    async with store.begin() as unit:
        for number in range(5):
            await unit.decisions.add(decision(f"d{number}"), None)
            await unit.reactions.put_reward(reward(f"d{number}"))
        first = await unit.decisions.served("", 2)
        second = await unit.decisions.served(first[-1].decision_id, 2)
        last = await unit.decisions.served(second[-1].decision_id, 2)
        assert await unit.decisions.served(last[-1].decision_id, 2) == ()
    assert [one.decision_id for one in (*first, *second, *last)] == [f"d{number}" for number in range(5)]
