"""Messages of a conversation, as far as later ones may point at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A message that was sent or said on an account, and what it was about: a tip (``decision_id``), tasks.

    ``thread`` is the platform's thread it stands in, ``sent_at`` when it was shown last. ``handle`` names its
    buttons, "" when it has none any more. ``checksum`` is of what a person said: 16 bits tell whether an edit
    changed it, and nothing of what it was.
    """

    account_id: str
    message_id: str
    person_id: str
    sent_at: datetime
    thread: str | None = None
    decision_id: str | None = None
    task_ids: tuple[str, ...] = ()
    handle: str | None = None
    checksum: int | None = None


class Messages(Protocol):
    """What the messages of a conversation were about. None of their words is kept."""

    async def put(self, message: Mentioned) -> None:
        """Insert or replace it."""
        ...

    async def get(self, account_id: str, message_id: str) -> Mentioned | None: ...
    async def tip_in(self, account_id: str, thread: str) -> Mentioned | None:
        """The latest message in that thread which was about a tip."""
        ...

    async def with_buttons(self, account_id: str) -> Mentioned | None:
        """The message shown last of those that have buttons or had some."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that are older; returns how many."""
        ...
