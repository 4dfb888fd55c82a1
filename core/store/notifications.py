"""What is known of people's notifications, by account."""

from __future__ import annotations

from typing import Protocol

from core.records import NotificationState


class Notifications(Protocol):
    """The latest reading for each account."""

    async def of(self, person_id: str) -> tuple[NotificationState, ...]:
        """All of a person's."""
        ...

    async def put(self, state: NotificationState) -> None:
        """Insert or replace the reading for an account."""
        ...

    async def forget(self, person_id: str) -> None:
        """Delete all of a person's."""
        ...
