"""Features: values by hand, in several time zones and across daylight saving changes."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from core.bandit.grid import on_grid
from core.policies.features import DIMENSION, FEATURES, features, vectors_of
from core.records import Request, TipCandidate, TipKind, TipSource, Trigger
from tests.core.bandit.moments import (
    MONDAY,
    MONDAY_9_BERLIN,
    SILENCE,
    SUNDAY,
    advice,
    context,
    past,
    task,
    tip,
)
from tests.core.figures import WORDING, named, near, whole
from tests.core.worlds import DISMISS, NOT_THIS


def test_no_tip_is_the_zero_vector() -> None:
    moment = context(task(), past=(past(tip(), timedelta(hours=1), DISMISS, NOT_THIS),))
    assert features(moment, [SILENCE]) == ((0.0,) * DIMENSION,)


def test_an_overdue_urgent_task_by_hand() -> None:
    # Due all Sunday, so 9 hours late on Monday at 9:00; noted three days ago.
    seen = named(context(task(priority=1, due=MONDAY - timedelta(days=1))), tip())
    assert seen == {
        "tip": 1,
        "priority": 1,
        "overdue": 1,
        "long_overdue": near(9 / (9 + 48)),
        "near": 1,
        "old": near(3 / (3 + 30)),
        "task_morning": 1,
        "load": near(1 / 11),
        "never_shown": 1,
    }


def test_a_task_due_today_is_near_and_not_overdue() -> None:
    seen = named(context(task(due=MONDAY)), tip())  # 15 hours are left of Monday
    assert (seen["near"], seen["due_today"]) == (near(24 / (24 + 15)), 1)
    assert "overdue" not in seen


def test_a_time_of_day_makes_a_task_overdue_on_its_day() -> None:
    seen = named(context(task(due=MONDAY, at=time(7))), tip())
    assert (seen["overdue"], seen["due_today"], seen["long_overdue"]) == (1, 1, near(2 / 50))


def test_an_undated_default_task_is_known_by_its_age_the_hour_and_the_length_of_the_list() -> None:
    assert named(context(task()), tip()).keys() == {"tip", "old", "task_morning", "load", "never_shown"}


@pytest.mark.parametrize(("open_tasks", "expected"), [(0, 0), (10, 0.5), (30, 0.75)])
def test_a_long_list_weighs_on_tasks_only(open_tasks: int, expected: float) -> None:
    moment = replace(context(task()), open_tasks=open_tasks)
    assert whole(moment, tip())["load"] == expected
    assert whole(moment, advice())["load"] == 0


def test_a_template_and_a_written_tip_differ_by_source() -> None:
    moment = context()
    alike = {"tip": 1, "advice": 1, "advice_morning": 1, "never_shown": 1}
    assert named(moment, advice()) == {**alike, "template": 1}
    assert named(moment, advice(source=TipSource.LLM)) == {**alike, "llm": 1}


def test_a_written_tip_about_a_task_is_as_pressing_as_the_task() -> None:
    moment = context(task(priority=1, due=MONDAY))
    written = TipCandidate(candidate_id="l1", kind=TipKind.TASK, source=TipSource.LLM, task_id="rent")
    assert named(moment, written) == {**named(moment, tip()), "llm": 1}


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        (datetime(2027, 6, 14, 7, tzinfo=UTC), "Europe/Berlin", {"task_morning"}),  # Monday 9:00
        (datetime(2027, 6, 14, 7, tzinfo=UTC), "Pacific/Auckland", {"task_evening"}),  # Monday 19:00
        (datetime(2027, 6, 14, 6, tzinfo=UTC), "America/Los_Angeles", {"task_evening", "task_weekend"}),
        (datetime(2027, 6, 13, 16, tzinfo=UTC), "Asia/Tokyo", set()),  # Monday 1:00, Sunday in UTC
        (datetime(2027, 3, 28, 2, 59, tzinfo=UTC), "Europe/Berlin", {"task_weekend"}),  # 4:59 after the gap
        (datetime(2027, 3, 28, 3, 0, tzinfo=UTC), "Europe/Berlin", {"task_weekend", "task_morning"}),
        (datetime(2027, 10, 31, 4, 0, tzinfo=UTC), "Europe/Berlin", {"task_weekend", "task_morning"}),
        (datetime(2027, 10, 31, 3, 59, tzinfo=UTC), "Europe/Berlin", {"task_weekend"}),  # 4:59 again winter
    ],
)
def test_the_hour_and_the_day_are_the_persons_own(now: datetime, zone: str, expected: set[str]) -> None:
    seen = named(context(task(), now=now, zone=zone), tip())
    assert {name for name in seen if name.startswith("task_")} == expected


def test_advice_knows_the_weekend_too() -> None:
    seen = named(context(now=MONDAY_9_BERLIN - timedelta(days=1)), advice())
    assert {name for name in seen if name.startswith("advice_")} == {"advice_morning", "advice_weekend"}


@pytest.mark.parametrize(
    ("midnight", "hours"),
    [
        (datetime(2027, 3, 27, 23, tzinfo=UTC), 8),  # the night of the gap is an hour shorter
        (datetime(2027, 10, 30, 22, tzinfo=UTC), 10),  # the night of the overlap an hour longer
        (datetime(2027, 6, 13, 22, tzinfo=UTC), 9),
    ],
)
def test_hours_until_due_are_real_hours_in_nights_when_the_clocks_change(
    midnight: datetime, hours: int
) -> None:
    due = (midnight + timedelta(days=1)).date()
    seen = named(context(task(due=due, at=time(9)), now=midnight), tip())
    assert (seen["near"], seen["due_today"]) == (near(24 / (24 + hours)), 1)


def test_a_due_time_in_a_fixed_zone_stays_there_when_the_person_travels() -> None:
    due = task(due=date(2027, 6, 14), at=time(9), zone="Europe/Berlin")
    rows = [features(context(due, zone=zone), [tip()])[0] for zone in ("Europe/Berlin", "Europe/Paris")]
    assert rows[0] == rows[1]
    seen = named(context(due, zone="Asia/Tokyo", now=MONDAY_9_BERLIN + timedelta(hours=1)), tip())
    assert seen["overdue"] == 1


@pytest.mark.parametrize(("zone", "today"), [(None, 0), ("Europe/Berlin", 0), ("America/New_York", 1)])
def test_due_today_goes_by_the_date_where_the_due_time_is_fixed(zone: str | None, today: int) -> None:
    half_past_midnight = datetime(2027, 6, 13, 22, 30, tzinfo=UTC)  # Monday; in New York Sunday 18:30
    moment = context(task(due=SUNDAY, zone=zone), now=half_past_midnight)
    assert whole(moment, tip())["due_today"] == today


def test_the_wording_is_a_direction_that_depends_on_the_words_alone() -> None:
    first, again, other, none = (
        [whole(context(), replace(advice(), content=content))[name] for name in WORDING]
        for content in ("Walk around the block.", "walk around a BLOCK", "Sort the post.", "")
    )
    assert first == again != other
    assert sum(value**2 for value in first) == pytest.approx(1, abs=0.002)
    assert none == [0, 0, 0]


def test_a_number_that_is_none_counts_for_nothing() -> None:
    for none in (math.nan, math.inf):
        by_hour: Any = (none,) * 24
        row = features(context(task(), tips_by_hour=by_hour, done_by_hour=by_hour), [tip()])[0]
        assert all(map(math.isfinite, row))


def test_no_candidates_have_no_features() -> None:
    assert features(context(), []) == ()


@pytest.mark.parametrize(
    ("available", "needed", "expected"),
    [(20, 15, 1), (20, 20, 1), (20, 45, -1), (20, None, 0), (None, 15, 0)],
)
def test_a_tip_fits_the_minutes_or_not(available: int | None, needed: int | None, expected: int) -> None:
    moment = context(task(), trigger=Trigger.REQUESTED, request=Request(minutes=available))
    assert named(moment, tip(minutes=needed)).get("fits", 0) == expected


def test_energy_turns_the_priority_round() -> None:
    by_energy = {
        energy: named(context(task(priority=1), request=Request(energy=energy)), tip()).get("energy", 0)
        for energy in ("high", "low", None)
    }
    assert by_energy == {"high": 1, "low": -1, None: 0}


def test_asking_is_seen() -> None:
    assert named(context(trigger=Trigger.REQUESTED), advice())["requested"] == 1
    assert "requested" not in named(context(trigger=Trigger.SNOOZED), advice())


def test_features_by_name_are_the_vector_that_a_decision_would_have() -> None:
    moment, candidates = context(task(priority=1, due=MONDAY)), [tip(), advice(), SILENCE]
    vectors = features(moment, candidates)
    names = [feature.name for feature in FEATURES]
    rows = [dict(zip(names, vector, strict=True)) for vector in vectors]
    assert vectors_of(rows) == vectors
    assert vectors_of([{name: value for name, value in row.items() if value} for row in rows]) == vectors
    assert vectors_of([{}]) == ((0.0,) * DIMENSION,)


def test_features_by_name_are_clipped_and_on_the_grid_as_all_are() -> None:
    ((high,), (low,), (third,)) = (
        [value for value in vector if value]
        for vector in vectors_of([{"wording_3": 7.0}, {"wording_3": -7.0}, {"tip": 1 / 3}])
    )
    assert (high, low, third) == (1, -1, float(on_grid(1 / 3)))


def test_a_name_that_is_no_feature_is_refused() -> None:
    with pytest.raises(KeyError, match="mood"):
        vectors_of([{"tip": 1.0, "mood": 1.0}])
