"""Features of any moment, however unlikely: on the grid, within their ranges, of one candidate only."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.bandit.grid import STEPS_PER_UNIT
from core.policies.features import FEATURES, features
from core.records import Context, DismissReason, ReactionKind, Request, Trigger
from tests.core.bandit.moments import MONDAY_9_BERLIN, SILENCE, advice, context, past, task, tip

INSTANTS = st.integers(-(10**7), 10**7).map(lambda minutes: MONDAY_9_BERLIN + timedelta(minutes=minutes))
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
ZONES = st.sampled_from(
    ["Europe/Berlin", "Australia/Lord_Howe", "Antarctica/Troll", "America/Havana", "Pacific/Kiritimati"]
)
REACTIONS = st.tuples(
    st.none() | st.sampled_from(ReactionKind),
    st.none() | st.sampled_from(DismissReason),
    st.integers(-9, 9999),
)


@st.composite
def moments(draw: st.DrawFn) -> Context:
    """Any moment, however unlikely, with a task ``rent``."""
    now = draw(INSTANTS)
    the_task = task(
        priority=draw(st.integers(-3, 9)),
        due=draw(st.none() | DAYS),
        at=draw(st.none() | st.times()),
        zone=draw(st.none() | ZONES),
        created_at=draw(INSTANTS),
    )
    earlier = draw(st.lists(REACTIONS, max_size=30))
    hours = st.lists(st.integers(0, 10**6), min_size=24, max_size=24).map(tuple)
    return context(
        the_task,
        now=now,
        zone=draw(ZONES),
        trigger=draw(st.sampled_from(Trigger)),
        past=tuple(past(tip(), timedelta(hours=ago), kind, reason, now=now) for kind, reason, ago in earlier),
        tips_by_hour=draw(hours),
        done_by_hour=draw(hours),
        request=Request(
            minutes=draw(st.none() | st.integers(0, 999)), energy=draw(st.sampled_from(["low", None]))
        ),
    )


@given(moments(), st.none() | st.integers(0, 10**6), st.text(st.characters(), max_size=300))
def test_whatever_the_moment_features_are_bounded_and_on_the_grid(
    moment: Context, minutes: int | None, content: str
) -> None:
    candidates = [tip(minutes=minutes), advice(), replace(advice(), content=content), tip("unknown"), SILENCE]
    rows = features(moment, candidates)
    for feature, value in (
        (feature, value) for row in rows for feature, value in zip(FEATURES, row, strict=True)
    ):
        assert feature.low <= value <= feature.high, feature.name
        assert value * STEPS_PER_UNIT == round(value * STEPS_PER_UNIT)
        assert math.copysign(1, value) == 1 or value < 0, "negative zero has other bytes"
    assert features(moment, candidates) == rows
    assert tuple(features(moment, [one])[0] for one in candidates) == rows, (
        "a row depends on its candidate only"
    )
