"""Helpers for scenarios with Todoist."""

from __future__ import annotations

from datetime import date

from core.records import Integration, TaskSource
from tests.scenarios.talking import expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person
from tests.servers.todoist import TodoistServer

TOKEN = "todoist-canary-token"


async def source_status(oo: Scene) -> Integration:
    """The state of Ann's connection to Todoist."""
    async with oo.app.store.read() as unit:
        found = await unit.integrations.get((await oo.person("7")).person_id, TaskSource.TODOIST)
    assert found is not None
    return found


async def expect_rent_tip(oo: Scene, ann: Person, todoist: TodoistServer) -> Message:
    """Add a task about the rent to Todoist and ask for a tip; returns the tip about it."""
    todoist.add("Pay rent", due=date(2026, 11, 22), priority=4)
    tip = await expect_reply(ann, "/tip")
    assert tip.text == "Pay rent: it is due today."
    return tip
