"""Embeddings of texts, and their spaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.embeddings.space import Space


class Embeddings(Protocol):
    """Projected embeddings by the digest of their text (``core/embeddings/space.py``). No text is stored."""

    async def space(self) -> Space:
        """The current space."""
        ...

    async def spaces(self) -> Sequence[Space]:
        """The current space, followed by earlier ones."""
        ...

    async def use(self, space: Space) -> None:
        """Make this the current space."""
        ...

    async def read(
        self, person_id: str, space: str, digests: Sequence[str]
    ) -> Mapping[str, tuple[float, ...]]:
        """Embeddings by digest, of a person's texts and of templates."""
        ...

    async def put(
        self, person_id: str | None, space: str, vectors: Mapping[str, tuple[float, ...]], at: datetime
    ) -> None:
        """Insert or replace embeddings by digest; of templates if ``person_id`` is None."""
        ...

    async def prune(self, before: datetime) -> int:
        """Delete those that were stored earlier; returns how many."""
        ...
