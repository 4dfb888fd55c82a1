"""The short form of the deterministic simulation (T4), and whether its checks see what they are to see.

``python -m tests.nemesis`` is the long form; a seed that has failed is kept here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.deciding.ringing import LISTED
from core.records import DeliveryState, TaskState, Trigger
from tests.nemesis import loop
from tests.nemesis.checks import Evidence, broken
from tests.nemesis.loop import Life
from tests.nemesis.world import Outcome, Spec, simulate

pytestmark = pytest.mark.xdist_group("nemesis")  # one worker simulates for all

SHORT = Spec(seed=1, days=1, people=2, replicas=2)
FAILED_ONCE: Sequence[Spec] = ()
"""What ``python -m tests.nemesis`` has printed about seeds that failed."""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return simulate(SHORT, tmp_path_factory.mktemp("nemesis"))


def test_whatever_goes_wrong_by_a_seed_all_that_oo_promises_holds(outcome: Outcome, tmp_path: Path) -> None:
    assert not outcome.broken, f"{SHORT.command()}: {outcome.broken}"
    assert outcome.troubles
    assert outcome.counts["messages"] > outcome.counts["lines"] > 0
    assert outcome.counts["taps"]

    for spec in FAILED_ONCE:
        again = simulate(spec, tmp_path / str(spec.seed))
        assert not again.broken, f"{spec.command()}: {again.broken}"


def test_equal_seeds_give_equal_lives(outcome: Outcome, tmp_path: Path) -> None:
    again = simulate(SHORT, tmp_path)

    assert (again.digest, again.troubles) == (outcome.digest, outcome.troubles)


# --- What the checks see -----------------------------------------------------------------------------------


def with_rows(seen: Evidence, table: str, change: Callable[[Any], Mapping[str, Any] | None]) -> Evidence:
    """The evidence with the fields that ``change`` returns for a row; None: the row is missing."""
    found = []
    for row in seen.rows[table]:
        changed = change(row)
        if changed is not None:
            found.append(SimpleNamespace(**{**row._mapping, **changed}))
    return replace(seen, rows={**seen.rows, table: found})


def shown_twice(seen: Evidence) -> Evidence:
    tips = [arrivals[0] for arrivals in seen.arrivals.values()]
    return replace(seen, shown=[*seen.shown, tips[0]])


def shown_in_quiet_hours(seen: Evidence) -> Evidence:
    decision_id = next(one for one in seen.arrivals if seen.decisions[one].trigger is Trigger.SCHEDULED)
    late = replace(seen.arrivals[decision_id][0], was_quiet=True, at=seen.now + timedelta(days=1))
    return replace(seen, shown=[late])


def nobody_wanted_any(seen: Evidence) -> Evidence:
    return with_rows(seen, "people", lambda row: {"preferences": replace(row.preferences, cap=0)})


def sent_to_nobody(seen: Evidence) -> Evidence:
    return replace(seen, shown=[])


def left_in_sending(seen: Evidence) -> Evidence:
    return with_rows(seen, "deliveries", lambda row: {"state": DeliveryState.SENDING})


def without_decision_points(seen: Evidence) -> Evidence:
    return with_rows(seen, "people", lambda row: {"next_due_at": None})


def long_overdue(seen: Evidence) -> Evidence:
    return with_rows(seen, "people", lambda row: {"next_due_at": seen.now - timedelta(days=1)})


def without_tasks(seen: Evidence) -> Evidence:
    return with_rows(seen, "tasks", lambda row: None)


def without_reactions(seen: Evidence) -> Evidence:
    return with_rows(seen, "reactions", lambda row: None)


def without_rewards(seen: Evidence) -> Evidence:
    return with_rows(seen, "rewards", lambda row: None)


def other_rewards(seen: Evidence) -> Evidence:
    return with_rows(seen, "rewards", lambda row: {"value": row.value + 1})


def without_events_of_decisions(seen: Evidence) -> Evidence:
    return with_rows(seen, "events", lambda row: {"kind": "other"})


def without_the_second_event(seen: Evidence) -> Evidence:
    return with_rows(seen, "events", lambda row: None if row.position == 2 else {})


def everything_unhandled(seen: Evidence) -> Evidence:
    return with_rows(seen, "inbox", lambda row: {"update": "something"})


def replayed_otherwise(seen: Evidence) -> Evidence:
    return replace(seen, replayed_otherwise=["a difference"])


def rung_by_nothing(seen: Evidence) -> Evidence:
    after = with_rows(seen, "reminders", lambda row: {"next_at": None})
    for table in ("deliveries", "reactions"):
        after = with_rows(after, table, lambda row: None)
    after = with_rows(after, "tasks", lambda row: {"state": TaskState.OPEN})
    return replace(after, shown=[], now=seen.now + timedelta(days=2))


def rung_twice(seen: Evidence) -> Evidence:
    rings = [arrivals[0] for one, arrivals in seen.arrivals.items() if is_reminder(seen.decisions[one])]
    return replace(with_rows(seen, "reactions", lambda row: None), shown=[*seen.shown, *rings])


def never_stored(seen: Evidence) -> Evidence:
    return with_rows(seen, "deliveries", lambda row: None)


def is_reminder(row: Any) -> bool:
    return row.trigger is Trigger.REMINDER


FALSIFIED: Sequence[tuple[Callable[[Evidence], Evidence], str]] = (
    (shown_twice, "no_tip_comes_twice"),
    (shown_in_quiet_hours, "nothing_comes_in_quiet_hours"),
    (nobody_wanted_any, "cap_and_spacing_hold"),
    (sent_to_nobody, "deliveries_are_true"),
    (left_in_sending, "deliveries_are_true"),
    (never_stored, "deliveries_are_true"),
    (rung_by_nothing, "reminders_ring_once"),
    (rung_twice, "reminders_ring_once"),
    (without_decision_points, "everybody_has_a_next_decision_point"),
    (long_overdue, "everybody_has_a_next_decision_point"),
    (without_tasks, "every_line_does_what_it_says_once"),
    (without_reactions, "a_single_tap_has_its_effect"),
    (without_rewards, "each_tip_has_one_reward"),
    (other_rewards, "each_tip_has_one_reward"),
    (without_events_of_decisions, "the_event_log_is_whole"),
    (without_the_second_event, "the_event_log_is_whole"),
    (everything_unhandled, "nothing_waits"),
    (replayed_otherwise, "the_model_is_what_the_events_teach"),
)


def test_each_check_sees_what_it_is_to_see(outcome: Outcome) -> None:
    for falsify, check in FALSIFIED:
        found = broken(falsify(outcome.evidence))
        assert any(line.startswith(check) for line in found), (falsify.__name__, found)


def as_lists(seen: Evidence) -> Evidence:
    """As if each reminder had come in a message with others, which has no tip of its own."""
    rings = {one for one, row in seen.decisions.items() if is_reminder(row)}
    about = {shown.message_id for one in rings for shown in seen.arrivals.get(one, ())}
    after = with_rows(seen, "decisions", lambda row: {"action": "list"} if row.decision_id in rings else {})
    after = with_rows(
        after, "tip_scores", lambda row: {"dropped": LISTED} if row.decision_id in rings else {}
    )
    shown = [deepcopy(one) for one in seen.shown]
    for one in shown:
        if one.message_id in about:
            one.first = replace(one.first, subject=None)
    return replace(after, shown=shown)


def test_what_rings_in_a_message_with_others_has_rung(outcome: Outcome) -> None:
    lists = as_lists(outcome.evidence)
    assert any(is_reminder(lists.decisions[one]) for one in lists.arrivals)
    assert not broken(lists)
    assert any("rang 2 times" in line for line in broken(rung_twice(lists)))


# --- Time and death ----------------------------------------------------------------------------------------


def test_however_long_a_simulation_waits_its_time_is_exact() -> None:
    async def years() -> float:
        await asyncio.sleep(10 * 365 * 86_400)
        return asyncio.get_running_loop().time()

    assert loop.run(years()) == 10 * 365 * 86_400


def test_a_frozen_life_goes_on_when_it_is_thawed_and_a_dead_one_never_does() -> None:
    done: list[str] = []

    async def work(name: str) -> None:
        await asyncio.sleep(10)
        done.append(name)

    async def world() -> None:
        frozen, dead = Life(), Life()
        frozen.run(work("frozen"))
        dead.run(work("dead"))
        await asyncio.sleep(5)
        frozen.freeze()
        dead.die()
        await dead.buried()
        await asyncio.sleep(60)
        assert not done
        frozen.thaw()
        await asyncio.sleep(0.001)

    loop.run(world())
    assert done == ["frozen"]
