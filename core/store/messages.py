"""Messages of a conversation, as far as later messages may refer to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedTask:
    """A task that a person's message added."""

    task_id: str
    checksum: int
    """Of the task as it was added: enough to notice a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A message from or to an account, and what it is about. Its words are not stored."""

    account_id: str
    message_id: str
    person_id: str
    sent_at: datetime
    """When it was shown last, edits included."""
    thread: str | None = None
    """The platform's id of its thread."""
    decision_id: str | None = None
    """The tip that it is about."""
    task_ids: tuple[str, ...] = ()
    """The tasks that it is about, in their order."""
    handle: str | None = None
    """The token row of its buttons; None if it never had any, "" if they were removed."""
    checksum: int | None = None
    """16 bits of a person's words: enough to notice an edit, too few to recover a word."""
    added: tuple[AddedTask, ...] = ()
    """The tasks that a person's message added."""


class Messages(Protocol):
    """What the messages of a conversation are about."""

    async def put(self, message: Mentioned) -> None:
        """Insert or replace it."""
        ...

    async def get(self, account_id: str, message_id: str) -> Mentioned | None: ...
    async def tip_in(self, account_id: str, thread: str) -> Mentioned | None:
        """The latest message in that thread that is about a tip."""
        ...

    async def with_buttons(self, account_id: str) -> Mentioned | None:
        """The message that was shown last, of those that have or had buttons."""
        ...

    async def recent(self, account_id: str, since: datetime, limit: int) -> tuple[Mentioned, ...]:
        """Those that were shown at ``since`` or later, the latest first."""
        ...

    async def prune(self, before: datetime) -> int:
        """Delete older ones; returns how many."""
        ...
