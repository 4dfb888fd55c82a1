"""A task that is wanted several times a day: oO asks for the times, and offers some outside quiet hours."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.test_task_changes import tasks_of
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


@pytest.fixture(autouse=True)
async def _english(ann: Person) -> None:
    await expect_reply(ann, "/language english")


async def test_a_button_adds_a_repeating_task_for_each_of_its_times(oo: Scene, ann: Person) -> None:
    said = await expect_reply(ann, "drink water 3 times a day")
    assert said.labels == ["9:00, 13:00, 17:00", "8:00, 14:00, 20:00", "Without a time"]
    await expect_edit_on_tap(ann, said, "9:00, 13:00, 17:00")
    tasks = await tasks_of(oo)
    assert sorted(str(task.due.at) for task in tasks if task.due) == ["09:00:00", "13:00:00", "17:00:00"]
    assert {(task.title, task.repeats) for task in tasks} == {("drink water", "FREQ=DAILY")}


async def test_a_reminder_is_asked_for_at_each_time_and_six_times_are_the_most(ann: Person) -> None:
    said = await expect_reply(ann, "remind me to drink water every 2 hours")
    assert "6 times a day are the most" in said.text
    await expect_edit_on_tap(ann, said, "9:00, 11:00, 13:00, 15:00, 17:00, 19:00")
    assert said.text.startswith("I'll remind you of 6 tasks")


async def test_no_time_in_the_quiet_hours_is_offered(ann: Person) -> None:
    await expect_reply(ann, "/quiet 18:00-11:00")
    said = await expect_reply(ann, "take pills twice a day")
    assert said.labels == ["11:00, 17:00", "Without a time"]


async def test_nothing_is_added_before_an_answer_and_other_times_can_be_sent(oo: Scene, ann: Person) -> None:
    said = await expect_reply(ann, "take pills twice a day")
    assert "/add take pills every day at 9:00 and 18:00" in said.text
    assert await tasks_of(oo) == []
    await expect_reply(ann, "/add take pills every day at 7:00 and 19:00")
    assert len(await tasks_of(oo)) == 2
