"""A task is split into steps in Slack, where they are typed into a form."""

from __future__ import annotations

import pytest

from core.chat import Channel
from core.records import TaskPatch
from core.tasks.changes import change_task
from tests.core.outsiders import BERLIN
from tests.scenarios.slack_talk import RENT, account, expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene
from tests.servers.slack import Person, SlackServer


@pytest.fixture
def oo(office: Scene) -> Scene:
    return office


@pytest.fixture
async def ann(oo: Scene, slack: SlackServer) -> Person:
    return await welcomed(slack.user("U1", name="Ann"))


async def test_steps_are_typed_into_a_form(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    person = await oo.person(account(ann), Channel.SLACK)
    [task] = await oo.open_tasks(person)
    await change_task(task.task_id, person, oo.app.deps, TaskPatch(minutes=120), zone=BERLIN)
    tip = await expect_reply(ann, "tip")
    assert tip.buttons == ["Done", "Snooze", "Dismiss", "Break it down"]

    await ann.tap(tip, "Break it down")
    form = await ann.expect_view()
    await ann.submit_view(form, {"answer": "Collect receipts; Fill in the form"})
    added = await ann.expect_message()

    assert "1. Collect receipts\n2. Fill in the form" in added.text
    assert len(await oo.open_tasks(person)) == 3
    await expect_edit_on_tap(ann, added, "Undo")
    assert await oo.open_tasks(person) == [await stored(oo, task.task_id)]


async def stored(oo: Scene, task_id: str) -> object:
    async with oo.app.store.read() as unit:
        return await unit.tasks.get(task_id)
