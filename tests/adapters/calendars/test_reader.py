"""Feeds and CalDAV accounts become the same copies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from adapters.calendars import Calendars, CalendarServers
from core.errors import CalendarUnusable, SourceDisconnected
from core.records import CalendarCopy, CalendarLogin, CalendarProvider, FeedVersion
from tests.servers import local
from tests.servers.caldav import PASSWORD, USER, CalDavServer
from tests.servers.feeds import FeedServer, calendar

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
MEETING = "UID:1\nDTSTAMP:20260101T000000Z\nDTSTART:20261130T090000Z\nDURATION:PT1H\nSUMMARY:Standup"
CALENDARS = Calendars(CalendarServers(allow_private=True))


async def read(login: CalendarLogin, provider: CalendarProvider, **changed: Any) -> CalendarCopy | None:
    usual: dict[str, Any] = {"titles": True, "zone": ZoneInfo("Europe/Berlin")}
    return await CALENDARS.read(
        provider, login, start=NOW, end=NOW + timedelta(days=14), **{**usual, **changed}
    )


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as feeds:
        feeds.feeds["/a.ics"] = calendar(MEETING, name="Work")
        yield feeds


async def feed(url: str, **changed: Any) -> CalendarCopy | None:
    return await read(CalendarLogin(url=url), CalendarProvider.FEED, **changed)


async def test_a_feed_that_has_not_changed_is_not_read_again(server: FeedServer) -> None:
    first = await feed(server.at("/a.ics"))
    assert first is not None
    assert (first.name, [one.title for one in first.events]) == ("Work", ["Standup"])
    assert first.version.etag is not None
    assert await feed(server.at("/a.ics"), known=first.version) is None
    server.feeds["/a.ics"] = calendar(name="Work")
    changed = await feed(server.at("/a.ics"), known=first.version)
    assert changed is not None
    assert changed.events == ()


async def test_the_date_of_the_last_change_is_given_back_as_it_came(server: FeedServer) -> None:
    server.last_modified = NOW
    first = await feed(server.at("/a.ics"))
    assert first is not None
    await feed(server.at("/a.ics"), known=first.version)
    assert server.calls[-1].headers["If-Modified-Since"] == first.version.last_modified


async def test_hostile_versions_are_cut(server: FeedServer) -> None:
    assert await feed(server.at("/a.ics"), known=FeedVersion(etag='"x"', last_modified="never")) is not None


async def test_a_page_to_look_at_is_no_calendar(server: FeedServer) -> None:
    server.feeds["/page.ics"] = "<!DOCTYPE html><html><body>Please sign in</body></html>"
    for path in ("/page.ics",):
        with pytest.raises(CalendarUnusable) as refused:
            await feed(server.at(path))
        assert refused.value.reason == "not_a_calendar"


async def test_a_user_in_the_address_is_sent_as_a_login(server: FeedServer) -> None:
    await feed(server.at("/a.ics").replace("://", "://ann:secret@"))
    assert server.calls[0].headers["Authorization"].startswith("Basic ")


def account(dav: CalDavServer, **changed: Any) -> CalendarLogin:
    return CalendarLogin(**{"url": dav.url, "login_name": USER, "password": PASSWORD, **changed})


@pytest.mark.parametrize("path", ["", "/", f"/{USER}/", f"/{USER}/office/"])
async def test_an_account_is_found_from_server_principal_or_calendar(dav: CalDavServer, path: str) -> None:
    dav.put(f"/{USER}/office/1.ics", calendar(MEETING))
    copy = await read(account(dav, url=dav.url + path), CalendarProvider.CALDAV)
    assert copy is not None
    assert [one.title for one in copy.events] == ["Standup"]


async def test_only_the_wanted_days_of_an_account_are_asked_for(dav: CalDavServer) -> None:
    dav.put(f"/{USER}/office/1.ics", calendar(MEETING))
    dav.put(f"/{USER}/home/2.ics", calendar(MEETING.replace("UID:1", "UID:2").replace("1130", "1205")))
    dav.put(
        f"/{USER}/home/3.ics", calendar(MEETING.replace("UID:1", "UID:3").replace("20261130", "20200101"))
    )
    copy = await read(account(dav), CalendarProvider.CALDAV)
    assert copy is not None
    assert [one.starts_at.day for one in copy.events] == [30, 5]
    assert b"20261129T120000Z" in dav.calls_of("REPORT")[0].body


async def test_a_wrong_password_is_a_refusal(dav: CalDavServer) -> None:
    with pytest.raises(SourceDisconnected):
        await read(account(dav, password="wrong"), CalendarProvider.CALDAV)


async def test_one_resource_that_can_t_be_read_costs_no_other(dav: CalDavServer) -> None:
    dav.put(f"/{USER}/office/1.ics", calendar(MEETING))
    copy = await read(account(dav), CalendarProvider.CALDAV)
    assert copy is not None
    answer = f"""<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{
        "".join(
            f"<d:response><d:href>/{USER}/office/{n}.ics</d:href><d:propstat><d:prop><c:calendar-data>{data}"
            "</c:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
            for n, data in enumerate((calendar(MEETING), "nonsense", calendar(MEETING)[:-30]))
        )
    }</d:multistatus>"""
    dav.faults.always(local.status(207, body=answer, content_type="application/xml"), on="REPORT /ann/office")
    odd = await read(account(dav), CalendarProvider.CALDAV)
    assert odd is not None
    assert (odd.events, odd.left_out) == (copy.events, 2)


async def test_the_rules_of_an_account_share_one_budget(dav: CalDavServer) -> None:
    bomb = "UID:{n}\nDTSTAMP:20260101T000000Z\nDTSTART:20100101T000000Z\nDURATION:PT1H\n"
    bomb += "RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=300"  # the server expands it too
    for n in range(60):
        dav.put(f"/{USER}/office/{n}.ics", calendar(bomb.format(n=n)))
    with pytest.raises(CalendarUnusable) as refused:
        await read(account(dav), CalendarProvider.CALDAV)
    assert refused.value.reason == "repeats_too_often"
