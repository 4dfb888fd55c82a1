"""Calendars in people's own words, the question for a password, and what is stored for how long."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from core.people.privacy import export
from jobs.sync_calendars import sync_calendars
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply, welcomed
from tests.scenarios.test_calendar import (
    LATER,
    LUNCH,
    PRIVATE,
    SECRET,
    STANDUP,
    VAULT,
    lines,
)
from tests.scenarios.world import Scene, scene
from tests.servers import local
from tests.servers.caldav import PASSWORD, USER, CalDavServer
from tests.servers.feeds import FeedServer, calendar
from tests.servers.telegram import Person, TelegramServer
from tests.stored import bytes_in


@pytest_asyncio.fixture
async def feeds() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        server.feeds[SECRET] = calendar(STANDUP, LUNCH, LATER, name="Work")
        yield server


@pytest_asyncio.fixture
async def dav(tmp_path: Path) -> AsyncIterator[CalDavServer]:
    (tmp_path / "dav").mkdir()
    async with CalDavServer(tmp_path / "dav") as server:
        server.add_calendar("office")
        yield server


@pytest_asyncio.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    async with scene(tmp_path, NINE, config=PRIVATE, **reaching(telegram), **VAULT) as running:
        yield running


async def secrets_in(oo: Scene) -> list[str]:
    """The names of what the vault keeps."""
    async with oo.app.store.read() as unit:
        return [one.provider for one in await unit.secrets.all()]


async def run_job(oo: Scene) -> None:
    await sync_calendars(oo.app.deps, lambda integration, person: pytest.fail("a notice"))


# --- Words -------------------------------------------------------------------------------------------------


async def test_the_wish_to_connect_is_answered_with_how_to(oo: Scene, ann: Person) -> None:
    for words in (
        "connect my calendar",
        "Kalender verbinden",
        "connecte mon calendrier",
        "conecta mi calendario",
    ):
        assert (await lines(ann, words))[0].startswith("Which calendar?"), words
    assert (await lines(ann, "connect todoist"))[0].startswith("Todoist is not connected")


async def test_the_address_alone_connects_and_is_deleted_from_the_chat(
    oo: Scene, ann: Person, feeds: FeedServer
) -> None:
    assert (await lines(ann, feeds.at(SECRET)))[0].startswith("Your calendar Work is connected")
    assert len(ann.chat.deleted) == 1


async def test_in_another_language_its_own_word_names_the_calendar(
    oo: Scene, ann: Person, feeds: FeedServer
) -> None:
    await expect_reply(ann, "/language de")
    connected = await lines(ann, f"/connect Kalender {feeds.at(SECRET)}")
    assert connected[0].startswith("Dein Kalender")
    assert "Kalender (Work) verbunden" in await lines(ann, "/prefs")
    assert "getrennt" in (await lines(ann, "/disconnect kalender"))[0]
    await expect_reply(ann, "/language fr")
    for word in ("agenda", "calendrier", "Calendar"):
        await expect_reply(ann, f"/connect {word} {feeds.at(SECRET)}")
        assert await secrets_in(oo) == ["calendar"]
        await expect_reply(ann, f"/disconnect {word}")
        assert await secrets_in(oo) == []


async def test_an_address_among_words_that_make_no_sense_is_deleted_as_well(oo: Scene, ann: Person) -> None:
    said = await lines(ann, "/connect my calendar https://example.org/s3cret.ics")
    assert said[0].startswith("Which calendar?")
    assert said[-1] == "I deleted your message, because of what is in it."
    assert len(ann.chat.deleted) == 1


async def test_disconnecting_without_a_name_asks_which(
    oo: Scene, ann: Person, feeds: FeedServer, dav: CalDavServer
) -> None:
    await expect_reply(ann, f"/connect {feeds.at(SECRET)}")
    await expect_reply(ann, f"/connect caldav {dav.url} {USER}")
    await expect_reply(ann, PASSWORD)
    asked = await expect_reply(ann, "/disconnect")
    assert asked.text == "What shall I disconnect?"
    assert asked.labels == ["CalDAV", "Calendar"]
    assert (await expect_edit_on_tap(ann, asked, "CalDAV")).text.startswith(
        "Your CalDAV calendar is disconnected"
    )
    asked = await expect_reply(ann, "/disconnect everything")
    assert asked.labels == ["Calendar"]
    await expect_edit_on_tap(ann, asked, "Calendar")
    assert await secrets_in(oo) == []


async def test_when_oo_writes_next_knows_of_meetings(oo: Scene, ann: Person, feeds: FeedServer) -> None:
    await expect_reply(ann, f"/connect {feeds.at(SECRET)}")  # a meeting until 9:40, and one at 13:00
    oo.clock.set("2026-11-22T08:05:00")
    assert "Status next: today 9:40" in await lines(ann, "/prefs")
    assert "9:40" in (await lines(ann, "/resume"))[-1]
    oo.clock.set("2026-11-22T08:45:00")
    assert "Status next: today 13:30" in await lines(ann, "/prefs")
    assert "today 13:30" in (await expect_reply(ann, "/whynot")).text


# --- The question for a password ---------------------------------------------------------------------------


async def test_a_login_without_a_password_is_kept_for_minutes(
    oo: Scene, ann: Person, dav: CalDavServer
) -> None:
    await expect_reply(ann, f"/connect caldav {dav.url} {USER}")
    assert await secrets_in(oo) == ["caldav_calendar.pending"]
    oo.clock.move(minutes=11)
    said = await lines(ann, PASSWORD)
    assert said == [
        "That took too long, so I forgot the address. Please begin again: /connect caldav",
        "I deleted your message, because of what is in it.",
    ]
    assert await secrets_in(oo) == []


async def test_nobody_s_answer_is_waited_for_longer_be_there_a_restart_or_not(
    tmp_path: Path, telegram: TelegramServer, dav: CalDavServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, config=PRIVATE, **reaching(telegram), **VAULT) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, f"/connect caldav {dav.url} {USER}")
        await run_job(oo)
        assert await secrets_in(oo) == ["caldav_calendar.pending"]
    later = "2026-11-22T08:11:00"
    async with scene(tmp_path, later, config=PRIVATE, **reaching(telegram), **VAULT) as oo:
        await run_job(oo)
        assert await secrets_in(oo) == []


# --- Purposes, and the end ---------------------------------------------------------------------------------


async def test_titles_are_switched_on_and_off_in_privacy_at_once(
    oo: Scene, ann: Person, feeds: FeedServer
) -> None:
    await expect_reply(ann, f"/connect {feeds.at(SECRET)}")
    said = await expect_message_on_tap(ann, await expect_reply(ann, "/privacy"), "Keep titles")
    assert said.text.startswith("Fine, the titles, too.")
    assert "Lunch" in (await lines(ann, "/today"))[1]
    await expect_edit_on_tap(ann, await expect_reply(ann, "/privacy"), "Forget titles")
    assert "Lunch" not in (await lines(ann, "/today"))[1]
    feeds.faults.always(local.status(500))
    said = await expect_message_on_tap(ann, await expect_reply(ann, "/privacy"), "Keep titles")
    assert said.text.startswith("Fine, the titles, too. I can't read your calendar at the moment")
    assert "Lunch" not in (await lines(ann, "/today"))[1]


async def test_the_export_has_events_but_no_secret_and_deleting_leaves_nothing(
    oo: Scene, ann: Person, feeds: FeedServer, dav: CalDavServer, tmp_path: Path
) -> None:
    said = await expect_reply(ann, f"/connect {feeds.at(SECRET)}")
    await expect_message_on_tap(ann, said, "Titles too")
    await expect_reply(ann, f"/connect caldav {dav.url} {USER}")
    await expect_reply(ann, PASSWORD)
    async with oo.app.store.read() as unit:
        (one,) = await unit.integrations.all("calendar")
        person = await unit.people.get(one.person_id)
    exported = await export(person, oo.app.deps)
    tables = json.loads(exported)["tables"]
    assert {row["title"] for row in tables["calendar_events"]} >= {"Lunch", "Review"}
    assert {row["provider"] for row in tables["integrations"]} == {"calendar", "caldav", "caldav_calendar"}
    for secret in ("CANARY", PASSWORD, dav.url, feeds.url):
        assert secret.encode() not in exported
    await expect_edit_on_tap(ann, await expect_reply(ann, "/delete"), "Delete everything")
    async with oo.app.store.read() as unit:
        assert not any((await unit.people.everything(person.person_id)).values())
    assert await secrets_in(oo) == []
    for text in ("Lunch", "CANARY", PASSWORD):
        assert text.encode() not in bytes_in(tmp_path)


async def test_what_becomes_of_tasks_from_caldav_is_asked_before_it_is_disconnected(
    oo: Scene, ann: Person, dav: CalDavServer
) -> None:
    for number, title in enumerate(("Pay rent", "Call mum")):
        todo = f"BEGIN:VTODO\nUID:t{number}\nDTSTAMP:20261101T000000Z\nSUMMARY:{title}\nEND:VTODO\n"
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{todo}END:VCALENDAR\n"
        dav.put(f"/{USER}/office/t{number}.ics", text)
    await expect_reply(ann, f"/connect caldav {dav.url} {USER}")
    await expect_reply(ann, PASSWORD)
    await expect_reply(ann, "/tasks")

    asked = await expect_reply(ann, "/disconnect caldav")
    assert "2 open tasks" in asked.text
    assert asked.labels == ["Keep here", "Remove here", "Stay connected"]
    assert "stays" in (await expect_edit_on_tap(ann, asked, "Stay connected")).text
    assert await secrets_in(oo) == ["caldav_calendar"]

    asked = await expect_reply(ann, "disconnect my calendar")
    assert "still on your list" in (await expect_edit_on_tap(ann, asked, "Keep here")).text
    assert await secrets_in(oo) == []
    kept = await oo.open_tasks(await oo.person("7"))
    assert sorted((task.title, task.source.value) for task in kept) == [
        ("Call mum", "oo"),
        ("Pay rent", "oo"),
    ]
