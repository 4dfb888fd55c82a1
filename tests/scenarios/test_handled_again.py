"""An update that a kill has cut off is handled again, perhaps hours later: it changes nothing that it has
changed already, and its words mean what they meant when they were said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from adapters.storage import tables
from adapters.telegram.parse import parse_update
from core.records import SnoozeState, TaskState
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person, Update

CHANGED = ("tasks", "reminders", "snoozes", "people")
ADDED = (
    "remind me in 20 minutes to drink water",
    "remind me in 5 hours to drink water and in 6 hours to eat",
    "remind me tomorrow at 3am to look at the moon",
    "/add Pay rent tomorrow 9am p1",
    "/add Pay rent tonight",
    "Water the plants every day at 20:00",
    "buy milk today and call Bob in an hour",
    "remind me to call Eve",
)


async def said(oo: Scene, ann: Person, text: str, reply_to: Message | None = None) -> tuple[Update, datetime]:
    """What Ann types, and when."""
    return await ann.send(text, reply_to=reply_to), oo.clock.now()


async def handle_again(oo: Scene, update: Update, at: datetime) -> None:
    """As after a kill between the answer and the mark that it was given."""
    parsed = parse_update(update.body, at)
    assert parsed is not None
    await oo.app.router.handle(parsed)


async def stored(oo: Scene) -> dict[str, list[tuple[object, ...]]]:
    """All that the update may have changed."""
    async with oo.app.store.read() as unit:
        return {
            name: [tuple(row) for row in await unit.session.rows(select(tables.metadata.tables[name]))]
            for name in CHANGED
        }


@pytest.mark.parametrize("text", ADDED)
async def test_what_was_added_is_answered_again_and_not_changed(oo: Scene, ann: Person, text: str) -> None:
    update, at = await said(oo, ann, text)
    first, before = await ann.expect_message(), await stored(oo)

    oo.clock.move(minutes=15)
    await handle_again(oo, update, at)

    assert (await ann.expect_message()).text == first.text
    assert await stored(oo) == before


async def test_what_was_done_or_undone_since_stays_so(oo: Scene, ann: Person) -> None:
    update, at = await said(oo, ann, "/add Pay rent")
    await expect_edit_on_tap(ann, await ann.expect_message(), "Undo")
    other, later = await said(oo, ann, "/add Feed the cat")
    await ann.expect_message()
    await expect_reply(ann, "done with the cat")

    oo.clock.move(hours=3)
    await handle_again(oo, update, at)
    await handle_again(oo, other, later)

    assert await oo.open_tasks(await oo.person("7")) == []


async def test_a_reminder_that_has_rung_does_not_ring_again(oo: Scene, ann: Person) -> None:
    update, at = await said(oo, ann, "remind me in 20 minutes to drink water")
    await ann.expect_message()
    oo.clock.move(minutes=21)
    await oo.tick("remind")
    assert "drink water" in (await ann.expect_message()).text

    await handle_again(oo, update, at)
    await ann.expect_message()
    sent = len(ann.chat.messages)
    oo.clock.move(minutes=21)
    await oo.tick("remind")

    assert len(ann.chat.messages) == sent


@pytest.mark.parametrize("words", ["in two hours", "tomorrow at 9"])
async def test_a_tip_is_snoozed_until_the_same_time(oo: Scene, ann: Person, tip: Message, words: str) -> None:
    update, at = await said(oo, ann, words, reply_to=tip)
    await ann.expect_message()
    async with oo.app.store.read() as unit:
        [before] = await unit.snoozes.waiting((await oo.person("7")).person_id)

    oo.clock.move(minutes=50)
    await handle_again(oo, update, at)

    async with oo.app.store.read() as unit:
        [after] = await unit.snoozes.waiting((await oo.person("7")).person_id)
    assert after.until == before.until
    assert after.state is SnoozeState.WAITING
    assert tip.labels == ["Undo"]


async def test_a_pause_ends_when_it_was_to_end(oo: Scene, ann: Person) -> None:
    update, at = await said(oo, ann, "/pause 5 hours")
    await ann.expect_message()
    before = (await oo.person("7")).paused_until

    oo.clock.move(hours=2)
    await handle_again(oo, update, at)

    assert (await oo.person("7")).paused_until == before


# --- What waited before it was first handled ---------------------------------------------------------------


async def test_tomorrow_is_the_day_after_it_was_said(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-22T22:59:00")  # a minute before midnight in Berlin
    await oo.app.intake.stop(0)
    update, at = await said(oo, ann, "/add Pay rent tomorrow 9am")
    oo.clock.move(hours=9)

    await handle_again(oo, update, at)

    [task] = await oo.open_tasks(await oo.person("7"))
    assert task.due is not None
    assert f"{task.due.on} {task.due.at}" == "2026-11-23 09:00:00"


async def test_a_reminder_whose_time_passed_while_its_request_waited_rings_at_once(
    oo: Scene, ann: Person
) -> None:
    await oo.app.intake.stop(0)
    update, at = await said(oo, ann, "remind me in 20 minutes to drink water")
    oo.clock.move(hours=2)

    await handle_again(oo, update, at)
    await ann.expect_message()
    await oo.tick("remind")

    assert "drink water" in (await ann.expect_message()).text
    [task] = await oo.open_tasks(await oo.person("7"))
    assert task.state is TaskState.OPEN


async def test_a_tap_that_later_ones_have_passed_changes_nothing_any_more(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")
    tapped_at, tap = oo.clock.now(), await ann.tap(tip, "Done")
    await ann.expect_edit(tip)
    oo.clock.move(minutes=1)
    await expect_edit_on_tap(ann, tip, "Undo")
    parsed = parse_update(tap.update.body, tapped_at)
    assert parsed is not None

    for received_at in (tapped_at, oo.clock.now() + timedelta(minutes=1)):  # or the clock was set back since
        await oo.app.router.handle_passed(replace(parsed, received_at=received_at))
        [task] = await oo.open_tasks(await oo.person("7"))
        assert task.title == "Pay rent", "not done again, as it was undone since"
    await oo.app.intake.stop(0)
    oo.clock.move(minutes=1)
    latest = parse_update((await ann.tap(tip, "Done")).update.body, oo.clock.now())
    assert latest is not None
    await oo.app.router.handle_passed(latest)
    assert await oo.open_tasks(await oo.person("7")) == []


async def test_a_tap_that_was_passed_shows_what_its_message_missed(oo: Scene, ann: Person) -> None:
    """The process died after the store had the new buttons and before the platform: the message still shows
    the old ones, and a tap on these is that tap.
    """
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")
    tapped_at, tap = oo.clock.now(), await ann.tap(tip, "Snooze")
    await ann.expect_edit(tip)
    parsed = parse_update(tap.update.body, tapped_at)
    assert parsed is not None
    await oo.app.router.handle_passed(parsed)
    await ann.expect_edit(tip)
    assert [*tip.labels] == ["Done", "Snooze", "Dismiss"]
