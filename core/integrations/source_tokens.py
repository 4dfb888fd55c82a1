"""The token with which a person's tasks are read: their own, or the operator's for the owner.

Tests: tests/core/integrations/test_source_tokens.py.
"""

from __future__ import annotations

from core.errors import SourceDisconnected, TokenMissing
from core.integrations.tokens import AccessTokens
from core.store import Store


class SourceTokens:
    """The tokens of everybody for one task source."""

    def __init__(
        self, provider: str, store: Store, *, own: AccessTokens | None, operators: str | None
    ) -> None:
        """``own``: of people who connected an account; ``operators``: the token in the settings, if any."""
        self._provider, self._store = provider, store
        self._own, self._operators = own, operators

    async def get(self, person_id: str, *, refused: str | None = None) -> str:
        """A token to use now; another one than ``refused``. Nobody but the owner gets the operator's.

        Raises ``SourceDisconnected`` and ``SourceUnavailable`` as ``AccessTokens.get`` does.
        """
        async with self._store.read() as unit:
            integration = await unit.integrations.get(person_id, self._provider)
        if integration is None:
            raise TokenMissing(f"{self._provider} is not connected")
        if integration.by_operator:
            return self._operators_token(refused)
        if self._own is None:
            raise TokenMissing(f"no client for {self._provider} is configured")
        return await self._own.get(person_id, refused=refused)

    def _operators_token(self, refused: str | None) -> str:
        if self._operators is None:
            raise TokenMissing(f"no token for {self._provider} is configured")
        if refused is not None:
            raise SourceDisconnected(f"{self._provider} refuses the token (401)")
        return self._operators
