"""Updates that wait to be handled, and the meaning of button tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.chat import Channel, Update


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonTokens:
    """The meaning of the buttons of one message. The token of button i is ``handle.i``."""

    handle: str
    person_id: str
    """The only person who may use them."""
    subject: str | None
    """Id of the decision that the message is about."""
    actions: tuple[str, ...]
    """``verb`` or ``verb argument`` of each button."""
    created_at: datetime
    labels: tuple[str, ...] = ()
    """The text on each button."""
    traceparent: str | None = None
    """The span in which they were made (``core/ports/tracing.py``); None without traces."""


class Handles(Protocol):
    """The meaning of button tokens, by message."""

    async def add(self, handle: ButtonTokens) -> None: ...
    async def get(self, handle: str) -> ButtonTokens | None: ...
    async def prune(self, before: datetime) -> int:
        """Delete older ones; returns how many."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An update that is stored but not yet handled."""

    inbox_id: int
    update: Update
    traceparent: str | None = None
    """The span in which it was accepted (``core/ports/tracing.py``); None without traces."""
    begun_again: int = 0
    """How often it was begun again, as a process had ended before it was handled."""
    is_left_out: bool = False
    """Whether it is not answered: the person had sent too many, and is to be told that."""

    @property
    def is_suspected(self) -> bool:
        """Whether it may be what ends the processes."""
        return self.begun_again >= ALONE_AFTER

    @property
    def is_isolated(self) -> bool:
        """Whether it is in nobody's way by now."""
        return self.begun_again >= MAX_BEGUN_AGAIN


ALONE_AFTER = 2
"""An update that was begun again so often is handled while no other one is that may end the process."""

MAX_BEGUN_AGAIN = 4
"""An update that was begun again so often is isolated: it is in nobody's way."""

UNCLAIMED = ""
"""The holder of an update that any process may take at once."""

FORMER_OO = timedelta(minutes=1)
"""So long an update without a holder is left to an oO of before there were holders, which may be running."""


class Inbox(Protocol):
    """The inbox: updates are committed here before they are confirmed to the platform.

    Where several processes share the database, each update has a holder, the process that answers it. The
    name of a holder is never used again after it has lost its claims, so the name is the fence: an update
    that was taken from a holder never comes back to it.
    """

    async def put(
        self, update: Update, traceparent: str | None = None, *, holder: str | None = None
    ) -> int | None:
        """Store an update, accepted in that span; None if its (channel, update_id) was stored before.

        ``holder`` None: one process has the database for itself.
        """
        ...

    async def is_behind(self, inbox_id: int) -> bool:
        """Whether an earlier update of the same lane waits that another process holds.

        A lane holds the taps of a sender, or everything else of theirs. What was given up or
        isolated is in nobody's way.
        """
        ...

    async def holds(self, inbox_id: int, holder: str) -> bool:
        """Whether it is still the holder's, and stays so until this transaction ends."""
        ...

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
        """Make ``holder`` the holder of waiting updates of ``channels`` whose own is not ``living``; returns
        them, oldest first.

        What another transaction is just working on is left out. ``given_up``: also what was given up.
        """
        ...

    async def release(self, holder: str) -> int:
        """Leave what waits with ``holder`` to any other process, which is told at once; returns how many."""
        ...

    async def wake(self) -> None:
        """When this transaction is committed, let other processes look at once for what waits for them.

        Those that miss it look from time to time.
        """
        ...

    async def give_up(self, inbox_id: int) -> None:
        """It can't be handled now: it waits for a process that starts, and later ones pass it. It is not what
        ends processes, as this one goes on.
        """
        ...

    async def leave_out(self, inbox_id: int) -> None:
        """It is not answered, and waits only until the person was told so."""
        ...

    async def begin_again(self, inbox_id: int) -> None:
        """Count that it is begun again. Committed before it is handled."""
        ...

    async def isolated(self) -> tuple[int, ...]:
        """The ids of the isolated ones that wait, oldest first."""
        ...

    async def done(self, inbox_id: int) -> None:
        """Mark an update as handled: its text is deleted, its id is kept for de-duplication."""
        ...

    async def has(self, channel: Channel, update_id: str) -> bool:
        """Whether an update with that id came, and is not pruned yet."""
        ...

    async def forget(self, update: Update) -> None:
        """Delete the text of an unhandled update, which holds a secret, and overwrite its bytes. If oO stops
        before it is handled, it is not handled again.
        """
        ...

    async def waiting(self) -> tuple[Received, ...]:
        """Unhandled updates, oldest first."""
        ...

    async def prune(self, before: datetime, *, mails_before: datetime | None = None) -> int:
        """Delete older updates that are handled; returns how many. Those from mails are kept until
        ``mails_before``, as a link in a mail works once.
        """
        ...
