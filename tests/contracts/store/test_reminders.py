"""Reminders: the scan for due ones, compare and set, and what may still ring."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from core.errors import NotFound
from core.records import Due, Reminder, ReminderKind, ReminderState, TaskState
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person, task


def reminder(reminder_id: str = "r1", **fields: Any) -> Reminder:
    usual = {"person_id": "ada", "task_id": "t1", "next_at": NOW + HOUR, "created_at": NOW}
    return Reminder(**{"reminder_id": reminder_id, **usual, **fields})


@pytest.fixture
async def store(store: Store) -> Store:
    """Knows a task of Ada's."""
    async with store.begin() as unit:
        await unit.tasks.put(task())
        await unit.people.add(person("bob"))
    return store


async def test_a_reminder_comes_back_as_stored(store: Store) -> None:
    full = reminder(
        kind=ReminderKind.REVIEW,
        due=Due(on=NOW.date(), at=time(20), zone="Europe/Berlin"),
        repeats="FREQ=DAILY",
        lead=15,
        at=NOW,
        asked=False,
        even_if_quiet=True,
        even_if_paused=True,
        over="2026-05-06T20:00",
        state=ReminderState.CANCELLED,
        snoozed="d1",
    )
    async with store.begin() as unit:
        await unit.reminders.put(reminder())
        await unit.reminders.put(full)
        assert await unit.reminders.get("r1") == full
        assert await unit.reminders.find("r1") == full
        assert await unit.reminders.find("nobody's") is None
        with pytest.raises(NotFound):
            await unit.reminders.get("nobody's")


async def test_the_scan_finds_people_by_their_longest_overdue_reminder_once(store: Store) -> None:
    async with store.begin() as unit:
        await unit.reminders.put(
            reminder("a", next_at=NOW),
            reminder("b", next_at=NOW - HOUR, person_id="bob"),
            reminder("c", next_at=NOW - DAY),
            reminder("d", next_at=NOW + HOUR),
            reminder("e", next_at=None),
        )
        assert await unit.reminders.due(NOW, 10) == ("ada", "bob")
        assert await unit.reminders.due(NOW, 1) == ("ada",)
        assert await unit.reminders.due(NOW - 2 * DAY, 10) == ()
        waiting = await unit.reminders.waiting("ada", NOW + HOUR)
        assert [one.reminder_id for one in waiting] == ["c", "a"]


async def test_one_caller_moves_it_on(store: Store) -> None:
    before = reminder()
    after = replace(before, next_at=None, over="2026-05-06T10:00")
    async with store.begin() as unit:
        await unit.reminders.put(before)
        assert await unit.reminders.move(before, after)
        assert not await unit.reminders.move(before, after)
        assert await unit.reminders.get("r1") == after
        assert await unit.reminders.move(after, replace(after, lead=5))


async def test_those_of_closed_tasks_and_past_instants_do_not_ring_any_more(store: Store) -> None:
    async with store.begin() as unit:
        await unit.tasks.put(task("t2", state=TaskState.DONE))
        await unit.reminders.put(
            reminder("open", next_at=None),
            reminder("closed", task_id="t2"),
            reminder("daily", task_id=None, kind=ReminderKind.BRIEF),
            reminder("rung", at=NOW, over="x", next_at=None),
            reminder("fixed", at=NOW),
            reminder("bob's", person_id="bob", task_id=None),
        )
        found = await unit.reminders.of_person("ada")
        assert [one.reminder_id for one in found] == ["daily", "fixed", "open"]
        found = await unit.reminders.of_tasks(["t1", "t2"])
        assert sorted(one.reminder_id for one in found) == ["closed", "fixed", "open", "rung"]


async def test_the_latest_snooze_of_a_ringing_that_is_not_cancelled(store: Store) -> None:
    async with store.begin() as unit:
        await unit.reminders.put(
            reminder("a", snoozed="d1"),
            reminder("b", snoozed="d1", created_at=NOW + HOUR),
            reminder("c", snoozed="d1", created_at=NOW + DAY, state=ReminderState.CANCELLED),
        )
        found = await unit.reminders.after_snooze("d1")
        assert found is not None
        assert found.reminder_id == "b"
        assert await unit.reminders.after_snooze("d2") is None
