"""Requests for mails that nobody has confirmed yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select

from adapters.storage.rows import Repository
from adapters.storage.tables import mail_requests

_COUNT = select(func.count()).where(
    mail_requests.c.scope == bindparam("scope"), mail_requests.c.asked_at >= bindparam("since")
)
_ADD = insert(mail_requests)
_PRUNE = delete(mail_requests).where(mail_requests.c.asked_at < bindparam("before"))


class MailRequests(Repository):
    """Implements ``core.store.MailRequests``."""

    async def counts(self, scopes: Sequence[str], since: datetime) -> tuple[int, ...]:
        found = [await self._session.rows(_COUNT, scope=scope, since=since) for scope in scopes]
        return tuple(int(rows[0][0]) for rows in found)

    async def add(self, scopes: Sequence[str], at: datetime) -> None:
        await self._session.change(_ADD, [{"scope": scope, "asked_at": at} for scope in scopes])

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_PRUNE, {"before": before})
