"""The trials of the hold-out."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.model import Trial


class Trials(Protocol):
    """Tips about tasks for which the coin of the hold-out was tossed, and what came of those tasks."""

    async def add(self, trial: Trial) -> None: ...
    async def of(self, person_id: str) -> tuple[Trial, ...]:
        """In the order in which they were decided."""
        ...

    async def held_out(self, person_id: str, now: datetime) -> tuple[str, ...]:
        """The tasks whose tips are held out and whose day is not over, by id, in order."""
        ...

    async def done(self, task_id: str, at: datetime) -> None:
        """The task was done then: the outcome of its trials whose day is not over, unless they have one."""
        ...

    async def undone(self, task_id: str, at: datetime) -> None:
        """That the task was done then is taken back."""
        ...
