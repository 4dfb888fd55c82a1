"""Services outside oO to which people connect: sources of their tasks, and calendars.

Tests: tests/contracts/test_task_providers.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.records import CalendarCopy, CalendarLogin, CalendarProvider, FeedVersion, Task, TaskList


class TaskProvider(Protocol):
    """An outside source of a person's tasks (Todoist).

    Raises ``SourceUnavailable`` and its subclasses; ``SourceRefused`` is permanent. Tasks have an
    ``external_id``, from which ``task_id`` is derived.
    """

    def task_id(self, person_id: str, external_id: str) -> str:
        """The id of the person's task with that ``external_id``."""
        ...

    async def open_tasks(self, person_id: str, *, cursor: str | None = None) -> TaskList:
        """All open tasks, or only what has changed since ``cursor``, which an earlier list came with.

        In a whole list, a task that is neither listed nor unread is not open.
        """
        ...

    async def complete(self, task: Task, *, request_id: str) -> None:
        """Complete the task at its source. It is no error if the task is completed or gone there.

        Requests with the same id (at most 36 characters) count as one request.
        """
        ...

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        """Reopen the task with its earlier due date. False if it is permanently gone."""
        ...

    async def update(self, task: Task, fields: Collection[str], *, request_id: str) -> bool:
        """Give the task's ``fields`` the values that they have in ``task``. False if it is gone.

        A recurring task that is moved keeps its recurrence. ``SourceRefused`` if the source cannot store one
        of the values.
        """
        ...

    async def delete(self, task: Task, *, request_id: str) -> None:
        """Delete the task and its sub-tasks. It is no error if it is gone."""
        ...

    async def restore(self, task: Task, *, request_id: str, parent: Task | None = None) -> Task | None:
        """Make sure that the source has the task: as it is now if it is still there; else it is added again
        with all that ``task`` holds, below ``parent`` if given, under another ``external_id`` and
        ``task_id``. None if the source does not say under which.
        """
        ...

    async def is_open(self, task: Task) -> bool:
        """Whether the task is open at its source now."""
        ...

    def forget_others(self, people: Collection[str]) -> None:
        """Keep nothing in memory of people who are not among these: they have disconnected or left."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a provider gives for a person's consent (OAuth 2)."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    """For the next access token; None if this one never ends, or can't be renewed."""
    lasts: timedelta | None = None
    """How long the access token works from now on; None: unknown, or for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideAccount:
    """A person's account at a provider."""

    account_id: str
    name: str
    """How the provider calls it; cleaned."""


class OAuthClient(Protocol):
    """A provider that people connect by OAuth 2.

    Raises ``SourceUnavailable`` and its subclasses: ``SourceRefused`` for a code that the provider does not
    accept, ``ClientRefused`` if it does not accept oO itself.
    """

    def authorize_url(self, state: str) -> str:
        """The address at which the person is asked for consent."""
        ...

    async def exchange(self, code: str, state: str) -> Grant:
        """The tokens for a code that the provider sent back with ``state``."""
        ...

    async def refresh(self, refresh_token: str) -> Grant:
        """Other tokens. Raises ``SourceDisconnected`` if the person must connect again."""
        ...

    async def revoke(self, access_token: str, refresh_token: str | None = None) -> None:
        """End the access, by both tokens. An unknown or ended token is no error."""
        ...

    async def account(self, access_token: str) -> OutsideAccount:
        """Whose account it is."""
        ...


class BusyTimes(Protocol):
    """Calendars outside oO, which are only read. Raises ``SourceUnavailable`` and its subclasses."""

    async def read(
        self,
        provider: CalendarProvider,
        login: CalendarLogin,
        *,
        start: datetime,
        end: datetime,
        zone: ZoneInfo,
        titles: bool,
        known: FeedVersion | None = None,
    ) -> CalendarCopy | None:
        """The occurrences between ``start`` and ``end``, with their titles if ``titles``.

        ``zone`` is that of the person. None if nothing has changed since ``known``.
        """
        ...
