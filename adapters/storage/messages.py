"""The tips and tasks that messages were about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, func

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import messages
from core.store import Mentioned

_MESSAGES = Rows(Mentioned, messages)
_ON_ACCOUNT = _MESSAGES.select.where(messages.c.account_id == bindparam("account_id"))
_MESSAGE = _ON_ACCOUNT.where(messages.c.message_id == bindparam("message_id"))
_TIP_IN_THREAD = (
    _ON_ACCOUNT.where(messages.c.thread == bindparam("thread"), messages.c.decision_id.is_not(None))
    .order_by(messages.c.sent_at.desc(), messages.c.message_id.desc())
    .limit(1)
)
_LATEST_WITH_BUTTONS = (
    _ON_ACCOUNT.where(messages.c.handle.is_not(None))
    .order_by(messages.c.sent_at.desc(), messages.c.message_id.desc())
    .limit(1)
)
# Of messages at the same instant, platforms that count have given the latest the longest and greatest id.
_RECENT = (
    _ON_ACCOUNT.where(messages.c.sent_at >= bindparam("since"))
    .order_by(
        messages.c.sent_at.desc(), func.length(messages.c.message_id).desc(), messages.c.message_id.desc()
    )
    .limit(bindparam("limit"))
)
_DELETE_OLD_MESSAGES = delete(messages).where(messages.c.sent_at < bindparam("before"))


class Messages(Repository):
    """A row for each message that a later one may refer to."""

    async def put(self, message: Mentioned) -> None:
        await self._put_later(_MESSAGES, message)

    async def get(self, account_id: str, message_id: str) -> Mentioned | None:
        return await self._first(_MESSAGES, _MESSAGE, account_id=account_id, message_id=message_id)

    async def tip_in(self, account_id: str, thread: str) -> Mentioned | None:
        return await self._first(_MESSAGES, _TIP_IN_THREAD, account_id=account_id, thread=thread)

    async def with_buttons(self, account_id: str) -> Mentioned | None:
        return await self._first(_MESSAGES, _LATEST_WITH_BUTTONS, account_id=account_id)

    async def recent(self, account_id: str, since: datetime, limit: int) -> tuple[Mentioned, ...]:
        return await self._all(_MESSAGES, _RECENT, account_id=account_id, since=since, limit=limit)

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_DELETE_OLD_MESSAGES, {"before": before})
