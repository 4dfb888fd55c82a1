"""Leases in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.records import Lease
from tests.fakes.tables import Tables

CLOCK_TOLERANCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The latest lease of a name; ``is_back``: it was given back."""

    name: str
    lease: Lease
    span: timedelta
    is_back: bool = False

    def is_held(self, now: datetime) -> bool:
        return not self.is_back and now < self.lease.until <= now + self.span + CLOCK_TOLERANCE


class FakeLeases:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def take(self, name: str, holder: str, *, now: datetime, seconds: float) -> Lease | None:
        last: Held | None = self._tables.find("leases", name)
        is_same = last is not None and not last.is_back and last.lease.holder == holder
        if last and last.is_held(now) and not is_same:
            return None
        fence = last.lease.fence + (not is_same) if last else 1
        span = timedelta(seconds=seconds)
        return self._put(Lease(name=name, holder=holder, fence=fence, until=now + span), span)

    async def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease | None:
        span = timedelta(seconds=seconds)
        return self._put(replace(lease, until=now + span), span) if self._is_latest(lease) else None

    async def give_back(self, lease: Lease) -> None:
        if self._is_latest(lease):
            held: Held = self._tables.get("leases", lease.name)
            self._tables.put("leases", lease.name, replace(held, is_back=True))

    async def holds(self, lease: Lease) -> bool:
        return self._is_latest(lease)

    async def held(self, prefix: str, now: datetime) -> tuple[Lease, ...]:
        found = [one.lease for one in self._tables.all("leases") if one.is_held(now)]
        return tuple(sorted((one for one in found if one.name.startswith(prefix)), key=lambda one: one.name))

    async def prune(self, before: datetime) -> int:
        old = [one for one in self._tables.all("leases") if one.lease.until < before]
        for one in old:
            self._tables.drop("leases", one.name)
        return len(old)

    def _put(self, lease: Lease, span: timedelta) -> Lease:
        self._tables.put("leases", lease.name, Held(name=lease.name, lease=lease, span=span))
        return lease

    def _is_latest(self, lease: Lease) -> bool:
        last: Held | None = self._tables.find("leases", lease.name)
        if last is None or last.is_back:
            return False
        return (last.lease.holder, last.lease.fence) == (lease.holder, lease.fence)
