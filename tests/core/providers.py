"""A provider that people connect by OAuth 2, by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from core.ports import Grant, OutsideAccount

LASTS = timedelta(hours=1)


@dataclass
class Provider:
    """Implements ``OAuthClient``: each consent gives numbered tokens for the account ``account_id``.

    ``faults`` are raised by the next requests to end an access, ``no_tokens`` and ``no_account`` while they
    are set. ``meanwhile`` runs while it is asked whose account it is.
    """

    account_id: str = "77"
    faults: list[Exception] = field(default_factory=list)
    no_tokens: Exception | None = None
    no_account: Exception | None = None
    meanwhile: Callable[[], Awaitable[object]] | None = None
    consents: int = 0
    ended: list[tuple[str, str | None]] = field(default_factory=list)
    """The access and refresh tokens that it ended."""

    def authorize_url(self, state: str) -> str:
        return f"https://provider.example/consent?state={state}"

    async def exchange(self, code: str, state: str) -> Grant:
        if self.no_tokens:
            raise self.no_tokens
        self.consents += 1
        return Grant(
            access_token=f"access-{self.consents}", refresh_token=f"refresh-{self.consents}", lasts=LASTS
        )

    async def refresh(self, refresh_token: str) -> Grant:
        raise NotImplementedError

    async def revoke(self, access_token: str, refresh_token: str | None = None) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.ended.append((access_token, refresh_token))

    async def account(self, access_token: str) -> OutsideAccount:
        if self.meanwhile:
            await self.meanwhile()
        if self.no_account:
            raise self.no_account
        return OutsideAccount(account_id=self.account_id, name=f"{self.account_id}@example.org")
