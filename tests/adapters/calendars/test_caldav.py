"""Answers of CalDAV servers that are odd or hostile."""

from __future__ import annotations

import pytest

from adapters.calendars.dav import Dav, parsed
from adapters.calendars.fetch import Fetcher
from adapters.calendars.xml_text import mended
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
    assert set(found) == {"office", "home", "todo"}


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


@pytest.mark.parametrize("href", ["mailto:a@b", "javascript:alert(1)", "http://[bad", "data:,x"])
async def test_a_resource_that_is_nowhere_is_left_out(dav: CalDavServer, href: str) -> None:
    dav.faults.always(local.status(207, body=FOREIGN.replace("http://evil.example/x/", href)))
    with pytest.raises(CalendarUnusable) as refused:
        await account(dav).calendars()
    assert refused.value.reason == "no_calendars"


@pytest.mark.parametrize("href", ["/my work/", "/a&#13;&#10;Host: evil.example/", "/arbeit-f\u00fcr-mich/"])
async def test_what_is_not_encoded_in_the_address_of_a_resource_will_be(dav: CalDavServer, href: str) -> None:
    dav.faults.always(local.status(207, body=FOREIGN.replace("http://evil.example/x/", href)))
    (found,) = await account(dav).calendars()
    assert found.url.raw_path.isascii()
    assert not set(found.url.raw_path) & set(" \r\n")


@pytest.mark.parametrize("bomb", [b"<a>" + b"<b/>" * 500_000 + b"</a>", b"<b>" * 250_000 + b"</b>" * 250_000])
def test_xml_that_would_fill_the_memory_is_refused(bomb: bytes) -> None:
    with pytest.raises(SourceUnavailable):
        parsed(bomb)


async def test_all_that_is_listed_of_an_account_has_a_limit(dav: CalDavServer) -> None:
    login = CalendarLogin(url=dav.url, login_name=USER, password=PASSWORD)
    own = Dav(login, Fetcher(allow_private=True, max_bytes=5_000))
    office, home = await own.calendars()
    dav.faults.always(local.status(207, body=MULTI.format(body=" " * 3_000)))
    assert await own.items(office, "VEVENT") == ()
    with pytest.raises(CalendarUnusable) as refused:
        await own.items(home, "VEVENT")
    assert refused.value.reason == "too_large"


async def test_a_login_in_the_address_gives_way_to_the_one_that_was_asked_for(dav: CalDavServer) -> None:
    address = dav.url.replace("://", "://somebody:else@")
    login = CalendarLogin(url=address, login_name=USER, password=PASSWORD)
    assert len(await Dav(login, Fetcher(allow_private=True)).calendars()) == 2


async def test_an_account_without_calendars_says_so(tmp_path: object, dav: CalDavServer) -> None:
    dav.delete(f"/{USER}/office/")
    dav.delete(f"/{USER}/home/")
    with pytest.raises(CalendarUnusable) as refused:
        await account(dav).calendars()
    assert refused.value.reason == "no_calendars"


def titled(*titles: str) -> str:
    return MULTI.format(body="".join(f"<d:response><d:href>{one}</d:href></d:response>" for one in titles))


@pytest.mark.parametrize(
    ("odd", "read"),
    [
        ("a\x0bb", "a\ufffdb"),
        ("a\x00b", "a\ufffdb"),
        ("a&#0;b", "a\ufffdb"),
        ("a&#x1F;b", "a\ufffdb"),
        ("a&#xD800;b", "a\ufffdb"),
        ("a&#99999999;b", "a\ufffdb"),
        ("Tom & Ann", "Tom & Ann"),
        ("Tom &amp; Ann & Bob", "Tom & Ann & Bob"),
        ("a&nbsp;b", "a&nbsp;b"),
        ("<![CDATA[a & b\x01]]> & c", "a & b\ufffd & c"),
        ("\uffff&#10;", "\ufffd\n"),
    ],
)
def test_one_character_that_xml_does_not_allow_hides_nothing_else(odd: str, read: str) -> None:
    found = [one.text for one in parsed(titled("/1", odd, "/3").encode()).iter("{DAV:}href")]
    assert found == ["/1", read, "/3"]


def test_a_byte_that_is_no_text_hides_nothing_else() -> None:
    body = titled("/1", "caf?", "/3").encode().replace(b"caf?", b"caf\xe9")
    assert [one.text for one in parsed(body).iter("{DAV:}href")] == ["/1", "caf\ufffd", "/3"]


@pytest.mark.parametrize("bomb", ["<![CDATA[" * 100_000, "&" * 1_000_000, "&#x" * 300_000])
def test_mending_takes_time_by_the_length_of_a_text(bomb: str) -> None:
    assert mended(bomb).startswith(("<![CDATA[", "&amp;"))


@pytest.mark.parametrize("code", [403, 404])
async def test_one_calendar_that_is_not_ours_any_more_is_no_trouble_of_the_account(
    dav: CalDavServer, code: int
) -> None:
    own = account(dav)
    calendars = await own.calendars()
    dav.faults.always(local.status(code), on="REPORT .*office")
    found = [calendar.name async for calendar, _ in own.readable(calendars, "VEVENT")]
    assert found == [one.name for one in calendars if one.name != "office"]

    dav.faults.always(local.status(code), on="REPORT")
    with pytest.raises(SourceUnavailable):
        _ = [one async for one in own.readable(calendars, "VEVENT")]
