"""What oO asks of a CalDAV server (RFC 4791, RFC 5397), and how it reads the XML of the answers.

Tests: tests/adapters/calendars/test_caldav.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import unquote
from xml.etree import ElementTree

from yarl import URL

from adapters.calendars.addresses import calendar_url
from adapters.calendars.fetch import Answer, Fetcher, Login, too_large
from adapters.calendars.xml_text import mended
from core.errors import CalendarUnusable, SourceDisconnected, SourceRefused, SourceUnavailable
from core.records import CalendarLogin

MAX_CALENDARS = 20
MAX_TAGS = 400_000
"""Of one document, which takes up much more memory once it is read: enough for 20,000 tasks."""

_DAV, _CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_MULTI, _FORBIDDEN = frozenset({207}), 403
_READ = frozenset({200, 403, 404, 410})
_NOT_ALLOWED = frozenset({403, 405, 413, 415, 507})
_UNPACKED = {"Accept-Encoding": "identity"}
"""Servers that pack an answer give it another version: ``W/"1"`` or ``"1-gzip"``, which no resource has."""

_CHANGED = frozenset({409, 412})
_GONE = frozenset({404, 410})
_XML = {"Content-Type": "application/xml; charset=utf-8"}

_PROPERTIES = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
    b"<d:prop><d:current-user-principal/><d:resourcetype/><d:displayname/><c:calendar-home-set/>"
    b"<c:supported-calendar-component-set/></d:prop></d:propfind>"
)
_VERSION = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>'
)
_QUERY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
    "<d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter>"
    '<c:comp-filter name="VCALENDAR"><c:comp-filter name="{component}">{more}</c:comp-filter></c:comp-filter>'
    "</c:filter></c:calendar-query>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DavCalendar:
    """A calendar of the account."""

    url: URL
    name: str
    components: frozenset[str]
    """``VEVENT``, ``VTODO``; empty if the server does not say."""

    def holds(self, component: str) -> bool:
        """Whether it may hold such components."""
        return not self.components or component in self.components


@dataclass(frozen=True, slots=True, kw_only=True)
class DavItem:
    """A resource of a calendar."""

    url: URL
    etag: str
    """The version, as the server compares it; empty if that is not known."""
    data: str
    """Its iCalendar text."""


class Dav:
    """One account on a CalDAV server. Raises ``SourceUnavailable`` and its subclasses."""

    def __init__(self, login: CalendarLogin, fetcher: Fetcher) -> None:
        self._url = calendar_url(login.url).with_user(None)
        self._login = Login(name=login.login_name, password=login.password)
        self._fetcher = fetcher
        self._room = fetcher.max_bytes

    async def calendars(self) -> tuple[DavCalendar, ...]:
        """The calendars of the account, found from the address of the server, a principal or a calendar."""
        answer = await self._found()
        found = await asyncio.to_thread(_calendars, answer)
        if found:
            return found[:MAX_CALENDARS]
        home = await self._home(answer)
        answer = await self.ask("PROPFIND", home, _PROPERTIES, depth="1")
        found = await asyncio.to_thread(_calendars, answer)
        if not found:
            raise CalendarUnusable("no_calendars")
        return found[:MAX_CALENDARS]

    async def items(
        self,
        calendar: DavCalendar,
        component: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> tuple[DavItem, ...]:
        """The resources with such a component; those of a span of time if that is given.

        All that is listed of an account may be as large as one answer.
        """
        found = await self._listed(calendar, component, start, end)
        if found is None:
            raise SourceDisconnected("the calendar is not for this login")
        return found

    async def readable(
        self,
        calendars: Sequence[DavCalendar],
        component: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> AsyncIterator[tuple[DavCalendar, tuple[DavItem, ...]]]:
        """``items`` of each calendar. One that is not for this login any more, or gone since it was listed,
        is left out. If that is so of all of them, the last refusal is raised.
        """
        is_any_readable, refusal = not calendars, SourceUnavailable()
        for calendar in calendars:
            try:
                found = await self._listed(calendar, component, start, end)
            except CalendarUnusable as fault:
                if fault.reason != "gone":
                    raise
                refusal = fault
                continue
            if found is None:
                refusal = SourceDisconnected("no calendar is for this login")
                continue
            is_any_readable = True
            yield calendar, found
        if not is_any_readable:
            raise refusal

    async def _listed(
        self, calendar: DavCalendar, component: str, start: datetime | None, end: datetime | None
    ) -> tuple[DavItem, ...] | None:
        """As ``items``; None if the calendar is not for this login."""
        more = ""
        if start and end:
            more = f'<c:time-range start="{_stamp(start)}" end="{_stamp(end)}"/>'
        query = _QUERY.format(component=component, more=more).encode()
        answer = await self.ask("REPORT", calendar.url, query, depth="1", good=_MULTI | {_FORBIDDEN})
        if answer.status == _FORBIDDEN:
            return None
        self._room -= len(answer.body)
        if self._room < 0:
            raise too_large(self._fetcher.max_bytes)
        return await asyncio.to_thread(_items, answer)

    async def get(self, url: URL) -> DavItem | None:
        """One resource; None if it is gone, or is not the account's any more.

        Raises ``SourceUnavailable`` for what is no calendar, such as the page to sign in to a network.
        """
        answer = await self._fetcher.request("GET", url, headers=_UNPACKED, login=self._login, good=_READ)
        if answer.status != 200:
            return None
        data = answer.body.decode("utf-8", "replace")
        if "BEGIN:VCALENDAR" not in data.upper():
            raise SourceUnavailable("the calendar's server answered something unexpected")
        return DavItem(url=url, etag=_version_of(answer), data=data)

    async def get_to_change(self, url: URL, *, again: bool = False) -> DavItem | None:
        """As ``get``, with a version. ``again``: the one that ``get`` gave was refused.

        Raises ``SourceRefused`` if the server names none: what was changed meanwhile would be overwritten.
        """
        item = await self.get(url)
        if item is None or (item.etag and not again):
            return item
        version = await self._version(url)
        item = await self.get(url)  # after its version, which is then too old at worst, never too new
        if item is None:
            return None
        if not version and not item.etag:
            raise SourceRefused("the server names no versions")
        return replace(item, etag=version or item.etag)

    async def _version(self, url: URL) -> str:
        """The version as a property of the resource; empty if it has none."""
        good = _MULTI | (_READ - {200})
        answer = await self.ask("PROPFIND", url, _VERSION, depth="0", good=good)
        if answer.status not in _MULTI:
            return ""
        found = [one.findtext(f"{_DAV}getetag") or "" for _, one in _responses(answer)]
        return _quoted(found[0]) if found else ""

    async def add(self, url: URL, data: str) -> bool:
        """Store a new resource; False if there is one already. Raises ``SourceRefused`` if the calendar is
        read-only.
        """
        return await self._put(url, data, {"If-None-Match": "*"})

    async def put(self, item: DavItem) -> bool:
        """Store a resource over the version that ``etag`` names. False if it was changed or removed
        meanwhile. Raises ``SourceRefused`` if the calendar is read-only.
        """
        return await self._put(item.url, item.data, {"If-Match": item.etag})

    async def _put(self, url: URL, data: str, guard: Mapping[str, str]) -> bool:
        headers = {"Content-Type": "text/calendar; charset=utf-8", **guard}
        good = frozenset({200, 201, 204, *_CHANGED, *_NOT_ALLOWED})
        answer = await self._fetcher.request(
            "PUT", url, headers=headers, body=data.encode(), login=self._login, good=good
        )
        return _is_done(answer)

    async def delete(self, item: DavItem) -> bool:
        """Delete the version of a resource that ``etag`` names; it may be gone. False if it was changed
        meanwhile. Raises ``SourceRefused`` if the calendar is read-only.
        """
        good = frozenset({200, 202, 204, 404, 410, *_CHANGED, *_NOT_ALLOWED})
        answer = await self._fetcher.request(
            "DELETE", item.url, headers={"If-Match": item.etag}, login=self._login, good=good
        )
        return answer.status in _GONE or _is_done(answer)

    async def ask(
        self, method: str, url: URL, body: bytes, *, depth: str, good: frozenset[int] = _MULTI
    ) -> Answer:
        """Ask for a multi-status, or an answer with another status that is ``good``."""
        headers = {**_XML, "Depth": depth}
        return await self._fetcher.request(
            method, url, headers=headers, body=body, login=self._login, good=good
        )

    async def _found(self) -> Answer:
        """The answer at the given address, else at the well-known one (RFC 6764)."""
        try:
            return await self.ask("PROPFIND", self._url, _PROPERTIES, depth="0")
        except CalendarUnusable as fault:
            well_known = self._url.origin() / ".well-known/caldav"
            if fault.reason != "gone" or self._url.path == well_known.path:
                raise
            return await self.ask("PROPFIND", well_known, _PROPERTIES, depth="0")

    async def _home(self, answer: Answer) -> URL:
        """The collection with the account's calendars."""
        home = await asyncio.to_thread(_href, answer, f"{_CAL}calendar-home-set")
        if home:
            return home
        principal = await asyncio.to_thread(_href, answer, f"{_DAV}current-user-principal")
        if principal is None:
            raise CalendarUnusable("no_calendars")
        found = await self.ask("PROPFIND", principal, _PROPERTIES, depth="0")
        home = await asyncio.to_thread(_href, found, f"{_CAL}calendar-home-set")
        if home is None:
            raise CalendarUnusable("no_calendars")
        return home


def _version_of(answer: Answer) -> str:
    """The version by which a change may be conditional; empty if the answer has none: servers compare
    exactly (RFC 9110), so a weak one never fits, nor does that of a packed answer.
    """
    etag = answer.headers.get("ETag", "").strip()
    is_packed = answer.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity")
    return "" if is_packed or not etag.startswith('"') else etag


def _quoted(version: str) -> str:
    """A version as a header names it: some servers leave the quotes out of the property."""
    bare = version.strip()
    return bare if not bare or bare.endswith('"') else f'"{bare}"'


def _is_done(answer: Answer) -> bool:
    """Whether a change was made. Raises ``SourceRefused`` if none ever will be."""
    if answer.status in _NOT_ALLOWED:
        raise SourceRefused("the calendar can't be written")
    return answer.status < 300


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


# --- XML ---------------------------------------------------------------------------------------------------


def parsed(body: bytes) -> ElementTree.Element:
    """An XML document without a document type, so that it has no entities. Raises ``SourceUnavailable``.

    Characters that XML does not allow are replaced: one event with such a character must not hide the others.
    """
    text = body.decode("utf-8-sig", "replace")
    if "<!DOCTYPE" not in text.upper() and text.count("<") <= MAX_TAGS:
        for mend in (str, mended):
            with suppress(ValueError, ElementTree.ParseError):
                return ElementTree.fromstring(mend(text))  # noqa: S314 - it has no entities
    raise SourceUnavailable("the calendar's server answered something unexpected")


def _responses(answer: Answer) -> Iterator[tuple[URL, ElementTree.Element]]:
    """Each resource of a multi-status with its properties. One on another server is left out."""
    for response in parsed(answer.body).iter(f"{_DAV}response"):
        url = _resolved(answer.url, response.findtext(f"{_DAV}href") or "")
        for part in response.iter(f"{_DAV}propstat"):
            status, properties = part.findtext(f"{_DAV}status") or "", part.find(f"{_DAV}prop")
            if url and properties is not None and " 200" in status:
                yield url, properties


def _resolved(base: URL, href: str) -> URL | None:
    """The URL of a resource on the same server; None for any other. What is not encoded yet will be."""
    reference = href.strip()
    is_encoded = reference.isascii() and reference.isprintable() and " " not in reference
    try:
        url = base.join(URL(reference, encoded=is_encoded))
        return url if reference and url.origin() == base.origin() else None
    except ValueError:
        return None


def _href(answer: Answer, name: str) -> URL | None:
    for _, properties in _responses(answer):
        href = properties.findtext(f"{name}/{_DAV}href")
        if href:
            return _resolved(answer.url, href)
    return None


def _calendars(answer: Answer) -> tuple[DavCalendar, ...]:
    found = []
    for url, properties in _responses(answer):
        if properties.find(f"{_DAV}resourcetype/{_CAL}calendar") is None:
            continue
        components = properties.iterfind(f"{_CAL}supported-calendar-component-set/{_CAL}comp")
        name = properties.findtext(f"{_DAV}displayname") or unquote(url.path.rstrip("/").rpartition("/")[2])
        found.append(
            DavCalendar(
                url=url, name=name, components=frozenset(one.get("name", "").upper() for one in components)
            )
        )
    return tuple(found)


def _items(answer: Answer) -> tuple[DavItem, ...]:
    return tuple(
        DavItem(url=url, etag=_quoted(properties.findtext(f"{_DAV}getetag") or ""), data=data)
        for url, properties in _responses(answer)
        if (data := properties.findtext(f"{_CAL}calendar-data"))
    )
