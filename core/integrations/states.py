"""Every transition of a connection's state, ``Integration.status``; and how it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import SourceBusy, SourceDisconnected, SourceRevoked, SourceUnavailable, TokenMissing
from core.incidents import end, notice
from core.records import IncidentKind, Integration, TokenStatus
from core.store import Unit

RETRY_AFTER = timedelta(minutes=1)
"""Pause after a failure of a provider, unless it asks for another."""


def may_ask(integration: Integration, now: datetime) -> bool:
    """Whether the provider may be asked: the person need not reconnect, and its pause is over."""
    if integration.status.must_reconnect:
        return False
    return integration.not_before is None or integration.not_before <= now


def working(integration: Integration, now: datetime) -> Integration:
    """The state of a provider that has just answered. A token that ends soon still does."""
    is_expiring = integration.status is TokenStatus.EXPIRING
    after = integration if is_expiring else _as(integration, TokenStatus.CONNECTED, now)
    return replace(after, not_before=None, told_at=None)


def after_fault(integration: Integration, fault: SourceUnavailable, now: datetime) -> Integration:
    """The state after ``fault``, with a pause. Only a refused or missing token is up to the person."""
    pause = timedelta(seconds=fault.retry_after) if isinstance(fault, SourceBusy) else RETRY_AFTER
    return replace(_as(integration, _status_after(fault), now), not_before=now + pause)


def after_one_fault(integration: Integration, now: datetime) -> Integration:
    """The state of a provider that answers, but failed to take a single change: it is asked for others."""
    return _as(integration, TokenStatus.ERROR, now)


def _status_after(fault: SourceUnavailable) -> TokenStatus:
    if isinstance(fault, TokenMissing):
        return TokenStatus.MISSING
    if isinstance(fault, SourceRevoked):
        return TokenStatus.REVOKED
    return TokenStatus.EXPIRED if isinstance(fault, SourceDisconnected) else TokenStatus.ERROR


def retried(integration: Integration, now: datetime) -> Integration:
    """The state once the operator may have mended it: asked again at once.

    ``told_at`` stays, so that no second notice is sent if nothing has changed.
    """
    return replace(_as(integration, TokenStatus.CONNECTED, now), not_before=None)


def connected(
    person_id: str,
    provider: str,
    now: datetime,
    *,
    account_id: str | None = None,
    account_name: str | None = None,
    expires_at: datetime | None = None,
) -> Integration:
    """The state of a connection that the person has just made, be it the first one or again.

    It has no cursor, so that the first sync is a full one, and nothing of an earlier connection.
    """
    return Integration(
        person_id=person_id,
        provider=provider,
        status=TokenStatus.CONNECTED,
        changed_at=now,
        account_id=account_id,
        account_name=account_name,
        connected_at=now,
        expires_at=expires_at,
    )


def refreshed(integration: Integration, expires_at: datetime | None, now: datetime) -> Integration:
    """The state after the token was renewed. A fault of the provider itself stays until it answers."""
    is_over = integration.status is TokenStatus.EXPIRING
    after = _as(integration, TokenStatus.CONNECTED, now) if is_over else integration
    return replace(after, expires_at=expires_at, lease=None, leased_until=None)


def expiring(integration: Integration, fault: Exception | None, now: datetime) -> Integration:
    """The state when a token ends soon and could not be renewed yet, because of ``fault`` or at all."""
    after = _as(integration, TokenStatus.EXPIRING, now)
    if isinstance(fault, SourceBusy):
        return replace(after, not_before=now + timedelta(seconds=fault.retry_after))
    return after


def _as(integration: Integration, status: TokenStatus, now: datetime) -> Integration:
    changed_at = integration.changed_at if integration.status is status else now
    return replace(integration, status=status, changed_at=changed_at)


_WORST_FIRST = (
    TokenStatus.MISSING,
    TokenStatus.REVOKED,
    TokenStatus.EXPIRED,
    TokenStatus.ERROR,
    TokenStatus.EXPIRING,
    TokenStatus.CONNECTED,
)


def by_login(integrations: Iterable[Integration]) -> tuple[Integration, ...]:
    """One for each login, as its person sees it: in the worst state of its connections."""
    found: dict[tuple[str, str], Integration] = {}
    for one in sorted(integrations, key=lambda one: one.provider != one.secret_name):
        login = one.person_id, one.secret_name
        first = found.setdefault(login, one)
        worst = min(first.status, one.status, key=_WORST_FIRST.index)
        found[login] = replace(first, provider=one.secret_name, status=worst)
    return tuple(found.values())


async def record_response(
    unit: Unit, integration: Integration, now: datetime, *, fault: SourceUnavailable | None = None
) -> None:
    """Store the state of a provider that has answered, or failed with ``fault``.

    Not if the person has left, disconnected, or connected again meanwhile.
    """
    current = await unit.integrations.get(integration.person_id, integration.provider)
    if current is None or current.connected_at != integration.connected_at:
        return
    after = after_fault(current, fault, now) if fault else working(current, now)
    if after != current:
        await store_state(unit, current, after, now)


async def store_state(unit: Unit, before: Integration, after: Integration, now: datetime) -> None:
    """Store the state of a connection. The operator learns that one was lost, not whose."""
    await unit.integrations.put(after)
    is_lost, was_lost = after.status.must_reconnect, before.status.must_reconnect
    if after.by_operator:
        if is_lost:
            await notice(unit, IncidentKind.ACCESS_REFUSED, now, after.provider)
        else:
            await end(unit, IncidentKind.ACCESS_REFUSED, now, after.provider)
    elif is_lost and not was_lost:
        await notice(unit, IncidentKind.CONNECTIONS_LOST, now, after.provider)
