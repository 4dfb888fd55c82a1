"""People's calendars: ICS feeds and CalDAV accounts, read-only; and the tasks of a CalDAV account.

Importing this package is cheap: its HTTP client is imported when the first person's calendar is read.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.ports import BusyTimes
from core.records import CalendarCopy, CalendarLogin, CalendarProvider, FeedVersion

if TYPE_CHECKING:
    from adapters.calendars.fetch import Fetcher

MAX_BYTES = 10 << 20
"""Of an answer, unpacked: some years of a very busy calendar."""


class CalendarServers:
    """How the servers of calendars are asked."""

    def __init__(self, *, allow_private: bool = False, max_bytes: int = MAX_BYTES) -> None:
        """``allow_private``: also those inside private networks and on this machine."""
        self._allow_private = allow_private
        self._max_bytes = max_bytes

    async def fetcher(self) -> Fetcher:
        """What asks them."""
        module = await asyncio.to_thread(import_module, "adapters.calendars.fetch")
        found: Fetcher = module.Fetcher(allow_private=self._allow_private, max_bytes=self._max_bytes)
        return found


class Calendars:
    """The port ``BusyTimes``."""

    def __init__(self, servers: CalendarServers) -> None:
        self._servers = servers

    async def read(
        self,
        provider: CalendarProvider,
        login: CalendarLogin,
        *,
        start: datetime,
        end: datetime,
        zone: ZoneInfo,
        titles: bool,
        known: FeedVersion | None = None,
    ) -> CalendarCopy | None:
        """See ``core.ports.BusyTimes``."""
        module = await asyncio.to_thread(import_module, "adapters.calendars.reader")
        reader: BusyTimes = module.CalendarReader(await self._servers.fetcher())
        return await reader.read(provider, login, start=start, end=end, zone=zone, titles=titles, known=known)
