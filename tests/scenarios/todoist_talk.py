"""What the scenarios with Todoist share."""

from __future__ import annotations

from datetime import date

from core.model import TaskSource
from core.store import SourceStatus
from tests.scenarios.talking import expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person
from tests.servers.todoist import TodoistServer

TOKEN = "todoist-canary-token"


async def standing(oo: Scene) -> SourceStatus:
    """How Todoist stands for Ann."""
    async with oo.app.store.read() as unit:
        found = await unit.sources.get((await oo.person("7")).person_id, TaskSource.TODOIST)
    assert found is not None
    return found


async def rent(oo: Scene, ann: Person, todoist: TodoistServer) -> Message:
    """A tip about the rent, which stands in Todoist."""
    todoist.add("Pay rent", due=date(2026, 11, 22), priority=4)
    tip = await expect_reply(ann, "/tip")
    assert tip.text == "Pay rent: it is due today."
    return tip
