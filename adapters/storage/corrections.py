"""What people said about oO's beliefs about them."""

from __future__ import annotations

from sqlalchemy import bindparam

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import corrections as table
from core.records import Correction, CorrectionState

_CORRECTIONS = Rows(Correction, table)
_CORRECTION = _CORRECTIONS.select.where(table.c.correction_id == bindparam("correction_id"))
_CORRECTIONS_OF_PERSON = _CORRECTIONS.select.where(
    table.c.person_id == bindparam("person_id"), table.c.state != CorrectionState.WITHDRAWN
).order_by(table.c.given_at, table.c.correction_id)
_WRONG_BELIEFS = _CORRECTIONS.select.where(
    table.c.state == CorrectionState.WRONG, table.c["count"] > 0
).order_by(table.c.given_at, table.c.correction_id)


class Corrections(Repository):
    """Corrections, including withdrawn ones."""

    async def put(self, correction: Correction) -> None:
        await self._put(_CORRECTIONS, correction)

    async def get(self, correction_id: str) -> Correction:
        return await self._one(_CORRECTIONS, _CORRECTION, correction_id=correction_id)

    async def of(self, person_id: str) -> tuple[Correction, ...]:
        return await self._all(_CORRECTIONS, _CORRECTIONS_OF_PERSON, person_id=person_id)

    async def teaching(self) -> tuple[Correction, ...]:
        return await self._all(_CORRECTIONS, _WRONG_BELIEFS)
