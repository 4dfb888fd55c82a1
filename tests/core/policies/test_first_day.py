"""Choices under the prior, and how the first rewards change them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.policies.features import features
from core.policies.rewards import RewardRules, worth
from core.records import DismissReason, Draw, ReactionKind, Request, Signal, Trigger
from tests.core.bandit.moments import (
    MONDAY,
    NOTHING,
    SILENCE,
    SUNDAY,
    advice,
    chosen,
    context,
    past,
    posterior,
    task,
    tip,
)


def ranking(draw: Draw) -> list[str]:
    """The candidates, best score first."""
    ranked = sorted(draw.candidates, key=lambda scored: -scored.score)
    return [scored.candidate.candidate_id for scored in ranked]


def scores(draw: Draw) -> dict[str, float]:
    """The score of each candidate."""
    return {scored.candidate.candidate_id: scored.score for scored in draw.candidates}


def test_on_the_first_day_overdue_comes_before_urgent_before_any_task_before_advice_before_silence() -> None:
    moment = context(
        task("rent", priority=1, due=SUNDAY),
        task("tax", priority=1, due=MONDAY),
        task("mail", priority=1),
        task("plants"),
    )
    names = ("plants", "mail", "tax", "rent")
    choice = chosen(moment, SILENCE, advice(), *map(tip, names))
    assert ranking(choice) == ["task:rent", "task:tax", "task:mail", "task:plants", "advice:water", "silence"]


def test_an_overdue_urgent_task_beats_silence_and_templates_clearly() -> None:
    given_scores = scores(chosen(context(task(priority=1, due=SUNDAY)), tip(), advice(), SILENCE))
    assert given_scores["task:rent"] > 0.5
    assert given_scores["task:rent"] - given_scores["advice:water"] > 0.4
    assert given_scores["silence"] == 0


@pytest.mark.parametrize(
    ("reason", "hours"),
    [
        (None, 0),
        (None, 24),
        (DismissReason.NOT_THIS, 24),
        (DismissReason.NOT_NOW, 0),
        (DismissReason.NOT_NOW, 4),
    ],
)
def test_what_was_just_dismissed_falls_below_silence_even_if_overdue_and_urgent(
    reason: DismissReason | None, hours: int
) -> None:
    """*Not now* is about the moment: its hours are fewer."""
    dismissed = past(tip(), timedelta(hours=hours), ReactionKind.DISMISS, reason)
    moment = context(task(priority=1, due=SUNDAY - timedelta(days=30)), past=(dismissed,))
    assert ranking(chosen(moment, tip(), SILENCE)) == ["silence", "task:rent"]


def test_an_ignored_task_of_no_weight_waits_while_another_may_come() -> None:
    shown = past(tip("plants"), timedelta(hours=4))
    moment = context(task("plants"), task("tax", priority=2, due=MONDAY), past=(shown,))
    assert ranking(chosen(moment, tip("plants"), tip("tax"), SILENCE)) == [
        "task:tax",
        "silence",
        "task:plants",
    ]


def test_an_overdue_urgent_task_comes_back_the_next_day() -> None:
    shown = past(tip(), timedelta(hours=24))
    moment = context(task(priority=1, due=SUNDAY), past=(shown,))
    assert ranking(chosen(moment, tip(), SILENCE)) == ["task:rent", "silence"]


def test_a_second_template_on_one_morning_is_worse_than_none() -> None:
    moment = context(past=(past(advice("sleep"), timedelta(hours=4)),))
    assert ranking(chosen(moment, advice("water"), SILENCE)) == ["silence", "advice:water"]


def test_little_energy_and_twenty_minutes_call_for_something_small() -> None:
    moment = context(
        task("report", priority=1), task("mail", priority=3), trigger=Trigger.REQUESTED,
        request=Request(minutes=20, energy="low"),
    )  # fmt: skip
    choice = chosen(moment, tip("report", minutes=120), tip("mail", minutes=10))
    assert ranking(choice) == ["task:mail", "task:report"]


@pytest.mark.parametrize(
    ("now", "zone", "first"),
    [
        # 6:30 UTC on 14 June: Monday in Berlin, where the call at 8:00 is overdue and the tax due tonight …
        (datetime(2027, 6, 14, 6, 30, tzinfo=UTC), "Europe/Berlin", "call"),
        # … and still Sunday in Los Angeles, where both are due tomorrow, the call earlier in the day.
        (datetime(2027, 6, 14, 6, 30, tzinfo=UTC), "America/Los_Angeles", "call"),
        # In Kiritimati the Monday is nearly over: the call is long overdue.
        (datetime(2027, 6, 14, 6, 30, tzinfo=UTC), "Pacific/Kiritimati", "call"),
        # Saturday night: neither is near, an urgent letter comes first.
        (datetime(2027, 6, 10, 22, 0, tzinfo=UTC), "Europe/Berlin", "letter"),
    ],
)
def test_the_order_of_the_first_day_follows_the_persons_clock(now: datetime, zone: str, first: str) -> None:
    moment = context(
        task("call", priority=2, due=MONDAY, at=time(8)),
        task("tax", priority=2, due=MONDAY),
        task("letter", priority=1, due=MONDAY + timedelta(days=2)),
        now=now,
        zone=zone,
    )
    assert ranking(chosen(moment, tip("tax"), tip("letter"), tip("call"), SILENCE))[0] == f"task:{first}"


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_call_at_half_past_two_is_overdue_at_four_in_either_night_of_the_clocks(day: date) -> None:
    at_four = datetime.combine(day, time(2 if day.month == 3 else 3), tzinfo=UTC)
    moment = context(task("call", due=day, at=time(2, 30)), task("tax", due=day), now=at_four)
    assert ranking(chosen(moment, tip("tax"), tip("call"), SILENCE))[0] == "task:call"


def test_somebody_who_never_wants_advice_gets_less_of_it_and_others_hardly_less() -> None:
    moment = context(task())
    value = worth(Signal.NOT_THIS, RewardRules())
    (x,) = features(moment, [advice()])
    one = NOTHING
    for _ in range(10):
        one = one.plus(x, value)
    before, theirs, others = (
        scores(chosen(moment, advice(), believed=believed))["advice:water"]
        for believed in (posterior(), posterior(one), posterior(NOTHING, one))
    )
    assert theirs < others < before
    assert theirs < -0.2


def test_tips_that_are_always_ignored_teach_silence() -> None:
    moment = context(task())
    (x,) = features(moment, [tip()])
    statistics = NOTHING
    for _ in range(40):
        statistics = statistics.plus(x, worth(Signal.SILENCE, RewardRules()))
    assert ranking(chosen(moment, tip(), SILENCE))[0] == "task:rent"
    assert ranking(chosen(moment, tip(), SILENCE, believed=posterior(statistics)))[0] == "silence"
