"""Which of many open tasks are scored, and how likely each was to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deciding.decide import current_context, decide
from core.delivery.reactions import react
from core.policies.catalog import policy_of
from core.policies.replay import replay
from core.records import (
    Context,
    Decision,
    Due,
    PastTip,
    Request,
    TaskOutline,
    TipKind,
    TipSource,
    Trigger,
)
from core.tips.cooldowns import Cooldowns
from core.tips.shortlist import (
    MAX_DRAWN,
    MAX_LEADING,
    MAX_RULED_OUT,
    TaskShortlist,
    drawn_positions,
    inclusion_probability,
    leaders,
    not_next,
    pick_shortlist,
)
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, DISMISS, HOUR, NOT_THIS, Scene
from tests.decisions import draw_of

TODAY = NOW.date()
RULES = Cooldowns()


def outline(name: str, **fields: Any) -> TaskOutline:
    usual: dict[str, Any] = {"title": name, "priority": 4, "due": None, "created_at": NOW - 9 * DAY}
    return TaskOutline(task_id=name, **{**usual, **fields})


def ideas(count: int) -> list[TaskOutline]:
    return [outline(f"idea {number:04}", created_at=NOW - number * HOUR) for number in range(count)]


def overdue(count: int) -> list[TaskOutline]:
    return [outline(f"late {number:03}", due=Due(on=TODAY - (300 + number) * DAY)) for number in range(count)]


def shown(task: TaskOutline, hours: float = 1) -> PastTip:
    return PastTip(
        decision_id=f"about {task.task_id}",
        decided_at=NOW - hours * HOUR,
        kind=TipKind.TASK,
        source=TipSource.TASKS,
        task_id=task.task_id,
        topic=None,
        reaction=None,
    )


def picked(tasks: Sequence[TaskOutline], seed: int = 7, **known: Any) -> TaskShortlist:
    context = Context(now=NOW, zone=BERLIN.key, **{"trigger": Trigger.SCHEDULED, **known})
    return pick_shortlist(tasks, context, RULES, lambda: seed)


# --- Which tasks are scored --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 12, MAX_LEADING + MAX_DRAWN])
def test_a_list_that_is_short_enough_is_scored_whole_and_nothing_is_drawn(count: int) -> None:
    found = pick_shortlist(
        ideas(count), Context(now=NOW, zone=BERLIN.key, trigger=Trigger.SCHEDULED), RULES, seed=never_asked
    )
    assert sorted(found.leading) == [one.task_id for one in ideas(count)]
    assert (found.drawn, found.ruled_out, found.shortlist.eligible) == ((), (), count)


def never_asked() -> int:
    raise AssertionError("nothing was to be drawn")


@pytest.mark.parametrize("count", [MAX_LEADING + MAX_DRAWN + 1, 226, 2000])
def test_in_a_long_list_some_tasks_lead_and_some_others_are_drawn(count: int) -> None:
    found = picked(ideas(count))
    assert (len(found.leading), len(found.drawn)) == (MAX_LEADING, MAX_DRAWN)
    assert len({*found.leading, *found.drawn}) == MAX_LEADING + MAX_DRAWN


def test_every_task_of_a_long_list_is_scored_sooner_or_later() -> None:
    tasks = overdue(30) + ideas(196)
    seen = {name for seed in range(400) for one in [picked(tasks, seed)] for name in one.leading + one.drawn}
    assert seen == {one.task_id for one in tasks}


def test_a_year_of_overdue_tasks_does_not_hide_what_is_due_today() -> None:
    tasks = [*overdue(60), outline("send it", due=Due(on=TODAY), priority=1), *ideas(200)]
    assert "send it" in picked(tasks).leading


@pytest.mark.parametrize(
    "urgent",
    [
        outline("x", due=Due(on=TODAY, at=time(11))),
        outline("x", due=Due(on=TODAY, at=time(11), zone="Asia/Tokyo")),
        outline("x", due=Due(on=TODAY)),
        outline("x", priority=1),
        outline("x", due=Due(on=TODAY + DAY)),
        outline("x", due=Due(on=TODAY - DAY), priority=1),
        outline("x", priority=2),
        outline("x", due=Due(on=date.min)),
    ],
)
def test_the_most_pressing_task_of_each_kind_leads(urgent: TaskOutline) -> None:
    rivals = [outline(f"later {n}", due=Due(on=TODAY + (5 + n) * DAY)) for n in range(100)]
    lead = leaders([*ideas(300), *rivals, urgent], MAX_LEADING, NOW, BERLIN)
    assert urgent in lead


def test_pressing_tasks_have_two_turns_for_one_of_the_others() -> None:
    soon = [outline(f"today {n}", due=Due(on=TODAY)) for n in range(40)]
    lead = leaders([*ideas(300), *overdue(40), *soon], MAX_LEADING, NOW, BERLIN)
    assert Counter(one.task_id.split()[0] for one in lead) == {"late": 8, "today": 8, "idea": 4}


def test_of_a_few_tasks_all_lead_the_most_pressing_first() -> None:
    today = outline("today", due=Due(on=TODAY))
    found = leaders([*ideas(2), today], MAX_LEADING, NOW, BERLIN)
    assert (found[0], len(found)) == (today, 3)


# --- What may not be suggested makes room ------------------------------------------------------------------


def test_excluded_tasks_take_no_place_and_are_counted() -> None:
    tasks = [*ideas(40), outline("call Ann"), outline("renew passport")]
    resting = tuple(shown(one) for one in tasks[:40])
    found = picked(tasks, past=resting)
    assert sorted(found.leading) == ["call Ann", "renew passport"]
    assert (found.shortlist.eligible, found.shortlist.ruled_out) == (2, {"resting": 40})
    assert len(found.ruled_out) == MAX_RULED_OUT


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"muted": ("idea",)}, "muted"),
        ({"held_out": tuple(one.task_id for one in ideas(30))}, "held_out"),
        ({"past": tuple(shown(one) for one in ideas(30))}, "resting"),
        (
            {
                "past": tuple(shown(one, 300) for one in ideas(30)),
                "snoozed": tuple(f"about {one.task_id}" for one in ideas(30)),
            },
            "snoozed",
        ),
    ],
)
def test_no_reason_for_exclusion_takes_a_place_from_other_tasks(known: dict[str, Any], reason: str) -> None:
    others = [outline(f"errand {number}") for number in range(MAX_LEADING + MAX_DRAWN)]
    found = picked([*ideas(30), *others], **known)
    assert sorted(found.leading) == sorted(one.task_id for one in others)
    assert found.shortlist.ruled_out == {reason: 30}


def test_a_request_may_get_any_task_if_all_were_suggested_recently() -> None:
    tasks = ideas(100)
    resting = tuple(shown(one, 0.1) for one in tasks)
    found = picked(tasks, past=resting, trigger=Trigger.REQUESTED)
    assert (found.shortlist.eligible, found.shortlist.ruled_out) == (100, {})
    assert picked(tasks, past=resting).shortlist.eligible == 0


# --- How likely each was to be scored ----------------------------------------------------------------------


def test_leading_tasks_are_certain_and_the_others_equally_likely() -> None:
    shortlist = picked(ideas(226)).shortlist
    chances = [inclusion_probability(shortlist, place) for place in range(MAX_LEADING + MAX_DRAWN + 5)]
    assert chances == [1.0] * MAX_LEADING + [MAX_DRAWN / (226 - MAX_LEADING)] * MAX_DRAWN + [1.0] * 5


def test_each_place_is_drawn_as_often_as_its_probability_says() -> None:
    drawn = Counter(place for seed in range(20_000) for place in drawn_positions(30, MAX_DRAWN, seed))
    expected = 20_000 * MAX_DRAWN / 30
    assert all(abs(drawn[place] - expected) < 5 * (expected * 0.6) ** 0.5 for place in range(30))


@given(others=st.integers(0, 300), seed=st.integers(0, 2**63 - 1))
def test_a_sample_can_be_repeated(others: int, seed: int) -> None:
    drawn = drawn_positions(others, MAX_DRAWN, seed)
    assert drawn == drawn_positions(others, MAX_DRAWN, seed)
    assert len(set(drawn)) == min(MAX_DRAWN, others)
    assert list(drawn) == sorted(drawn)
    assert set(drawn) <= set(range(others))


@given(seed=st.integers(0, 2**63 - 1), count=st.integers(33, 400))
def test_the_weights_of_an_even_choice_among_all_tasks_sum_to_one_on_every_shortlist(
    seed: int, count: int
) -> None:
    """Given the shortlist, the expected importance weight is the sum of q / inclusion over it, whatever the
    policy: with q = 1 / count for each open task it is exactly 1.
    """
    shortlist = picked(ideas(count), seed).shortlist
    chances = [inclusion_probability(shortlist, place) for place in range(MAX_LEADING + MAX_DRAWN)]
    assert sum(1 / count / chance for chance in chances) == pytest.approx(1)


# --- In a decision -----------------------------------------------------------------------------------------


async def decided(here: Scene, trigger: Trigger = Trigger.REQUESTED) -> Decision:
    person = await here.stored()
    return (await decide(person, here.deps, trigger=trigger, zone=BERLIN)).decision


async def many(here: Scene, count: int) -> None:
    await here.person()
    for number in range(count):
        await here.task(f"Idea {number:03}")


async def test_ideas_that_were_dismissed_leave_room_for_the_tasks_behind_them(here: Scene) -> None:
    await many(here, 12)
    for _ in range(12):
        decision = await decided(here)
        async with here.deps.store.begin() as unit:
            await unit.decisions.add(decision, None)
        await react(decision.decision_id, await here.stored(), here.deps, kind=DISMISS, reason=NOT_THIS)
    await here.task("Call Ann")
    await here.task("Renew passport")
    titles = {(await decided(here)).tip for _ in range(20)}
    assert {tip.content for tip in titles if tip} <= {"Call Ann", "Renew passport"}
    assert None not in titles


async def test_the_propensity_is_true_of_all_open_tasks(here: Scene) -> None:
    """Each task comes as often as its logged propensities say: the mean of 1 / propensity, where it was
    chosen, over all decisions, is 1.
    """
    await many(here, 60)
    deps = replace(here.deps, policy=policy_of("uniform"))
    here = replace(here, deps=deps)
    decisions = [await decided(here) for _ in range(2000)]
    drawn = Counter[bool]()
    for one in decisions:
        assert one.chosen is not None
        assert draw_of(one).propensity == one.chosen.candidate.inclusion * one.chosen.probability
        drawn[one.chosen.candidate.inclusion < 1] += 1
    weights = [1 / 60 / draw_of(one).propensity for one in decisions]
    mean = sum(weights) / len(weights)
    spread = (sum((one - mean) ** 2 for one in weights) / len(weights)) ** 0.5
    assert abs(mean - 1) < 5 * spread / len(weights) ** 0.5
    assert drawn[True] == pytest.approx(2000 * MAX_DRAWN / (MAX_LEADING + MAX_DRAWN), abs=5 * 22)


async def test_a_decision_with_a_shortlist_comes_out_equal_bit_for_bit(here: Scene) -> None:
    await many(here, 80)
    made = await decide(await here.stored(), here.deps, trigger=Trigger.SCHEDULED, zone=BERLIN)
    assert made.snapshot is not None
    drawn = draw_of(made.decision)
    assert replay(drawn, made.snapshot).same
    context = drawn.context
    assert context.shortlist is not None
    for altered in (
        replace(context.shortlist, seed=context.shortlist.seed + 1),
        replace(context.shortlist, eligible=81),
    ):
        forged = replace(drawn, context=replace(context, shortlist=altered))
        assert any(
            "shortlist" in line or "inclusion" in line for line in replay(forged, made.snapshot).differences
        )


async def test_a_language_model_is_given_twelve_tasks_at_most(here: Scene) -> None:
    await many(here, 80)
    decision = await decided(here)
    assert decision.context is not None
    assert len([fact for fact in decision.context.facts if fact.task_id]) == 12
    person = await here.stored()
    talk = await current_context(person, here.deps, trigger=Trigger.REQUESTED, zone=BERLIN, request=Request())
    assert len(talk.tasks) == 12


async def test_nothing_to_suggest_is_true_of_the_whole_list(here: Scene) -> None:
    await many(here, 100)
    person = await here.stored()
    muting = replace(person, preferences=replace(person.preferences, muted=("idea",)))
    async with here.deps.store.begin() as unit:
        await unit.people.save(muting)
    nothing = await decided(here)
    assert nothing.silence == "nothing_to_say"
    assert nothing.context is not None
    assert nothing.context.shortlist is not None
    assert nothing.context.shortlist.ruled_out == {"muted": 100}
    await here.task("Renew passport")
    tip = (await decided(here)).tip
    assert tip is not None
    assert tip.content == "Renew passport"


def test_the_order_of_the_list_does_not_matter_for_who_leads() -> None:
    tasks = [*overdue(30), *ideas(60), outline("today", due=Due(on=TODAY))]
    shuffled = Random(3).sample(tasks, len(tasks))
    assert leaders(tasks, MAX_LEADING, NOW, BERLIN) == leaders(shuffled, MAX_LEADING, NOW, BERLIN)


def test_days_are_those_of_the_person_s_zone() -> None:
    """Due on today's date in Tokyo, where it is yesterday already in Berlin's afternoon."""
    task = outline("x", due=Due(on=TODAY, zone="Asia/Tokyo"))
    now = NOW + timedelta(hours=10)
    found = leaders([*ideas(100), task], MAX_LEADING, now, BERLIN)
    assert found[0] == task


# --- The time that there is --------------------------------------------------------------------------------


def asked(tasks: Sequence[TaskOutline], minutes: int | None, **known: Any) -> TaskShortlist:
    """The shortlist for somebody who asks with that much time."""
    return picked(tasks, trigger=Trigger.REQUESTED, request=Request(minutes=minutes), **known)


@pytest.mark.parametrize(
    ("estimate", "available", "is_left_out"),
    [
        (11, 10, True), (10, 10, False), (9, 10, False), (120, 10, True), (None, 10, False),
        (120, None, False), (1, 1, False), (2, 1, True), (None, None, False), (481, 480, True),
    ],
)  # fmt: skip
def test_a_task_is_left_out_only_if_its_estimate_exceeds_the_time_there_is(
    estimate: int | None, available: int | None, is_left_out: bool
) -> None:
    found = asked([outline("tax", minutes=estimate)], available)
    assert found.shortlist.ruled_out == ({"too_long": 1} if is_left_out else {})
    assert (found.leading, found.ruled_out) == (((), ("tax",)) if is_left_out else (("tax",), ()))


@pytest.mark.parametrize("available", [5, 30, None])
def test_of_a_long_list_only_what_fits_is_scored_and_its_probabilities_are_true(
    available: int | None,
) -> None:
    tasks = [replace(one, minutes=number % 60) for number, one in enumerate(ideas(500))]
    fits = {one.task_id for one in tasks if available is None or one.minutes <= available}  # type: ignore[operator]
    found = asked(tasks, available)
    assert {*found.leading, *found.drawn} <= fits
    assert found.shortlist.eligible == len(fits)
    assert found.shortlist.ruled_out == Counter({"too_long": 500 - len(fits)} if len(fits) < 500 else {})
    first_drawn = inclusion_probability(found.shortlist, len(found.leading))
    assert first_drawn == MAX_DRAWN / (len(fits) - MAX_LEADING)


def test_a_task_that_rests_and_is_too_long_does_not_come_back_for_want_of_others() -> None:
    tax = outline("tax", minutes=60)
    found = asked([tax], 10, past=(shown(tax, hours=0.1),))
    assert (found.leading, found.shortlist.ruled_out) == ((), {"too_long": 1})


async def test_a_choice_with_little_time_is_logged_with_its_reasons_and_replays(here: Scene) -> None:
    person = await here.person()
    await here.task("taxes", minutes=120)
    await here.task("mail", minutes=5)
    await here.task("call Sam")
    decided = await decide(
        person, here.deps, trigger=Trigger.REQUESTED, zone=BERLIN, request=Request(minutes=10)
    )
    by_title = {one.candidate.content: one for one in decided.decision.candidates}
    assert by_title["taxes"].candidate.dropped == "too_long"
    assert by_title["taxes"].probability == 0
    assert (by_title["mail"].candidate.dropped, by_title["call Sam"].candidate.dropped) == (None, None)
    assert sum(one.probability for one in by_title.values()) == pytest.approx(1)
    assert decided.snapshot is not None
    assert replay(draw_of(decided.decision), decided.snapshot).same


# --- Tasks in pieces ---------------------------------------------------------------------------------------


def in_pieces(name: str, count: int) -> list[TaskOutline]:
    """A task, and its pieces in order."""
    return [outline(name), *(outline(f"{name}.{n}", parent_id=name) for n in range(1, count + 1))]


def test_only_the_next_piece_can_be_chosen() -> None:
    found = picked([*in_pieces("tax", 3), outline("other")])
    assert set(found.leading) == {"tax.1", "other"}
    assert found.shortlist.ruled_out == {"not_next": 3}
    assert found.shortlist.eligible == 2


def test_a_piece_in_pieces_waits_with_its_own_and_a_circle_ends() -> None:
    tree = [
        *in_pieces("tax", 2),
        outline("tax.1.1", parent_id="tax.1"),
        outline("tax.2.1", parent_id="tax.2"),
    ]
    assert set(not_next(tree)) == {"tax", "tax.1", "tax.2", "tax.2.1"}
    circle = [outline("a", parent_id="b"), outline("b", parent_id="a")]
    assert set(not_next(circle)) == {"a", "b"}


def test_pieces_of_a_task_that_is_over_stand_alone() -> None:
    assert not_next(in_pieces("tax", 3)[1:]) == ()


def test_with_many_tasks_in_pieces_the_chances_are_those_of_the_rest() -> None:
    tasks = [one for number in range(20) for one in in_pieces(f"t{number:02}", 4)] + ideas(100)
    found = picked(tasks)
    shortlist = found.shortlist
    assert shortlist.eligible == 120
    assert shortlist.ruled_out == {"not_next": 80}
    waiting = set(not_next(tasks))
    assert not waiting & {*found.leading, *found.drawn}
    place = len(found.leading)
    assert inclusion_probability(shortlist, place) == len(found.drawn) / (120 - len(found.leading))


def test_whoever_asks_gets_no_later_piece_even_if_nothing_else_is_left() -> None:
    tasks = in_pieces("tax", 2)
    found = picked(tasks, past=(shown(tasks[1], hours=0.1),), trigger=Trigger.REQUESTED)
    assert found.leading == ("tax.1",)


# --- What waits for a piece --------------------------------------------------------------------------------


def waits(name: str, parents: dict[str, str | None]) -> bool:
    """Whether a task is a later piece of its task, or below one, by walking up from it."""
    seen: list[str] = []
    while name not in seen:
        seen.append(name)
        parent = parents[name]
        if parent not in parents or parent is None:
            return False
        if next(one for one in parents if parents[one] == parent) != name:
            return True
        name = parent
    return False


@given(st.lists(st.integers(-1, 12), max_size=13))
def test_later_pieces_and_all_below_them_wait_whatever_hangs_below_what(above: list[int]) -> None:
    parents = {f"t{place}": f"t{to}" if to >= 0 else None for place, to in enumerate(above)}
    tasks = [outline(name, parent_id=parent) for name, parent in parents.items()]

    has_pieces = {parent for parent in parents.values() if parent in parents}
    expected = [name for name in parents if name in has_pieces or waits(name, parents)]

    assert list(not_next(tasks)) == expected


def test_of_a_chain_only_the_last_link_is_next() -> None:
    """Each link is the only piece of the one before; walking up from each would take quadratic time."""
    chain = [outline(f"t{place}", parent_id=f"t{place - 1}" if place else None) for place in range(20_000)]

    assert len(not_next(chain)) == 19_999
