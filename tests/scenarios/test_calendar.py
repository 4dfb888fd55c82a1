"""A person connects a calendar in the chat, lives with it, and ends it."""

from __future__ import annotations

import base64
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.screens import texts_calendar
from core.people.privacy import export
from core.people.tokens import make_token
from core.records import Scope
from jobs.relay import relay
from tests.bot.api.program import Client, api_of
from tests.scenarios.conftest import NINE, reaching, with_slack
from tests.scenarios.slack_talk import welcomed as welcomed_in_slack
from tests.scenarios.talking import expect_message_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene, scene
from tests.servers import local
from tests.servers.caldav import PASSWORD, USER, CalDavServer
from tests.servers.feeds import FeedServer, calendar
from tests.servers.slack import SlackServer
from tests.servers.telegram import Person, TelegramServer
from tests.stored import bytes_in

PRIVATE = "\ncalendar:\n  allow_private: true\n"
VAULT = {"OO_VAULT_KEYS": base64.b64encode(bytes(range(32))).decode()}
SECRET = "/s3cret-CANARY.ics"
STANDUP = "UID:1\nDTSTART:20261122T075500Z\nDTEND:20261122T084000Z\nSUMMARY:Stand <b>up</b> *now*"
LUNCH = "UID:2\nDTSTART:20261122T113000Z\nDURATION:PT1H\nSUMMARY:Lunch\nTRANSP:TRANSPARENT"
LATER = "UID:3\nDTSTART:20261122T120000Z\nDURATION:PT30M\nSUMMARY:Review"


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


async def lines(ann: Person, text: str) -> list[str]:
    return (await expect_reply(ann, text)).text.splitlines()


async def test_a_feed_from_connecting_to_disconnecting(oo: Scene, ann: Person, feeds: FeedServer) -> None:
    said = await expect_reply(ann, f"/connect calendar {feeds.at(SECRET)}")
    assert said.text.splitlines() == [
        "Your calendar Work is connected: 2 meetings in the next two weeks.",
        texts_calendar.CALENDAR_MEANS,
        "May I store the titles, too? Then /today shows them; without, it shows only the times.",
        "I deleted your message, because of what is in it.",
    ]
    assert len(ann.chat.deleted) == 1

    untitled = (await lines(ann, "/today"))[1]
    assert untitled == "Calendar: 8:55–9:40 busy · 12:30–13:30 an event · 13:00–13:30 busy"
    await expect_message_on_tap(ann, said, "Titles too")
    titled = (await lines(ann, "/today"))[1]
    assert titled == "Calendar: 8:55–9:40 Stand <b>up</b> *now* · 12:30–13:30 Lunch · 13:00–13:30 Review"
    assert "13:30 instead of 13:00 (a meeting until 13:30)" in (await lines(ann, "/plan"))[1]
    assert "Calendar (Work) connected" in await lines(ann, "/prefs")
    assert "Your calendar is connected (last read at 9:00)." in await lines(ann, "/connect")

    assert (await lines(ann, "/disconnect calendar"))[0].startswith("Your calendar is disconnected.")
    assert len(await lines(ann, "/today")) == 1
    assert (await lines(ann, "/disconnect calendar"))[0] == (
        "No such calendar is connected. /connect shows what is."
    )


async def test_neither_database_nor_export_nor_log_hold_the_address(
    oo: Scene, ann: Person, feeds: FeedServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await expect_reply(ann, f"/connect {feeds.at(SECRET).replace('http:', 'HTTP:')}")
    await oo.app.intake.wait_until_answered()
    assert b"CANARY" not in bytes_in(tmp_path)
    async with oo.app.store.read() as unit:
        (person_id,) = {one.person_id for one in await unit.integrations.all("calendar")}
        person = await unit.people.get(person_id)
    assert b"CANARY" not in await export(person, oo.app.deps)
    assert "CANARY" not in caplog.text


REFUSALS = [
    ("file:///etc/passwd", "I read calendars only from addresses that begin with https://,"),
    ("https://", "That is no address of a calendar."),
    ("https:///x.ics", "That is no address of a calendar."),
    ("{url}/nothing.ics", "There is nothing at that address."),
    ("{url}/page.html", "What is at that address is no calendar."),
    ("{url}/huge.ics", "What is at that address is larger than 10 MB."),
    ("{url}/bomb.ics", "What is at that address is larger than 10 MB."),
    ("{url}/loop.ics", "That address leads from one to the next without end."),
    ("{url}/away.ics", "That address leads on to one that I don't follow."),
    ("{url}/half.ics", "The calendar at that address breaks off in the middle."),
    ("{url}/rules.ics", "The events of that calendar repeat so often that I can't read it."),
    ("http://127.0.0.1:1/x.ics", "That server doesn't answer properly at the moment."),
    ("https://no-such-host.invalid/x.ics", "I can't find the server of that address."),
]


async def test_what_can_t_be_connected_is_said_and_nothing_is_stored(
    oo: Scene, ann: Person, feeds: FeedServer
) -> None:
    feeds.feeds |= {
        "/page.html": "<html>Please sign in</html>",
        "/half.ics": calendar(STANDUP)[:-30],
        "/rules.ics": calendar(
            *(f"UID:{n}\nDTSTART:20100101T000000Z\nRRULE:FREQ=DAILY;BYDAY=MO;COUNT=9999" for n in range(200))
        ),
    }
    feeds.redirects |= {"/loop.ics": "/loop.ics", "/away.ics": "file:///etc/passwd"}
    for address, said in REFUSALS:
        feeds.sent_bytes = 0
        answer = await lines(ann, f"/connect calendar {address.format(url=feeds.url)}")
        assert answer[0].startswith(said), address
        assert "I stored nothing." in answer
    assert await lines(ann, "/disconnect calendar") == [
        "No such calendar is connected. /connect shows what is."
    ]


async def test_the_ways_to_ask_for_help(oo: Scene, ann: Person) -> None:
    for words in ("calendar", "caldav", "caldav https://x.org/", "calendar a b c", "caldav a b c d"):
        assert (await lines(ann, f"/connect {words}"))[0].startswith("Which calendar?")
    for words in ("", " everything", " off"):
        assert await lines(ann, f"/disconnect{words}") == [
            "Nothing is connected. /connect shows what can be."
        ]
    assert (await lines(ann, "/connect"))[
        -1
    ] == "A calendar keeps me quiet in your meetings: /connect calendar"


async def test_without_a_vault_key_or_on_a_private_address_nothing_is_asked(
    tmp_path: Path, telegram: TelegramServer, feeds: FeedServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        answer = await lines(ann, f"/connect calendar {feeds.at(SECRET)}")
        assert answer[0].startswith("I can't keep the address of a calendar safe yet, so I stored nothing.")
    async with scene(tmp_path, NINE, **reaching(telegram), **VAULT):
        answer = await lines(ann, f"/connect calendar {feeds.at(SECRET)}")
        assert answer[0] == "That address is inside a private network, where I don't look."
    assert feeds.calls == []


async def test_a_caldav_account_with_its_tasks(oo: Scene, ann: Person, dav: CalDavServer) -> None:
    event = f"BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\n{STANDUP}\nEND:VEVENT"
    todo = (
        "BEGIN:VTODO\nUID:9\nDTSTAMP:20260101T000000Z\nSUMMARY:Pay rent\nDUE;VALUE=DATE:20261122\nEND:VTODO"
    )
    for name, body in (("e", event), ("t", todo)):
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{body}\nEND:VCALENDAR\n"
        dav.put(f"/{USER}/office/{name}.ics", text)
    asked = await lines(ann, f"/connect caldav {dav.url} {USER}")
    assert asked[0].startswith(f"What is the password of {USER}?")
    wrong = await lines(ann, "wrong password")
    assert wrong[0] == "The server doesn't let me in. Are the address, the user and the password right?"
    assert (await lines(ann, "another try"))[0] != wrong[0]  # the question is over
    await expect_reply(ann, f"/connect caldav {dav.url} {USER}")
    connected = await lines(ann, PASSWORD)
    assert connected[0] == "Your calendar office is connected: a meeting in the next two weeks."
    assert "Its tasks are on your list too. Done here means done there." in connected
    assert len(ann.chat.deleted) == 2

    said = await expect_reply(ann, "/today")
    assert "1. Pay rent" in said.text.splitlines()
    assert [one for one in await lines(ann, "/prefs") if "office" in one] == ["CalDAV (office) connected"]
    await expect_message_on_tap(ann, said, "Done 1")
    await relay(oo.app.deps, lambda kind, task, person: pytest.fail(kind))
    assert "STATUS:COMPLETED" in (dav.get(f"/{USER}/office/t.ics") or "")
    assert "caldav" in (await lines(ann, "/disconnect caldav"))[0].lower()


async def test_what_a_program_does_to_a_task_reaches_its_caldav_server(
    oo: Scene, ann: Person, dav: CalDavServer
) -> None:
    for name in ("rent", "cat"):
        todo = f"BEGIN:VTODO\nUID:{name}\nDTSTAMP:20260101T000000Z\nSUMMARY:{name}\nEND:VTODO"
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{todo}\nEND:VCALENDAR\n"
        dav.put(f"/{USER}/office/{name}.ics", text)
    await expect_reply(ann, f"/connect caldav {dav.url} {USER}")
    await expect_reply(ann, PASSWORD)
    person = await oo.person("7")
    made = await make_token(person, oo.app.deps, name="script", scopes=Scope)
    program = Client(api=api_of(oo.app.deps), secret=made.secret)
    states = {one["provider"]: one["token_status"] for one in await integrations(program)}
    assert (states["caldav_calendar"], states["calendar"]) == ("connected", "missing")
    await oo.tick("sync")
    paths = {one.title: f"/v1/tasks/{one.task_id}" for one in await oo.open_tasks(person)}

    change = {"title": "Pay rent", "due": {"date": "2026-11-25"}, "priority": 1}
    for _ in range(2):
        reply = await program.send("PATCH", paths["rent"], change, idempotency_key="change")
        assert reply.status == 200
    assert (await program.send("POST", f"{paths['rent']}/complete")).status == 200
    assert (await program.send("DELETE", paths["cat"])).status == 204
    oo.clock.move(hours=1)
    await relay(oo.app.deps, lambda kind, task, person: pytest.fail(kind))

    stored = dav.get(f"/{USER}/office/rent.ics") or ""
    assert "SUMMARY:Pay rent" in stored
    assert "DUE;VALUE=DATE:20261125" in stored
    assert "STATUS:COMPLETED" in stored
    assert dav.get(f"/{USER}/office/cat.ics") is None


async def integrations(program: Client) -> list[dict[str, str]]:
    found: list[dict[str, str]] = (await program.get("/v1/integrations")).json["integrations"]
    return found


async def test_a_feed_that_fails_later_says_so_and_the_copy_stays(
    oo: Scene, ann: Person, feeds: FeedServer
) -> None:
    await expect_reply(ann, f"/connect calendar {feeds.at(SECRET)}")
    feeds.faults.always(local.status(500))
    oo.clock.set("2026-11-22T08:20:00")
    await expect_reply(ann, "/plan")
    assert any("Calendar:" in line for line in await lines(ann, "/today"))


async def test_in_slack_the_password_is_typed_into_a_form(
    tmp_path: Path, slack: SlackServer, dav: CalDavServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, config=PRIVATE, **with_slack(slack), **VAULT) as oo:
        await slack.expect_connection()
        ann = await welcomed_in_slack(slack.user("U1"), await oo.owner_code())
        await ann.slash("/oo", f"connect caldav {dav.url} {USER}")
        asked = await ann.expect_message()
        assert asked.buttons == ["Type the password"]
        await ann.tap(asked, "Type the password")
        await ann.submit_view(await ann.expect_view(), {"answer": PASSWORD})
        said = (await ann.expect_message()).text
        assert "is connected" in said
        assert "still in this chat" not in said
