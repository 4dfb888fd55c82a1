"""Answers of CalDAV servers that are odd or hostile."""

from __future__ import annotations

import pytest

from adapters.calendars.dav import Dav, parsed
from adapters.calendars.fetch import Fetcher
from core.errors import CalendarUnusable, SourceUnavailable
from core.records import CalendarLogin
from tests.servers import local
from tests.servers.caldav import PASSWORD, USER, CalDavServer

BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<d:multistatus xmlns:d="DAV:">&b;</d:multistatus>"""

MULTI = '<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{body}</d:multistatus>'
FOREIGN = MULTI.format(
    body="<d:response><d:href>http://evil.example/x/</d:href><d:propstat><d:prop><d:resourcetype>"
    "<c:calendar/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
)


def account(dav: CalDavServer) -> Dav:
    login = CalendarLogin(url=dav.url, login_name=USER, password=PASSWORD)
    return Dav(login, Fetcher(allow_private=True))


async def test_calendars_have_names_and_components(dav: CalDavServer) -> None:
    dav.add_calendar("todo", components=("VTODO",))
    found = {one.name: one.components for one in await account(dav).calendars()}
    assert found["todo"] == {"VTODO"}
    assert set(found) == {"work", "home", "todo"}


@pytest.mark.parametrize("body", [BOMB, b"", b"<a>", b"\xff\xfe"])
def test_what_is_no_xml_or_has_entities_is_refused(body: bytes) -> None:
    with pytest.raises(SourceUnavailable):
        parsed(body)


@pytest.mark.parametrize(
    "body", [BOMB.decode(), "<html/>", MULTI.format(body=""), FOREIGN, MULTI.format(body="<d:response/>")]
)
async def test_an_odd_answer_is_an_error_of_the_core(dav: CalDavServer, body: str) -> None:
    dav.faults.always(local.status(207, body=body, content_type="application/xml"))
    with pytest.raises(SourceUnavailable):
        await account(dav).calendars()
    assert all("evil" not in call.headers["Host"] for call in dav.calls)


async def test_a_server_without_caldav_at_its_root_is_asked_at_the_well_known_place(
    dav: CalDavServer,
) -> None:
    dav.faults.plan(local.status(404), on="PROPFIND /$")
    assert len(await account(dav).calendars()) == 2
    assert dav.calls_of("well-known")


async def test_an_account_without_calendars_says_so(tmp_path: object, dav: CalDavServer) -> None:
    dav.delete(f"/{USER}/work/")
    dav.delete(f"/{USER}/home/")
    with pytest.raises(CalendarUnusable) as refused:
        await account(dav).calendars()
    assert refused.value.reason == "no_calendars"
