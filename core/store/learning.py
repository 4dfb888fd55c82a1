"""What the model has learned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Learning(Protocol):
    """Sufficient statistics of the model, as bytes that ``core.bandit`` understands, by scope.

    A scope is ``population`` or a person_id.
    """

    async def read(self, *scopes: str) -> Mapping[str, bytes]:
        """What is stored of ``scopes``, by scope."""
        ...

    async def everything(self) -> Mapping[str, bytes]:
        """What is stored of every scope."""
        ...

    async def write(self, statistics: Mapping[str, bytes]) -> None:
        """Insert or replace, by scope."""
        ...

    async def clear(self) -> None:
        """Drop what is stored of every scope."""
        ...
