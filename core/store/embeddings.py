"""Texts as vectors, and the spaces they lie in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.embeddings.space import Space


class Embeddings(Protocol):
    """Texts as small vectors, by the digest of the text (``core/embeddings/space.py``). No text is kept."""

    async def space(self) -> Space:
        """The space that is in use."""
        ...

    async def spaces(self) -> Sequence[Space]:
        """The space that is in use, then those that were before."""
        ...

    async def use(self, space: Space) -> None:
        """From now on this space is in use."""
        ...

    async def read(
        self, person_id: str, space: str, digests: Sequence[str]
    ) -> Mapping[str, tuple[float, ...]]:
        """The vectors of these texts of a person, and of oO's own, by digest."""
        ...

    async def put(
        self, person_id: str | None, space: str, vectors: Mapping[str, tuple[float, ...]], at: datetime
    ) -> None:
        """Insert or replace vectors by digest; ``person_id`` None: of oO's own texts."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that were made earlier; returns how many."""
        ...
