"""Beliefs about a person, and evidence that is too weak for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

import pytest

from core.learning.beliefs import (
    MAX_BELIEFS,
    MIN_COMPARISONS,
    MIN_GROUP_TIPS,
    Beliefs,
    Evidence,
    beliefs,
    critical_z,
    current_features,
    difference_bound,
    evidence_of,
    infer_beliefs,
)
from core.policies.features import DIMENSION, FEATURES
from core.records import Purpose, Signal, TipKind
from core.store import Store
from tests.contracts.store.records import refusal
from tests.core.histories import EVENING, MORNING, NOON, Past, days, lived, two_sided
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, Scene, scene
from tests.decisions import altered, draw_of

DONE, SILENCE, NOT_NOW = Signal.DONE, Signal.SILENCE, Signal.NOT_NOW
TOPICS = (None, "planning", "breaks")


async def had(here: Scene, past: Iterable[Past], person_id: str = "ada") -> None:
    await lived(here.deps.store, here.clock.now(), past, person_id)


async def believed(here: Scene) -> Beliefs:
    return await beliefs(await here.stored(), here.deps)


def counts(found: Beliefs) -> dict[str, tuple[int, int, bool]]:
    return {one.code: (one.done, one.shown, one.works) for one in found.held}


async def test_what_a_person_follows_more_often_and_less_is_believed_with_its_evidence(either: Store) -> None:
    here = scene(either)
    await here.person()
    await had(here, two_sided())

    found = await believed(here)

    assert (found.done, found.shown) == (15, 27)
    assert counts(found) == {"task": (14, 18, True), "advice": (1, 9, False)}
    assert found.held[0].decisions[0] == "ada-past-01-09-task"


async def test_groups_tell_hours_days_dates_priorities_and_topics_apart(here: Scene) -> None:
    await here.person()
    liked = [Past(days=day, hour=NOON, kind=TipKind.ADVICE, topic="walks") for day in range(1, 11)]
    urgent = [Past(days=day, hour=EVENING, priority=1, overdue=True) for day in range(1, 11)]
    rest = [Past(days=day, hour=MORNING, source=SILENCE) for day in range(1, 21)]
    await had(here, [*liked, *urgent, *rest])

    found = counts(await believed(here))

    assert found.pop("task:morning") == (0, 20, False)
    assert found.keys() <= {"advice", "advice:midday", "task:evening", "overdue", "priority:1", "task"}
    assert found["advice"] == found.get("task:evening", (10, 10, True)) == (10, 10, True)


async def test_the_hour_is_the_persons_own(here: Scene) -> None:
    await here.person(zone="Asia/Tokyo")  # 9:00 in Berlin is the afternoon there
    await had(here, days(1, *[DONE] * 9))
    await had(here, days(1, *[SILENCE] * 9, hour=EVENING))
    await had(here, days(1, *[SILENCE] * 9, hour=NOON, kind=TipKind.ADVICE))
    codes = [tip for tip in counts(await believed(here)) if tip.startswith("task:")]
    assert codes == ["task:afternoon"]


async def test_of_groups_with_the_same_tips_one_is_told(here: Scene) -> None:
    await here.person()
    await had(here, two_sided())
    assert "task:morning" not in counts(await believed(here))


async def test_what_was_not_learned_is_no_evidence(here: Scene) -> None:
    await here.person()
    await here.allow(Purpose.LEARNING, granted=False)
    await had(here, two_sided())
    assert (await believed(here)).shown == 0


async def test_what_teaches_nothing_is_no_evidence(here: Scene) -> None:
    await here.person()
    await had(here, days(1, DONE, Signal.DID_IT, Signal.NEVER_TOPIC, NOT_NOW))
    found = await believed(here)
    assert (found.done, found.shown) == (1, 2)


async def test_what_is_long_past_is_forgotten(here: Scene) -> None:
    await here.person()
    await had(here, two_sided())
    here.clock.move(days=61)
    assert (await believed(here)).shown == 0


async def test_other_people_are_others(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.person("bob")
    await had(here, two_sided())
    assert (await beliefs(await here.stored("bob"), here.deps)).shown == 0


# --- By more than chance -----------------------------------------------------------------------------------


def test_the_least_difference_is_newcombes_tenth_method() -> None:
    # Newcombe (1998), table II, contrast (a): 56/70 - 48/80 lies between 0.0524 and 0.3339 at 95 %.
    assert difference_bound(56, 70, 48, 80, z=1.959964) == pytest.approx(0.0524, abs=5e-5)
    assert difference_bound(48, 80, 56, 70, z=1.959964) == pytest.approx(-0.0524, abs=5e-5)


@pytest.mark.parametrize(
    ("done", "shown", "other_done", "others", "says"),
    [
        (14, 18, 1, 9, 1),
        (1, 9, 14, 18, -1),
        (5, 5, 0, 5, 1),
        (3, 5, 2, 5, 0),
        (4, 4, 0, 50, 0),  # too few to say anything
        (50, 50, 0, 4, 0),
        (10, 20, 10, 20, 0),
        (0, 0, 0, 0, 0),
    ],
)
def test_a_difference_counts_when_chance_does_not_explain_it(
    done: int, shown: int, other_done: int, others: int, says: int
) -> None:
    least = difference_bound(done, shown, other_done, others, z=critical_z(MIN_COMPARISONS))
    assert (least > 0) - (least < 0) == says


def alike(chance: Random, tips: int, topics: Sequence[str | None] = TOPICS) -> list[Evidence]:
    """Tips of a person who follows all of them equally often."""
    names = [feature.name for feature in FEATURES]
    zeros = [0.0] * DIMENSION

    def tip(number: int) -> Evidence:
        row = list(zeros)
        row[names.index("overdue")] = float(chance.random() < 0.4)
        row[names.index("priority")] = chance.choice([0, 0, 1 / 3, 1])
        at = (NOW - chance.randrange(60) * DAY).astimezone(BERLIN).replace(hour=chance.choice([9, 13, 18]))
        return Evidence(
            decision_id=str(number),
            at=at,
            kind=chance.choice([TipKind.TASK, TipKind.TASK, TipKind.ADVICE]),
            topic=chance.choice(topics),
            features=tuple(row),
            value=0.0,
            followed=chance.random() < 0.4,
        )

    return [tip(number) for number in range(tips)]


def test_of_people_without_habits_hardly_anything_is_believed() -> None:
    chance = Random(7)
    people = [infer_beliefs(alike(chance, chance.choice([20, 60, 180])), ()) for _ in range(300)]
    assert sum(bool(found.held) for found in people) <= 0.05 * len(people)


def test_the_more_groups_there_are_the_more_is_asked_of_each() -> None:
    # Quantiles of the normal distribution at 1 - 0.00125 and 1 - 0.00025.
    assert [critical_z(groups) for groups in (1, 20, 100)] == pytest.approx(
        [3.0233, 3.0233, 3.4808], abs=1e-4
    )


def test_topics_make_no_beliefs_by_their_number() -> None:
    chance = Random(11)
    topics = [f"topic {number}" for number in range(50)]
    people = [infer_beliefs(alike(chance, 500, topics), ()) for _ in range(300)]
    assert sum(bool(found.held) for found in people) <= 0.05 * len(people)


def test_what_stands_out_of_a_few_groups_may_be_chance_among_many() -> None:
    liked = [replace(tip, topic="walks", followed=True) for tip in alike(Random(5), 5)]
    rest = [
        replace(tip, topic=f"topic {place // MIN_GROUP_TIPS}", followed=place % 3 == 0, at=liked[0].at)
        for place, tip in enumerate(alike(Random(5), 500))
    ]
    few = [replace(tip, topic=None) for tip in rest]
    assert infer_beliefs([*liked, *few], ()).named("topic:walks")
    assert not infer_beliefs([*liked, *rest], ()).named("topic:walks")


def test_at_most_six_are_told_the_strongest_first() -> None:
    chance = Random(3)
    tips = [replace(tip, followed=tip.kind is TipKind.TASK) for tip in alike(chance, 200)]
    found = infer_beliefs(tips, ()).held
    assert len(found) == MAX_BELIEFS
    strengths = [one.strength for one in found]
    assert strengths == sorted(strengths, reverse=True)
    assert min(one.shown for one in found) >= MIN_GROUP_TIPS
    assert all(one.correction is None for one in found)


async def test_a_tip_of_an_older_version_is_evidence_by_todays_features(either: Store) -> None:
    here = scene(either)
    await here.person()
    await had(here, days(1, DONE))
    (decision,) = await here.decisions()
    features = draw_of(decision).chosen.features
    old = altered(decision, decision_id="old", slot=None, feature_version="0")
    async with here.deps.store.begin() as unit:
        reward = await unit.reactions.reward(decision.decision_id)
        assert reward is not None
        await unit.decisions.add(old, None)
        await unit.reactions.put_reward(replace(reward, decision_id="old"))
    async with here.deps.store.read() as unit:
        evidence = await evidence_of(unit, await here.stored(), here.clock.now())
    found = {one.decision_id: one.features for one in evidence}
    assert found["old"] == current_features(decision)
    assert len(found["old"]) == DIMENSION
    assert found[decision.decision_id] == features


def test_what_no_policy_drew_has_no_features() -> None:
    with pytest.raises(LookupError, match="was not drawn by a policy"):
        current_features(refusal("d1"))
