"""What people said of beliefs."""

from __future__ import annotations

from typing import Protocol

from core.model import Correction


class Corrections(Protocol):
    """What people said of what oO believes of them."""

    async def put(self, correction: Correction) -> None:
        """Insert or update by correction_id."""
        ...

    async def get(self, correction_id: str) -> Correction: ...
    async def of(self, person_id: str) -> tuple[Correction, ...]:
        """A person's that were not withdrawn, oldest first."""
        ...

    async def teaching(self) -> tuple[Correction, ...]:
        """Everybody's that stand and teach something: the wrong beliefs."""
        ...
