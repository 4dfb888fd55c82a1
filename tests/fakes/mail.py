"""Requests for mails, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from tests.fakes.tables import Tables

_NUMBERS = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """One request in one scope."""

    position: int
    scope: str
    asked_at: datetime


class FakeMailRequests:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def counts(self, scopes: Sequence[str], since: datetime) -> tuple[int, ...]:
        return tuple(
            sum(one.asked_at >= since for one in self._tables.all("mail_requests", scope=scope))
            for scope in scopes
        )

    async def add(self, scopes: Sequence[str], at: datetime) -> None:
        for scope in scopes:
            request = Requested(position=next(_NUMBERS), scope=scope, asked_at=at)
            self._tables.put("mail_requests", request.position, request)

    async def prune(self, before: datetime) -> int:
        old = [one for one in self._tables.all("mail_requests") if one.asked_at < before]
        for one in old:
            self._tables.drop("mail_requests", one.position)
        return len(old)
