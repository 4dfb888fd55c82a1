"""Shared rate limits in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.records import PaceState
from tests.fakes.tables import Tables


class FakePaces:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def now(self, now: datetime) -> datetime:
        return now

    async def get(self, names: Sequence[str]) -> dict[str, PaceState]:
        return {one.name: one for one in self._tables.all("paces") if one.name in names}

    async def put(self, states: Sequence[PaceState]) -> None:
        for state in states:
            self._tables.put("paces", state.name, state)

    async def held(self, now: datetime) -> tuple[PaceState, ...]:
        found = [one for one in self._tables.all("paces") if one.held_until > now]
        return tuple(sorted(found, key=lambda one: one.name))

    async def prune(self, before: datetime) -> int:
        old = [one for one in self._tables.all("paces") if max(one.free_at, one.held_until) < before]
        for one in old:
            self._tables.drop("paces", one.name)
        return len(old)
