"""The trials of the hold-out experiment."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.records import Trial


class Trials(Protocol):
    """Tips about tasks that were randomly sent or held out, and the outcomes."""

    async def add(self, trial: Trial) -> None: ...
    async def of(self, person_id: str) -> tuple[Trial, ...]:
        """The trials of a person in the order in which they were decided."""
        ...

    async def held_out(self, person_id: str, now: datetime) -> tuple[str, ...]:
        """Ids of the tasks whose tips are held out today, sorted."""
        ...

    async def done(self, task_id: str, at: datetime) -> None:
        """Record that the task was done: the outcome of its trials of that day, unless they have one."""
        ...

    async def undone(self, task_id: str, at: datetime) -> None:
        """Take back that the task was done then."""
        ...
