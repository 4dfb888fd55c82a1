"""The state of the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Learning(Protocol):
    """Sufficient statistics by scope, as ``core.bandit`` stores them. A scope is ``population`` or a
    person_id.
    """

    async def read(self, *scopes: str) -> Mapping[str, bytes]:
        """The statistics of those of ``scopes`` that are stored."""
        ...

    async def people(self, after: str, limit: int) -> tuple[str, ...]:
        """The ids of the people with statistics, in order, from the first one after ``after``."""
        ...

    async def everything(self) -> Mapping[str, bytes]:
        """The statistics of all scopes."""
        ...

    async def write(self, statistics: Mapping[str, bytes]) -> None:
        """Insert or replace statistics by scope."""
        ...

    async def drop(self, scope: str) -> None:
        """Delete the statistics of one scope."""
        ...

    async def clear(self) -> None:
        """Delete the statistics of all scopes."""
        ...
