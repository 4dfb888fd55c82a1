"""Texts as small vectors, and the space in which they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import embeddings, spaces
from core.embeddings.space import WORDS, Space

_OWN = "oo"  # the scope of oO's own texts, beside each person's


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    scope: str
    space: str
    digest: str
    person_id: str | None
    vector: tuple[float, ...]
    made_at: datetime


_SPACES = Rows(Space, spaces)
_KEPT = Rows(_Kept, embeddings)

_IN_USE = _SPACES.select.where(spaces.c.in_use)
_ALL = _SPACES.select.order_by(spaces.c.in_use.desc(), spaces.c.name)
_USE = update(spaces).values(in_use=spaces.c.name == bindparam("chosen"))

_OF_TEXTS = select(embeddings.c.digest, embeddings.c.vector).where(
    embeddings.c.scope.in_((bindparam("scope"), _OWN)),
    embeddings.c.space == bindparam("space"),
    embeddings.c.digest.in_(bindparam("digests", expanding=True)),
)
_BEFORE = delete(embeddings).where(embeddings.c.made_at < bindparam("before"))


class Embeddings(Repository):
    """Small vectors, by digest."""

    async def space(self) -> Space:
        return await self._first(_SPACES, _IN_USE) or WORDS

    async def spaces(self) -> Sequence[Space]:
        return await self._all(_SPACES, _ALL) or (WORDS,)

    async def use(self, space: Space) -> None:
        await self._put(_SPACES, space)
        await self._session.change(_USE, {"chosen": space.name})

    async def read(
        self, person_id: str, space: str, digests: Sequence[str]
    ) -> Mapping[str, tuple[float, ...]]:
        found = await self._session.rows(_OF_TEXTS, scope=person_id, space=space, digests=digests)
        return {row.digest: row.vector for row in found}

    async def put(
        self, person_id: str | None, space: str, vectors: Mapping[str, tuple[float, ...]], at: datetime
    ) -> None:
        kept = [
            _Kept(
                scope=person_id or _OWN,
                space=space,
                digest=digest,
                person_id=person_id,
                vector=vector,
                made_at=at,
            )
            for digest, vector in vectors.items()
        ]
        await self._put(_KEPT, *kept)

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_BEFORE, {"before": before})
