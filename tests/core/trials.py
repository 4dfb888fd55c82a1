"""Trials of the hold-out to compare, and rules under which its coin falls as a test needs it."""

from __future__ import annotations

from core.dependencies import HoldoutRules
from core.people.consents import AT_THE_START
from core.records import Due, Purpose, Trial
from tests.core.outsiders import NOW
from tests.core.worlds import DAY, HOUR

ALWAYS = HoldoutRules(hold_out=1 - 1e-9)
NEVER = HoldoutRules(hold_out=1e-9)
TESTED = (*AT_THE_START, Purpose.HOLDOUT)
"""What somebody allows who takes part in the experiment."""
RULES = HoldoutRules()
TODAY = Due(on=NOW.date())


def tried(number: int, *, held_out: bool, done: bool) -> Trial:
    """Three a day."""
    at = NOW + number * DAY / 3
    ends = at + HOUR
    return Trial(
        decision_id=f"{number:04}",
        person_id="ada",
        task_id="t",
        decided_at=at,
        chance=RULES.hold_out,
        held_out=held_out,
        ends_at=ends,
        done_at=at if done else None,
    )


def history(count: int, *, with_tip: int, without: int) -> list[Trial]:
    """Every seventh is held out; so many in 100 are done with a tip, and without."""
    made = []
    seen = {True: 0, False: 0}
    for number in range(count):
        held_out = number % 7 == 3
        share = without if held_out else with_tip
        seen[held_out] += 1
        done = seen[held_out] * share // 100 > (seen[held_out] - 1) * share // 100
        made.append(tried(number, held_out=held_out, done=done))
    return made
