"""What people said about beliefs."""

from __future__ import annotations

from typing import Protocol

from core.records import Correction


class Corrections(Protocol):
    """What people said about the beliefs that oO showed them."""

    async def put(self, correction: Correction) -> None:
        """Insert or update by correction_id."""
        ...

    async def get(self, correction_id: str) -> Correction: ...
    async def of(self, person_id: str) -> tuple[Correction, ...]:
        """Those of a person that are not withdrawn, oldest first."""
        ...

    async def teaching(self) -> tuple[Correction, ...]:
        """Those of everybody that the model learns from: beliefs that are called wrong."""
        ...
