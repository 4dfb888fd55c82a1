"""Features of past tips: how many, how recent, and the reactions to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.records import DismissReason, ReactionKind, TipCandidate, TipKind, TipSource
from tests.core.bandit.moments import advice, context, past, task, tip
from tests.core.figures import counts, named, near, whole
from tests.core.worlds import DID_IT, DISMISS, NEVER_TOPIC, NOT_NOW, NOT_THIS


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
        (DISMISS, NEVER_TOPIC, {"item_dismissed": 1, "kind_dismissed": 1}),
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
