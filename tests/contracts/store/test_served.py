"""Decisions that await their reward, and the served log: those whose outcome is known."""

from __future__ import annotations

from dataclasses import replace

from core.records import DeliveryState, TipKind
from core.store import RewardedDraw, Store
from tests.contracts.store.records import (
    DAY,
    NOW,
    decision,
    delivery,
    refusal,
    reward,
    scored,
    serve,
    silence,
    tip,
)
from tests.decisions import draw_of


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
        await unit.deliveries.mark_rewarded(["ada"], NOW + DAY)
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


async def test_rewarded_draws_have_the_candidates_that_were_not_ruled_out(store: Store) -> None:
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
        tipped, silent = await unit.decisions.rewarded_draws("", 10)
    assert tipped == RewardedDraw(
        decision_id="d1",
        decided_at=whole.decided_at,
        policy_id=draw_of(whole).policy_id,
        feature_version=draw_of(whole).feature_version,
        propensity=0.5,
        reward=0.75,
        drawn=1,
        kind=TipKind.TASK,
        prompt_version="p3",
        llm_model="tiny",
        features=(candidates[0].features, candidates[2].features),
        probabilities=(candidates[0].probability, candidates[2].probability),
        shadows=draw_of(whole).shadows,
        prompt=draw_of(whole).prompt,
    )
    assert (silent.decision_id, silent.reward, silent.drawn) == ("d2", None, 0)
    assert (silent.kind, silent.prompt_version, silent.llm_model) == (TipKind.SILENCE, None, None)


async def test_the_served_log_is_read_in_pages(store: Store) -> None:
    async with store.begin() as unit:
        for number in range(5):
            await unit.decisions.add(decision(f"d{number}"), None)
            await unit.reactions.put_reward(reward(f"d{number}"))
        first = await unit.decisions.rewarded_draws("", 2)
        second = await unit.decisions.rewarded_draws(first[-1].decision_id, 2)
        last = await unit.decisions.rewarded_draws(second[-1].decision_id, 2)
        assert await unit.decisions.rewarded_draws(last[-1].decision_id, 2) == ()
    assert [one.decision_id for one in (*first, *second, *last)] == [f"d{number}" for number in range(5)]
