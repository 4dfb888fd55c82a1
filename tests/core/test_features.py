"""Features: figures that can be checked by hand, in several time zones and across changes of the clocks."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from core.bandit.grid import STEPS
from core.features import DIMENSION, FEATURE_VERSION, FEATURES, PRIOR, features, narrowed
from core.model import (
    Aspect,
    Context,
    DismissReason,
    ReactionKind,
    Request,
    Signal,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.rewards import teaches
from tests.core.bandit.moments import MONDAY, MONDAY_9_BERLIN, SILENCE, advice, context, past, task, tip

NOT_THIS, NOT_NOW, DID_IT = DismissReason.NOT_THIS, DismissReason.NOT_NOW, DismissReason.DID_IT
DISMISS = ReactionKind.DISMISS
WORDING = ("wording_1", "wording_2", "wording_3")


def named(moment: Context, candidate: TipCandidate) -> dict[str, float]:
    """The features that are not 0, by name; without the wording, whose numbers are a hash's."""
    return {name: value for name, value in whole(moment, candidate).items() if value and name not in WORDING}


def whole(moment: Context, candidate: TipCandidate) -> dict[str, float]:
    """All features by name."""
    (row,) = features(moment, [candidate])
    return {feature.name: value for feature, value in zip(FEATURES, row, strict=True)}


def near(value: float) -> float:
    """The figure to the grid's precision."""
    return round(value * STEPS) / STEPS


def test_every_feature_is_declared_once_and_explained() -> None:
    names = [feature.name for feature in FEATURES]
    assert len(set(names)) == len(names) == DIMENSION == len(PRIOR) == 32
    assert all(feature.meaning for feature in FEATURES)
    assert all(feature.low <= 0 < feature.high <= 4 for feature in FEATURES)


def counts(**by_hour: int) -> tuple[int, ...]:
    """Counts by hour, given as h9=3."""
    return tuple(by_hour.get(f"h{hour}", 0) for hour in range(24))


FINGERPRINTS = {"1": "5f6d1c6ff49fac35", "2": "0693b3d3490e8272"}
"""What each version's table, vectors and lessons come to: one line for each version that ever wrote a log."""


def test_a_changed_feature_has_a_new_version() -> None:
    """Logs are replayed by version: a change without a new one would call old decisions false."""
    moment = context(
        task(priority=2, due=MONDAY - timedelta(days=2), at=time(9)),
        task("tax", due=MONDAY + timedelta(days=5)),
        past=(
            past(tip(), timedelta(hours=30), ReactionKind.SNOOZE),
            past(tip(), timedelta(days=4), DISMISS, NOT_THIS),
            past(advice(), timedelta(days=1)),
        ),
        tips_by_hour=counts(h9=5),
        done_by_hour=counts(h9=4),
        trigger=Trigger.REQUESTED,
        request=Request(minutes=20, energy="low"),
    )
    written = advice(source=TipSource.LLM)
    evening = replace(moment, now=moment.now + timedelta(days=6, hours=10))
    seen = [
        features(one, [tip(minutes=10), tip("tax", minutes=60), advice(), written])
        for one in (moment, evening)
    ]
    table = [(one.name, one.aspect.value, one.low, one.high, one.prior) for one in FEATURES]
    lessons = [(signal.value, teaches(signal).value) for signal in Signal]
    fingerprint = hashlib.sha256(repr((table, lessons, seen)).encode()).hexdigest()[:16]
    assert fingerprint == FINGERPRINTS[FEATURE_VERSION]


def test_every_feature_is_about_timing_content_or_both() -> None:
    assert {feature.aspect for feature in FEATURES} == {Aspect.TIMING, Aspect.CONTENT, Aspect.BOTH}


ASPECTS = {
    "requested": Aspect.TIMING,
    "task_evening": Aspect.TIMING,
    "done_rate": Aspect.TIMING,
    "fatigue": Aspect.TIMING,
    "advice": Aspect.CONTENT,
    "priority": Aspect.CONTENT,
    "item_dismissed": Aspect.CONTENT,
    "wording_1": Aspect.CONTENT,
    "tip": Aspect.BOTH,
    "near": Aspect.BOTH,
    "fits": Aspect.BOTH,
}


def test_the_hour_is_timing_the_words_are_content_and_a_date_is_both() -> None:
    assert {one.name: one.aspect for one in FEATURES if one.name in ASPECTS} == ASPECTS


@pytest.mark.parametrize("aspect", [Aspect.TIMING, Aspect.CONTENT])
def test_what_is_about_something_else_is_left_out(aspect: Aspect) -> None:
    vector = tuple(float(number) for number in range(1, DIMENSION + 1))
    left = {one.name for one, value in zip(FEATURES, narrowed(vector, aspect), strict=True) if value}
    assert left == {one.name for one in FEATURES if one.aspect in (aspect, Aspect.BOTH)}
    assert narrowed(vector, Aspect.BOTH) == vector
    assert not any(narrowed(vector, Aspect.NOTHING))


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


def test_a_tip_is_still_felt_half_as_much_a_day_later() -> None:
    moment = context(task(), past=(past(tip(), timedelta(days=1)),))
    seen = named(moment, tip())
    assert (seen["item_shown"], seen["item_count"], seen["kind_shown"]) == (0.5, 0.25, 0.25)


def test_repeated_tips_add_up() -> None:
    moment = context(task(), past=(past(tip(), timedelta(days=1)), past(tip(), timedelta(days=2))))
    assert named(moment, tip())["item_shown"] == 0.75


@pytest.mark.parametrize(
    ("reaction", "reason", "expected"),
    [
        (None, None, {}),
        (ReactionKind.DONE, None, {}),
        (ReactionKind.SNOOZE, None, {"item_put_off": 1}),
        (DISMISS, NOT_NOW, {"item_put_off": 1}),
        (DISMISS, DID_IT, {}),
        (DISMISS, NOT_THIS, {"item_dismissed": 1, "kind_dismissed": 1}),
        (DISMISS, DismissReason.NEVER_TOPIC, {"item_dismissed": 1, "kind_dismissed": 1}),
        (DISMISS, None, {"item_dismissed": 1, "kind_dismissed": 1}),
    ],
)
def test_reactions_are_remembered_for_what_they_mean(
    reaction: ReactionKind | None, reason: DismissReason | None, expected: dict[str, float]
) -> None:
    moment = context(task(), past=(past(tip(), timedelta(), reaction, reason),))
    seen = named(moment, tip())
    names = ("item_put_off", "item_dismissed", "kind_dismissed")
    assert {name: seen[name] for name in names if name in seen} == expected


def test_a_dislike_touches_others_of_the_kind_only() -> None:
    moment = context(task("rent"), task("tax"), past=(past(tip("rent"), timedelta(), DISMISS, NOT_THIS),))
    other = named(moment, tip("tax"))
    assert (other["kind_shown"], other["kind_dismissed"]) == (1, 1)
    assert not {"item_shown", "item_dismissed", "item_count"} & other.keys()
    assert not {"kind_shown", "kind_dismissed"} & named(moment, advice()).keys()


def test_advice_is_remembered_by_its_topic() -> None:
    moment = context(past=(past(advice("water"), timedelta()),))
    assert named(moment, advice("water"))["item_shown"] == 1
    assert "item_shown" not in named(moment, advice("sleep"))


def test_tips_without_a_subject_are_not_taken_for_one_another() -> None:
    vague = TipCandidate(candidate_id="l1", kind=TipKind.ADVICE, source=TipSource.LLM)
    assert "item_shown" not in named(context(past=(past(vague, timedelta()),)), vague)


def test_what_was_never_shown_is_told_from_what_was_shown_long_ago() -> None:
    moment = context(task(), task("tax"), past=(past(tip(), timedelta(days=59)),))
    assert (whole(moment, tip())["never_shown"], whole(moment, tip("tax"))["never_shown"]) == (0, 1)


def test_tips_of_any_kind_tire() -> None:
    moment = context(task(), past=(past(tip(), timedelta(days=2)), past(advice(), timedelta(days=4))))
    assert named(moment, tip("tax"))["fatigue"] == (1 / 2 + 1 / 4) / 4
    assert named(moment, advice("sleep"))["fatigue"] == (1 / 2 + 1 / 4) / 4


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


def test_a_clock_that_was_set_back_does_not_make_the_past_louder() -> None:
    moment = context(task(), past=(past(tip(), timedelta(hours=-5)),))
    assert named(moment, tip())["item_shown"] == 1


def test_the_done_rate_takes_in_the_neighbouring_hours() -> None:
    moment = context(tips_by_hour=counts(h8=4, h9=4, h12=9), done_by_hour=counts(h8=3, h9=4, h12=9))
    assert named(moment, advice())["done_rate"] == near(8 / 12 - 1 / 4)


def test_the_done_rate_goes_round_midnight() -> None:
    now = datetime(2027, 6, 13, 22, 30, tzinfo=UTC)  # 0:30 in Berlin
    moment = context(now=now, tips_by_hour=counts(h23=4), done_by_hour=counts(h23=0))
    assert named(moment, advice())["done_rate"] == near(1 / 8 - 1 / 4)


def test_more_done_than_shown_counts_as_all_done() -> None:
    moment = context(tips_by_hour=counts(h9=4), done_by_hour=counts(h9=40))
    assert named(moment, advice())["done_rate"] == near(5 / 8 - 1 / 4)


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
