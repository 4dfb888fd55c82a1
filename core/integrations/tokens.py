"""Access tokens of people, renewed before they end (OAuth 2 with refresh tokens that are used once).

A provider may end the old refresh token as soon as it has sent the new one. So only one process refreshes a
token at a time, by a lease in the database; and if its answer is lost, the old token is tried again at once,
as providers accept it for some seconds more. If that is refused, the person is asked to connect again.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

from core.errors import (
    ClientRefused,
    SourceBusy,
    SourceDisconnected,
    SourceRevoked,
    SourceUnavailable,
    TokenMissing,
    VaultClosed,
    VaultDamaged,
)
from core.integrations.connections import Connections, ConnectionsOfPeople
from core.integrations.states import expiring, refreshed
from core.integrations.stored_tokens import Tokens, dump, granted, load
from core.ports import Clock, Grant, RandomSource
from core.records import Integration
from core.store import Store, Unit
from core.vault import Vault

log = logging.getLogger(__name__)

RENEW_BEFORE = timedelta(minutes=5)
"""A token is renewed when it ends within this time. Until then a failure costs nothing."""

ANSWER_TIMEOUT = timedelta(seconds=10)
"""How long a provider may take for a new token."""

LEASE = timedelta(seconds=15)
"""After this time a refresh counts as cut off: longer than ``ANSWER_TIMEOUT``, and much shorter than the
minute in which providers accept the old token again.
"""


class _AnswerLost(SourceDisconnected):
    """The refresh token was accepted before, but the answer was lost, and now it is refused."""


class TokenRefresher(Protocol):
    """A provider's OAuth client, as far as it is needed here. Raises ``SourceUnavailable``."""

    async def refresh(self, refresh_token: str) -> Grant:
        """New tokens. Raises ``SourceDisconnected`` if the provider refuses this refresh token."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """A connection and its tokens, from one transaction."""

    integration: Integration
    tokens: Tokens
    was_cut_off: bool = False
    """Whether the refresh before this one ended without a result."""

    def must_renew(self, now: datetime, refused: str | None) -> bool:
        """Whether the access token is refused or ends soon."""
        ends = self.tokens.expires_at
        return self.tokens.access == refused or (ends is not None and now >= ends - RENEW_BEFORE)

    def works_until_then(self, now: datetime, refused: str | None) -> bool:
        """Whether the access token can still be used."""
        ends = self.tokens.expires_at
        return self.tokens.access != refused and (ends is None or now < ends)


class AccessTokens:
    """The access tokens of everybody for one provider."""

    def __init__(
        self,
        provider: str,
        refresher: TokenRefresher,
        *,
        store: Store,
        vault: Vault,
        clock: Clock,
        random: RandomSource,
        connections: Connections | None = None,
    ) -> None:
        """``connections``: those of people, unless told otherwise."""
        self._provider = provider
        self._refresher = refresher
        self._store, self._clock, self._random = store, clock, random
        self._connections = connections or ConnectionsOfPeople(provider, vault)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def get(self, person_id: str, *, refused: str | None = None) -> str:
        """A token to use now. ``refused``: the one that the provider has just refused, which is renewed.

        Raises ``TokenMissing``, ``SourceRevoked`` or ``SourceDisconnected`` if the person must connect again,
        and ``SourceUnavailable`` if there is none now.
        """
        async with self._store.read() as unit:
            stored = await self._read(unit, person_id)
        if not stored.must_renew(self._clock.now(), refused):
            return stored.tokens.access
        lock = self._locks.setdefault(person_id, asyncio.Lock())
        async with lock:
            return await self._renewed(person_id, refused)

    async def _read(self, unit: Unit, person_id: str) -> _Stored:
        try:
            found = await self._connections.get(unit, person_id)
            if found:
                return _Stored(integration=found[0], tokens=load(found[1]))
        except VaultClosed:
            raise SourceUnavailable("no vault key is configured (OO_VAULT_KEYS)") from None
        except (VaultDamaged, ValueError) as fault:
            log.warning("a token for %s can't be read: %s", self._provider, fault)
        raise TokenMissing(f"there is no token for {self._provider}")

    async def _renewed(self, person_id: str, refused: str | None) -> str:
        claim = await self._claim(person_id, refused)
        now, tokens = self._clock.now(), claim.tokens
        if claim.integration.lease is None:  # somebody else has renewed it, or is doing so
            return tokens.access
        if tokens.refresh is None:
            return await self._without_refresh(claim, now, refused)
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT.total_seconds()):
                grant = await self._ask(tokens.refresh)
        except SourceDisconnected as fault:
            return await self._after_refusal(claim, fault)
        except (SourceUnavailable, TimeoutError) as fault:
            return await self._after_failure(claim, fault, refused)
        return await self._store_grant(claim, grant)

    async def _ask(self, refresh_token: str) -> Grant:
        """New tokens. If an answer is lost, they are asked for again at once, within the grace."""
        try:
            return await self._refresher.refresh(refresh_token)
        except (SourceDisconnected, SourceBusy, ClientRefused):
            raise
        except SourceUnavailable:
            return await self._ask_again(refresh_token)

    async def _ask_again(self, refresh_token: str) -> Grant:
        try:
            return await self._refresher.refresh(refresh_token)
        except SourceDisconnected as fault:
            raise _AnswerLost(str(fault)) from None

    async def _claim(self, person_id: str, refused: str | None) -> _Stored:
        """The stored tokens, with a lease if this process shall renew them, and without if it need not.

        Raises ``SourceBusy`` if another process is renewing them and the old one can't be used.
        """
        async with self._store.begin(person_id) as unit:
            stored, now = await self._read(unit, person_id), self._clock.now()
            integration = stored.integration
            unleased = replace(stored, integration=replace(integration, lease=None))
            if not stored.must_renew(now, refused):
                return unleased
            if _is_leased(integration, now):
                if stored.works_until_then(now, refused):
                    return unleased
                raise SourceBusy(LEASE.total_seconds())
            leased = replace(integration, lease=self._random.new_id(), leased_until=now + LEASE)
            await self._connections.put(unit, leased)
            return replace(stored, integration=leased, was_cut_off=integration.lease is not None)

    async def _store_grant(self, claim: _Stored, grant: Grant) -> str:
        """Store new tokens; those of a connection that has ended meanwhile are to be revoked."""
        now = self._clock.now()
        tokens = granted(grant, now)
        if tokens.refresh is None:
            tokens = replace(tokens, refresh=claim.tokens.refresh)
        async with self._store.begin(claim.integration.person_id) as unit:
            current = await self._current(unit, claim)
            is_late = current and current.integration.lease != claim.integration.lease
            if current and is_late and current.tokens != claim.tokens:
                return current.tokens.access  # of a process that came later
            if current:
                await self._connections.put_secret(unit, current.integration.person_id, dump(tokens))
                await self._connections.put(unit, refreshed(current.integration, tokens.expires_at, now))
                return tokens.access
            await self._connections.end(unit, tokens, revocation_id=self._random.new_id(), now=now)
        raise TokenMissing(f"{self._provider} was disconnected meanwhile")

    async def _current(self, unit: Unit, claim: _Stored) -> _Stored | None:
        """What is stored now; None if the connection has ended or is another one."""
        try:
            current = await self._read(unit, claim.integration.person_id)
        except TokenMissing:
            return None
        is_same = current.integration.connected_at == claim.integration.connected_at
        return current if is_same else None

    async def _after_refusal(self, claim: _Stored, fault: SourceDisconnected) -> str:
        """Another process may have renewed the token meanwhile; else the person must connect again."""
        async with self._store.begin(claim.integration.person_id) as unit:
            current = await self._current(unit, claim)
            if current is None:
                raise TokenMissing(f"{self._provider} was disconnected meanwhile")
            if current.tokens != claim.tokens:
                return current.tokens.access
            if current.integration.lease != claim.integration.lease:
                raise SourceBusy(LEASE.total_seconds())
            await self._connections.put(unit, replace(current.integration, lease=None, leased_until=None))
        if claim.was_cut_off or isinstance(fault, _AnswerLost):
            raise SourceDisconnected("the answer to the last refresh was lost") from fault
        raise SourceRevoked(f"{self._provider} refuses the refresh token") from fault

    async def _after_failure(self, claim: _Stored, fault: Exception, refused: str | None) -> str:
        """The lease stays, as the provider may have sent tokens that were lost. While the old token works,
        nothing is asked before the lease has ended, or for as long as the provider wants.
        """
        now = self._clock.now()
        works = claim.works_until_then(now, refused)
        async with self._store.begin(claim.integration.person_id) as unit:
            current = await self._current(unit, claim)
            if current and current.integration.lease == claim.integration.lease:
                ended = replace(current.integration, leased_until=now)
                after = expiring(current.integration, fault, now) if works else ended
                await self._connections.put(unit, after)
        if works:
            log.warning("a token for %s could not be renewed yet: %s", self._provider, type(fault).__name__)
            return claim.tokens.access
        if isinstance(fault, SourceUnavailable):
            raise fault
        raise SourceUnavailable(f"{self._provider} took too long to renew a token") from fault

    async def _without_refresh(self, claim: _Stored, now: datetime, refused: str | None) -> str:
        """A token that can't be renewed is used until it ends."""
        works = claim.works_until_then(now, refused)
        async with self._store.begin(claim.integration.person_id) as unit:
            current = await self._current(unit, claim)
            if current:
                ended = replace(current.integration, lease=None, leased_until=None)
                await self._connections.put(unit, expiring(ended, None, now) if works else ended)
        if works:
            return claim.tokens.access
        raise SourceDisconnected(f"the token for {self._provider} has ended")


def _is_leased(integration: Integration, now: datetime) -> bool:
    """Whether a refresh is under way. A lease that ends later than any can is from before the clock was set
    back, and does not count.
    """
    until = integration.leased_until
    return until is not None and now < until <= now + LEASE
