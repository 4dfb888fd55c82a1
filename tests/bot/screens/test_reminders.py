"""What reminders look like: hostile titles, late ones, the line of a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.screens import reminders as screen
from bot.screens.markup import say
from core.delivery.send import fixed
from core.records import Decision
from core.tasks.reminders import next_reminder
from tests.core.reminders import asked, rings_at, rung
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore

HOSTILE = [
    "<b>bold</b> <script>",
    "**bold** _italic_ `code` {title} {when}",
    "{0} %s {remark!r}",
    "> small\nnext line",
    "x" * 299,
    "🦄" * 100,
    "\u202etxet desrever\u202c",
    "<!channel> <@U1>",
    "done 1",
    "@ reminder:x@2027",
    "‮" * 20 + "a",
]


async def decision_for(*titles: str) -> tuple[Scene, Decision]:
    here = scene(FakeStore())
    await here.person()
    for title in titles:
        await asked(here, title, "2027-06-14 15:00")
    await rings_at(here, "2027-06-14 15:00")
    return here, (await rung(here))[0]


@pytest.mark.parametrize("title", HOSTILE)
async def test_a_hostile_title_is_shown_as_it_is_and_styles_nothing(title: str) -> None:
    here, decision = await decision_for(title)
    message = screen.ring(decision, await here.stored())
    assert len(message.lines) == 2
    assert message.lines[0].text.rstrip("…")[:100] == " ".join(title.split())[:100]
    assert message.lines[1].text == "You asked me to remind you."


async def test_a_list_of_hostile_titles_has_one_line_each() -> None:
    here, decision = await decision_for(*HOSTILE[:7])
    message = screen.rings(decision, await here.stored())
    assert len(message.lines) == 1 + 7
    assert [row[0].label for row in message.buttons] == ["Done 1", "Done 4", "Done 7"]


async def test_the_card_says_when_the_next_reminder_comes() -> None:
    here = scene(FakeStore())
    person = await here.person()
    task = await asked(here, "Call Ann", "2027-06-14 15:00")
    async with here.deps.store.read() as unit:
        reminder = await next_reminder(unit, task.task_id)
    said = screen.card_line(reminder, person, here.clock.now())
    assert said
    assert said.lines == say("I'll remind you at 15:00.").lines
    await rings_at(here, "2027-06-14 15:00")
    async with here.deps.store.read() as unit:
        assert await next_reminder(unit, task.task_id) is None
    assert screen.card_line(None, person, here.clock.now()) is None


async def test_a_reminder_whose_time_passed_before_the_answer_is_not_said_to_be_in_quiet_hours() -> None:
    here = scene(FakeStore())
    person = await here.person()
    task = await asked(here, "Call Ann", "2027-06-14 15:00")
    async with here.deps.store.read() as unit:
        reminder = await next_reminder(unit, task.task_id)
    assert reminder is not None
    in_the_morning = datetime(2027, 6, 15, 5, 0, tzinfo=UTC)  # 7:00 in Berlin
    held_back = replace(reminder, next_at=in_the_morning)

    asked_before = screen.promised(task, held_back, person, datetime(2027, 6, 14, 12, 59, tzinfo=UTC))
    assert "That would be" in asked_before.lines[1].text
    for now in (datetime(2027, 6, 14, 13, 0, tzinfo=UTC), datetime(2027, 6, 14, 21, 0, tzinfo=UTC)):
        answer = screen.promised(task, held_back, person, now)
        assert [line.text for line in answer.lines] == ["I'll remind you tomorrow at 7:00: Call Ann."]


async def test_a_message_that_is_fixed_is_that_message() -> None:
    here, decision = await decision_for("Call Ann")
    message = screen.ring(decision, await here.stored())
    assert fixed(message)(decision, await here.stored()) is message
