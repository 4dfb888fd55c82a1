"""A task of Todoist's lived through on each channel, with a restart before each step, as Todoist saw it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios import slack_talk, talking
from tests.scenarios.conftest import NINE, reaching, with_slack, with_todoist
from tests.scenarios.oo import place
from tests.scenarios.world import Scene, scene
from tests.servers.local import Faults, close, hang, status
from tests.servers.slack import SlackServer
from tests.servers.telegram import TelegramServer
from tests.servers.todoist import TodoistServer

pytestmark = pytest.mark.usefixtures("cached_certificates")

CHANGES = r"^(POST|DELETE) (?!.*/sync$)"
STEPS = "Collect receipts\nFill in the form"


@dataclass(slots=True, kw_only=True)
class Life:
    """Ann talks to an oO that is started for each step. The relay and the sync run after it."""

    folder: Path
    environment: dict[str, str]
    talk: Any
    """The module with the helpers of the channel."""
    ann: Any
    ready: Callable[[], Any]
    now: datetime

    @asynccontextmanager
    async def oo(self, minutes: int) -> AsyncIterator[Scene]:
        """A started oO; ``minutes`` pass before it stops."""
        async with scene(self.folder, self.now.isoformat(), **self.environment) as running:
            await self.ready()
            yield running
            for _ in range(minutes):
                running.clock.move(minutes=1)
                await running.tick("relay", "sync")
            self.now = running.clock.now().replace(tzinfo=None)

    async def said(self, text: str, *, minutes: int = 3) -> Any:
        """Ann writes ``text``; returns the answer."""
        async with self.oo(minutes):
            return await self.talk.expect_reply(self.ann, text)

    async def tapped(self, message: Any, *labels: str, minutes: int = 3) -> Any:
        """Ann taps these buttons of ``message`` one after another; returns the edited message."""
        async with self.oo(minutes):
            for label in labels:
                await self.talk.expect_edit_on_tap(self.ann, message, label)
            return message

    async def passes(self, *, minutes: int) -> None:
        async with self.oo(minutes):
            return


async def nothing() -> None:
    return


@pytest.fixture(params=["telegram", "slack"])
async def life(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    telegram: TelegramServer,
    slack: SlackServer,
    todoist: TodoistServer,
) -> Life:
    now = datetime.fromisoformat(NINE)
    if request.param == "telegram":
        environment = {**reaching(telegram), **with_todoist(todoist)}
        made = Life(folder=tmp_path, environment=environment, talk=talking, ann=telegram.user(7, "Ann"),
                    ready=nothing, now=now)  # fmt: skip
        async with made.oo(0) as oo:
            await talking.welcomed(oo, made.ann)
        return made
    environment = {**with_slack(slack), **with_todoist(todoist)}
    made = Life(folder=tmp_path, environment=environment, talk=slack_talk, ann=slack.user("U1", name="Ann"),
                ready=slack.expect_connection, now=now)  # fmt: skip
    async with made.oo(0) as oo:
        await slack_talk.welcomed(made.ann, await oo.owner_code())
    return made


def changes(todoist: TodoistServer) -> list[tuple[str, Any]]:
    """What Todoist was asked to change: each request once, with its fields."""
    seen: dict[str, tuple[str, Any]] = {}
    for call in todoist.calls:
        if re.match(CHANGES, call.name):
            headers = {name.lower(): value for name, value in call.headers.items()}
            key = headers.get("x-request-id") or str(call.json)
            what = call.path.removeprefix("/api/v1/tasks").partition("/")[2].partition("/")[2]
            seen[key] = (f"{call.method} {what}".strip(), call.json if call.body else None)
    return list(seen.values())


WEATHER: dict[str, Callable[[Faults], None]] = {
    "calm": lambda faults: None,
    "lost": lambda faults: faults.plan(close, on=CHANGES, late=True),
    "failing": lambda faults: faults.plan(status(500), on=CHANGES, times=2),
    "busy": lambda faults: faults.plan(status(429, Retry_After="90"), on=CHANGES),
}


@pytest.mark.parametrize("weather", WEATHER)
async def test_a_task_lived_through(life: Life, todoist: TodoistServer, weather: str) -> None:
    there = todoist.add("Tax declaration", due=date(2026, 11, 24), priority=3)
    trouble = WEATHER[weather]

    async def said(text: str, *, minutes: int = 6) -> Any:
        trouble(todoist.faults)
        return await life.said(text, minutes=minutes)

    shown = await life.said("tasks" if life.talk is slack_talk else "/tasks")
    assert "Tax declaration" in shown.text
    await said("the tax declaration takes 2 hours")
    await said("move the tax declaration to friday")
    await said("rename tax declaration to Taxes 2025")
    await said("label taxes 2025 with #home")
    assert (there.content, there.labels) == ("Taxes 2025", ["home"])
    assert there.due is not None
    assert there.duration is not None
    assert (there.due.date, there.duration.amount) == ("2026-11-27", 120)
    assert changes(todoist) == [
        ("POST", {"duration": 120, "duration_unit": "minute"}),
        ("POST", {"due_date": "2026-11-27"}),
        ("POST", {"content": "Taxes 2025"}),
        ("POST", {"labels": ["home"]}),
    ]

    await life.said("break down taxes 2025")
    await life.said(STEPS)
    tip = await life.said("tip" if life.talk is slack_talk else "/tip")
    assert "Collect receipts" in tip.text
    await life.tapped(tip, "Done")
    assert len(changes(todoist)) == 4  # the steps are oO's own

    await said("done with taxes 2025")
    assert there.checked
    await said("undo")
    assert not there.checked

    removed = await said("remove taxes 2025", minutes=5)
    await life.tapped(removed, "Undo", minutes=20)
    assert not there.is_deleted
    trouble(todoist.faults)
    removed = await said("remove taxes 2025", minutes=20)
    assert there.is_deleted
    trouble(todoist.faults)
    await life.tapped(removed, "Undo", minutes=8)

    asked = [name for name, _ in changes(todoist)[4:]]
    assert asked == ["POST close", "POST reopen", "DELETE", "POST"]
    _, again = todoist.tasks.values()
    assert (again.content, again.labels, again.is_active) == ("Taxes 2025", ["home"], True)
    assert (again.due and again.due.date, again.duration and again.duration.amount) == ("2026-11-27", 120)
    tip = await life.said("tip" if life.talk is slack_talk else "/tip")
    assert "Fill in the form" in tip.text


async def test_an_hour_without_todoist_loses_nothing_and_sends_nothing_twice(
    life: Life, todoist: TodoistServer
) -> None:
    there, other = todoist.add("Pay rent", due=date(2026, 11, 24)), todoist.add("Water the ferns")
    await life.said("tasks" if life.talk is slack_talk else "/tasks")
    await todoist.stop()
    await life.said("move rent to friday", minutes=15)
    await life.said("rename pay rent to Pay the landlord", minutes=15)
    removed = await life.said("remove the ferns", minutes=15)
    await life.said("make landlord p1", minutes=15)
    await life.tapped(removed, "Undo", minutes=1)
    await life.said("done with the ferns", minutes=1)
    await todoist.start()
    await life.passes(minutes=5)

    assert there.due is not None
    assert (there.content, there.due.date, there.priority) == ("Pay the landlord", "2026-11-27", 4)
    assert (other.is_deleted, other.checked) == (False, True)
    assert changes(todoist) == [
        ("POST", {"due_date": "2026-11-27"}),
        ("POST", {"content": "Pay the landlord"}),
        ("POST", {"priority": 4}),
        ("POST close", None),
    ]


async def test_a_task_lived_through_in_the_terminal(tmp_path: Path, todoist: TodoistServer) -> None:
    """A chat of a few lines is over within a second: it tells Todoist before it ends."""
    there = todoist.add("Tax declaration", due=date(2030, 11, 24), priority=3)
    here = place(tmp_path, **with_todoist(todoist))

    async def typed(*lines: str) -> str:
        chat = await here.run("chat", typed="".join(f"{line}\n" for line in lines))
        assert (chat.code, chat.err) == (0, "")
        return chat.out

    await typed("/start", "1", "/timezone Berlin")
    await typed(
        "/tasks", "the tax declaration takes 2 hours", "rename tax declaration to Taxes", "make taxes p1"
    )
    await typed("move taxes to 24 december 2030", "label taxes with #home")
    assert there.due is not None
    assert there.duration is not None
    assert (there.content, there.priority, there.labels) == ("Taxes", 4, ["home"])
    assert (there.due.date, there.duration.amount) == ("2030-12-24", 120)
    await typed("undo", "break down taxes", "Collect receipts")
    assert there.labels == []
    tip = await typed("/tip", "1")
    assert "Collect receipts" in tip
    await typed("done with taxes")
    assert there.checked
    await typed("undo")
    assert not there.checked
    await typed("remove taxes")
    assert "Taxes is on your list again." in await typed("undo")
    assert "Taxes" in await typed("/tasks")
    assert there.is_active
    assert [name for name, _ in changes(todoist)] == [*["POST"] * 6, "POST close", "POST reopen"]


async def test_a_chat_ends_although_todoist_does_not_answer(tmp_path: Path, todoist: TodoistServer) -> None:
    there = todoist.add("Tax declaration")
    here = place(tmp_path, **with_todoist(todoist))
    await here.run("chat", typed="/start\n1\n/timezone Berlin\n/tasks\n")
    todoist.faults.plan(hang, on="^POST ")

    chat = await here.run("chat", typed="rename tax declaration to Taxes\n")
    assert (chat.code, chat.err) == (0, "")
    assert there.content == "Tax declaration"
