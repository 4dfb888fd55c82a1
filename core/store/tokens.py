"""Personal tokens, and the answers to requests that may be repeated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from core.records import ApiToken, KeptAnswer, PersonToken


class Tokens(Protocol):
    """Personal tokens. A token that was revoked is deleted."""

    async def add(self, token: ApiToken) -> None: ...
    async def used(self, token_id: str, at: datetime) -> None:
        """Note that a token is used, unless it was revoked meanwhile."""
        ...

    async def shown(self, token_id: str, account_id: str | None, message_id: str | None) -> None:
        """Note which message shows a token's secret; None: no message does."""
        ...

    async def known(self, secret_hash: str) -> PersonToken | None:
        """The token with that hash, and its person."""
        ...

    async def of(self, person_id: str) -> tuple[ApiToken, ...]:
        """Their tokens, oldest first."""
        ...

    async def in_force(self, token_ids: Collection[str]) -> Mapping[str, str]:
        """Those of the tokens that are not revoked and whose person has agreed, each with its person's id."""
        ...

    async def shown_before(self, before: datetime) -> tuple[ApiToken, ...]:
        """The tokens made before then whose secret a message still shows."""
        ...

    async def delete(self, token_id: str) -> None: ...


class KeptAnswers(Protocol):
    """Answers to programs by person and ``Idempotency-Key``, and the latest ones of the conversation."""

    async def get(self, person_id: str, key: str) -> KeptAnswer | None: ...
    async def put(self, answer: KeptAnswer) -> None:
        """Insert or replace it."""
        ...

    async def prune(self, before: datetime, *, said_before: datetime) -> int:
        """Delete answers from before then, and those of the conversation from before ``said_before``, which
        is later; returns how many.
        """
        ...
