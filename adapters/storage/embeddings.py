"""Vectors of texts, and the embedding spaces they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import embeddings, spaces
from core.embeddings.space import HASHED_SPACE, Space

_SHARED_SCOPE = "oo"  # scope of oO's own texts; other scopes are person ids


@dataclass(frozen=True, slots=True, kw_only=True)
class _Embedding:
    scope: str
    space: str
    digest: str
    person_id: str | None
    vector: tuple[float, ...]
    made_at: datetime


_SPACES = Rows(Space, spaces)
_EMBEDDINGS = Rows(_Embedding, embeddings)

_SPACE_IN_USE = _SPACES.select.where(spaces.c.in_use)
_ALL_SPACES = _SPACES.select.order_by(spaces.c.in_use.desc(), spaces.c.name)
_CHOOSE_SPACE = update(spaces).values(in_use=spaces.c.name == bindparam("chosen"))

_VECTORS_OF_TEXTS = select(embeddings.c.digest, embeddings.c.vector).where(
    embeddings.c.scope.in_((bindparam("scope"), _SHARED_SCOPE)),
    embeddings.c.space == bindparam("space"),
    embeddings.c.digest.in_(bindparam("digests", expanding=True)),
)
_DELETE_OLD_VECTORS = delete(embeddings).where(embeddings.c.made_at < bindparam("before"))


class Embeddings(Repository):
    """Vectors by scope, space and the text's digest."""

    async def space(self) -> Space:
        return await self._first(_SPACES, _SPACE_IN_USE) or HASHED_SPACE

    async def spaces(self) -> Sequence[Space]:
        return await self._all(_SPACES, _ALL_SPACES) or (HASHED_SPACE,)

    async def use(self, space: Space) -> None:
        await self._put(_SPACES, space)
        await self._session.change(_CHOOSE_SPACE, {"chosen": space.name})

    async def read(
        self, person_id: str, space: str, digests: Sequence[str]
    ) -> Mapping[str, tuple[float, ...]]:
        found = await self._session.rows(_VECTORS_OF_TEXTS, scope=person_id, space=space, digests=digests)
        return {row.digest: row.vector for row in found}

    async def put(
        self, person_id: str | None, space: str, vectors: Mapping[str, tuple[float, ...]], at: datetime
    ) -> None:
        stored = [
            _Embedding(
                scope=person_id or _SHARED_SCOPE,
                space=space,
                digest=digest,
                person_id=person_id,
                vector=vector,
                made_at=at,
            )
            for digest, vector in vectors.items()
        ]
        await self._put(_EMBEDDINGS, *stored)

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_DELETE_OLD_VECTORS, {"before": before})
