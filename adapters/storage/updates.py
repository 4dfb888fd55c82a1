"""The inbox of updates, and the tokens of buttons."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Executable, and_, bindparam, delete, func, or_, select, update

from adapters.storage.rows import LIMIT, Repository, Rows, insert_once
from adapters.storage.session import Session
from adapters.storage.tables import handles, inbox
from core.chat import Channel, Tapped, Update
from core.store import FORMER_OO, MAX_BEGUN_AGAIN, UNCLAIMED, ButtonTokens, Received

WAKE_CHANNEL = "oo"
"""The channel of PostgreSQL's notifications by which processes wake each other; they are empty."""

_RECEIVED = Rows(Received, inbox)
_HANDLES = Rows(ButtonTokens, handles)

_WAITS = inbox.c.update.is_not(None)
_WAITING_UPDATES = _RECEIVED.select.where(_WAITS)  # sorted later: SQLite would read the whole table in order
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

_other = inbox.alias("other")
_IN_ITS_LANE = and_(
    _other.c.update.is_not(None),
    _other.c.external_id == inbox.c.external_id,
    _other.c.channel == inbox.c.channel,
    _other.c.is_tap == inbox.c.is_tap,
    _other.c.given_up.is_(False),
    _other.c.begun_again < MAX_BEGUN_AGAIN,
)
_BY_ANOTHER = _other.c.holder.is_distinct_from(inbox.c.holder)
_IS_BEHIND = (
    select(inbox.c.inbox_id)
    .join(_other, and_(_IN_ITS_LANE, _BY_ANOTHER, _other.c.inbox_id < inbox.c.inbox_id))
    .where(inbox.c.inbox_id == bindparam("target_id"))
    .limit(1)
)
_HOLDS = (
    select(inbox.c.inbox_id)
    .where(inbox.c.inbox_id == bindparam("target_id"), inbox.c.holder == bindparam("by"))
    .with_for_update(read=True)  # nobody takes it over meanwhile
)
_ABANDONED = (
    select(inbox.c.inbox_id)
    .where(
        _WAITS,
        inbox.c.channel.in_(bindparam("channels", expanding=True)),
        inbox.c.given_up.in_(bindparam("given_up", expanding=True)),
        or_(
            and_(inbox.c.holder.is_not(None), inbox.c.holder.not_in(bindparam("living", expanding=True))),
            and_(inbox.c.holder.is_(None), inbox.c.received_at < bindparam("former")),
        ),
    )
    .order_by(inbox.c.inbox_id)
    .limit(LIMIT)
    .with_for_update(skip_locked=True)
)
_TAKE_OVER = (
    update(inbox)
    .where(inbox.c.inbox_id.in_(bindparam("which", expanding=True)))
    .values(holder=bindparam("by"), given_up=False)
    .returning(*_RECEIVED.columns)
)
_RELEASE = update(inbox).where(_WAITS, inbox.c.holder == bindparam("by")).values(holder=UNCLAIMED)
_GIVE_UP = (
    update(inbox).where(inbox.c.inbox_id == bindparam("target_id")).values(given_up=True, begun_again=0)
)
_BEGIN_AGAIN = (
    update(inbox)
    .where(inbox.c.inbox_id == bindparam("target_id"))
    .values(begun_again=inbox.c.begun_again + 1)
)
_LEAVE_OUT = update(inbox).where(inbox.c.inbox_id == bindparam("target_id")).values(is_left_out=True)
_ISOLATED = (
    select(inbox.c.inbox_id).where(_WAITS, inbox.c.begun_again >= MAX_BEGUN_AGAIN).order_by(inbox.c.inbox_id)
)

# Whoever holds a later update of the lane waits for this one: to be run before it is marked.
_TELL_THE_NEXT = select(func.pg_notify(WAKE_CHANNEL, "")).where(
    select(inbox.c.inbox_id)
    .join(_other, and_(_IN_ITS_LANE, _BY_ANOTHER, _other.c.inbox_id > inbox.c.inbox_id))
    .where(inbox.c.inbox_id == bindparam("target_id"))
    .exists()
)
_WAKE = select(func.pg_notify(WAKE_CHANNEL, ""))

_HANDLE = _HANDLES.select.where(handles.c.handle == bindparam("handle"))
_DELETE_OLD_HANDLES = delete(handles).where(handles.c.created_at < bindparam("before"))


class Inbox(Repository):
    """An update is stored before it is confirmed to its platform. A handled one leaves only its id."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.has_forgotten = False
        """Whether bytes were freed that have to be overwritten."""

    async def put(
        self, update: Update, traceparent: str | None = None, *, holder: str | None = None
    ) -> int | None:
        once = insert_once(self._session.dialect, inbox, "channel", "update_id")
        inserted = await self._session.rows(
            once,
            channel=update.sender.channel,
            update_id=update.update_id,
            received_at=update.received_at,
            external_id=update.sender.external_id,
            update=update,
            traceparent=traceparent,
            is_tap=isinstance(update, Tapped),
            holder=holder,
        )
        return inserted[0].inbox_id if inserted else None

    async def is_behind(self, inbox_id: int) -> bool:
        return bool(await self._session.rows(_IS_BEHIND, target_id=inbox_id))

    async def holds(self, inbox_id: int, holder: str) -> bool:
        return bool(await self._session.rows(_HOLDS, target_id=inbox_id, by=holder))

    async def take_over(
        self,
        holder: str,
        living: Collection[str],
        channels: Collection[Channel],
        *,
        now: datetime,
        limit: int,
        given_up: bool = False,
    ) -> tuple[Received, ...]:
        found = await self._session.rows(
            _ABANDONED,
            living=[*living],
            channels=[*channels],
            given_up=[False, True] if given_up else [False],
            former=now - FORMER_OO,
            limit=limit,
        )
        if not found:
            return ()
        which = [row.inbox_id for row in found]
        taken = await self._session.rows(_TAKE_OVER, which=which, by=holder)
        return _oldest_first(map(_RECEIVED.record, taken))

    async def release(self, holder: str) -> int:
        released = await self._session.change(_RELEASE, {"by": holder})
        if released:
            await self.wake()
        return released

    async def wake(self) -> None:
        await self._tell(_WAKE)

    async def give_up(self, inbox_id: int) -> None:
        await self._tell(_TELL_THE_NEXT, target_id=inbox_id)
        await self._session.change(_GIVE_UP, {"target_id": inbox_id})

    async def begin_again(self, inbox_id: int) -> None:
        await self._tell(_TELL_THE_NEXT, target_id=inbox_id)  # they need not wait for it, if it is isolated
        await self._session.change(_BEGIN_AGAIN, {"target_id": inbox_id})

    async def leave_out(self, inbox_id: int) -> None:
        await self._session.change(_LEAVE_OUT, {"target_id": inbox_id})

    async def isolated(self) -> tuple[int, ...]:
        return tuple(row.inbox_id for row in await self._session.rows(_ISOLATED))

    async def _tell(self, statement: Executable, **values: object) -> None:
        """Wake other processes when this transaction is committed. One that has a file is alone with it."""
        if self._session.dialect == "postgresql":
            await self._session.rows(statement, **values)

    async def done(self, inbox_id: int) -> None:
        await self._tell(_TELL_THE_NEXT, target_id=inbox_id)
        await self._session.change(_MARK_HANDLED, {"target_id": inbox_id})

    async def has(self, channel: Channel, update_id: str) -> bool:
        return bool(await self._session.rows(_HAS, on=channel, named=update_id))

    async def forget(self, update: Update) -> None:
        which = {"on": update.sender.channel, "named": update.update_id}
        await self._session.change(_FORGET, which)
        self.has_forgotten = True

    async def waiting(self) -> tuple[Received, ...]:
        return _oldest_first(await self._all(_RECEIVED, _WAITING_UPDATES))

    async def prune(self, before: datetime, *, mails_before: datetime | None = None) -> int:
        values = {"before": before, "mails_before": mails_before or before}
        return await self._session.change(_DELETE_HANDLED_UPDATES, values)


def _oldest_first(received: Iterable[Received]) -> tuple[Received, ...]:
    return tuple(sorted(received, key=lambda one: one.inbox_id))


class Handles(Repository):
    """What the opaque tokens of buttons mean."""

    async def add(self, handle: ButtonTokens) -> None:
        await self._session.change_later(_HANDLES.insert, _HANDLES.values(handle))

    async def get(self, handle: str) -> ButtonTokens | None:
        return await self._first(_HANDLES, _HANDLE, handle=handle)

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_DELETE_OLD_HANDLES, {"before": before})
