"""The inbox of updates, and the tokens of buttons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update

from adapters.storage.rows import Repository, Rows, insert_once
from adapters.storage.session import Session
from adapters.storage.tables import handles, inbox
from core.chat import Channel, Update
from core.store import ButtonTokens, Received

_RECEIVED = Rows(Received, inbox)
_HANDLES = Rows(ButtonTokens, handles)

_WAITING_UPDATES = _RECEIVED.select.where(inbox.c.update.is_not(None)).order_by(inbox.c.inbox_id)
_MARK_HANDLED = (
    update(inbox).where(inbox.c.inbox_id == bindparam("target_id")).values(update=None, external_id=None)
)
_FORGET = (
    update(inbox)
    .where(inbox.c.channel == bindparam("on"), inbox.c.update_id == bindparam("named"))
    .values(update=None, external_id=None)
)
_HAS = select(inbox.c.inbox_id).where(
    inbox.c.channel == bindparam("on"), inbox.c.update_id == bindparam("named")
)
_DELETE_HANDLED_UPDATES = delete(inbox).where(
    inbox.c.update.is_(None),
    inbox.c.received_at < bindparam("before"),
    or_(inbox.c.channel != Channel.EMAIL, inbox.c.received_at < bindparam("mails_before")),
)

_HANDLE = _HANDLES.select.where(handles.c.handle == bindparam("handle"))
_DELETE_OLD_HANDLES = delete(handles).where(handles.c.created_at < bindparam("before"))


class Inbox(Repository):
    """An update is stored before it is confirmed to its platform. A handled one leaves only its id."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.has_forgotten = False
        """Whether bytes were freed that have to be overwritten."""

    async def put(self, update: Update, traceparent: str | None = None) -> int | None:
        once = insert_once(self._session.dialect, inbox, "channel", "update_id")
        inserted = await self._session.rows(
            once,
            channel=update.sender.channel,
            update_id=update.update_id,
            received_at=update.received_at,
            external_id=update.sender.external_id,
            update=update,
            traceparent=traceparent,
        )
        return inserted[0].inbox_id if inserted else None

    async def done(self, inbox_id: int) -> None:
        await self._session.change(_MARK_HANDLED, {"target_id": inbox_id})

    async def has(self, channel: Channel, update_id: str) -> bool:
        return bool(await self._session.rows(_HAS, on=channel, named=update_id))

    async def forget(self, update: Update) -> None:
        which = {"on": update.sender.channel, "named": update.update_id}
        await self._session.change(_FORGET, which)
        self.has_forgotten = True

    async def waiting(self) -> tuple[Received, ...]:
        return await self._all(_RECEIVED, _WAITING_UPDATES)

    async def prune(self, before: datetime, *, mails_before: datetime | None = None) -> int:
        values = {"before": before, "mails_before": mails_before or before}
        return await self._session.change(_DELETE_HANDLED_UPDATES, values)


class Handles(Repository):
    """What the opaque tokens of buttons mean."""

    async def add(self, handle: ButtonTokens) -> None:
        await self._session.change_later(_HANDLES.insert, _HANDLES.values(handle))

    async def get(self, handle: str) -> ButtonTokens | None:
        return await self._first(_HANDLES, _HANDLE, handle=handle)

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_DELETE_OLD_HANDLES, {"before": before})
