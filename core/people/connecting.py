"""Connecting an account at a provider by OAuth 2, and disconnecting it.

A link has a state of 128 bits that works once, for ten minutes, and belongs to one person. What the provider
gives for it waits in the vault until the person has said in the chat that it is the right account; until then
nothing else is stored. See docs/decisions/0038-people-connect-their-own-todoist.md.

Tests: tests/core/people/test_connecting.py, tests/scenarios/test_connecting.py.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.dependencies import Dependencies
from core.errors import SourceRefused, SourceUnavailable, VaultError
from core.integrations.revoking import queue, revoke_now
from core.integrations.stored_tokens import Tokens, dump, granted
from core.people.consents import agreed_person
from core.ports import OAuthClient, OutsideAccount
from core.records import Account, PendingConnection, Person, TaskSource
from core.secret_hash import secret_hash
from core.store import NOBODY, Unit, begin_about

log = logging.getLogger(__name__)

LINK_LASTS = timedelta(minutes=10)
"""How long a link works, and how long the chat waits for the person's word after it."""

MAX_STATE_CHARACTERS = 128
PENDING_KEY_CHARACTERS = 32


class Callback(StrEnum):
    """How a browser came back from the provider."""

    ASKED = "asked"
    """The chat asks whether it is the right account."""
    DENIED = "denied"
    """The person said no there."""
    INVALID = "invalid"
    """The state is unknown, used, expired, or of somebody who has left."""
    REFUSED = "refused"
    """The provider did not accept its own code."""
    FAILED = "failed"
    """The provider, or the vault, can't be used now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackOutcome:
    """What a browser that came back is shown."""

    result: Callback
    person: Person | None = None
    """Whose link it was; None if that is unknown."""


def pending_key(provider: str, which: str) -> str:
    """The name in the vault of what came for the link with that hash and is not confirmed yet."""
    return f"{provider}.pending.{which[:PENDING_KEY_CHARACTERS]}"


async def connection_link(
    person: Person,
    account: Account,
    source: TaskSource,
    client: OAuthClient,
    deps: Dependencies,
    *,
    wished_at: datetime | None = None,
) -> str:
    """A new link, to be confirmed in the chat of ``account``. It takes the place of one that was made since
    it was wished for, unless that was used: the update that wished for it is handled again.
    """
    state = deps.random.secret()
    pending = PendingConnection(
        state_hash=secret_hash(state),
        person_id=person.person_id,
        provider=source,
        account_id=account.account_id,
        created_at=deps.clock.now(),
    )
    async with deps.store.begin(person.person_id) as unit:
        others = await unit.connecting.of(person.person_id, source)
        unused = [one for one in others if one.answered_at is None]
        again = [one for one in unused if wished_at and one.created_at > wished_at]
        await unit.connecting.remove([one.state_hash for one in again])
        await unit.connecting.put(pending)
    return client.authorize_url(state)


# --- The browser comes back --------------------------------------------------------------------------------


async def come_back(
    state: str, *, code: str | None, client: OAuthClient, deps: Dependencies
) -> CallbackOutcome:
    """Use up the link with ``state``, and exchange ``code`` for tokens; without a code the person said no.

    Nothing is connected yet: ``core/delivery/confirm_account.py`` asks in the chat.
    """
    now = deps.clock.now()
    if not state or len(state) > MAX_STATE_CHARACTERS:
        return CallbackOutcome(result=Callback.INVALID)

    async def whose(unit: Unit) -> list[str]:
        pending = await unit.connecting.get(secret_hash(state))
        return [pending.person_id] if pending else []

    async with begin_about(deps.store, whose) as unit:
        pending = await unit.connecting.use(secret_hash(state), made_after=now - LINK_LASTS, now=now)
        person = await agreed_person(unit, pending.person_id) if pending else None
    if pending is None or person is None:
        return CallbackOutcome(result=Callback.INVALID)
    result = await _exchange(pending, state, code, client, deps) if code else Callback.DENIED
    if result is not Callback.ASKED:
        async with deps.store.begin(pending.person_id) as unit:
            await unit.connecting.remove([pending.state_hash])
    return CallbackOutcome(result=result, person=person)


async def _exchange(
    pending: PendingConnection, state: str, code: str, client: OAuthClient, deps: Dependencies
) -> Callback:
    if not deps.vault.is_open:
        return Callback.FAILED
    try:
        tokens = granted(await client.exchange(code, state), deps.clock.now())
    except SourceUnavailable as fault:
        return _after(fault, pending)
    try:
        account = await client.account(tokens.access)
    except SourceUnavailable as fault:
        await give_back(pending.provider, tokens, deps)
        return _after(fault, pending)
    if await _store_pending(pending, tokens, account, deps):
        return Callback.ASKED
    await give_back(pending.provider, tokens, deps)
    return Callback.FAILED


def _after(fault: SourceUnavailable, pending: PendingConnection) -> Callback:
    log.warning("connecting %s: %s", pending.provider, fault)
    return Callback.REFUSED if isinstance(fault, SourceRefused) else Callback.FAILED


async def _store_pending(
    pending: PendingConnection, tokens: Tokens, account: OutsideAccount, deps: Dependencies
) -> bool:
    """False if the person has left meanwhile, or the vault can't be used."""
    known = replace(pending, outside_id=account.account_id, outside_name=account.name)
    key, secret = pending_key(pending.provider, pending.state_hash), dump(tokens)
    try:
        async with deps.store.begin(pending.person_id) as unit:
            if await unit.connecting.get(pending.state_hash) is None:
                return False
            await deps.vault.put(unit, pending.person_id, key, secret)
            await unit.connecting.put(replace(known, answered_at=deps.clock.now()))
    except VaultError as fault:
        log.warning("connecting %s: %s", pending.provider, fault)
        return False
    return True


async def give_back(provider: str, tokens: Tokens, deps: Dependencies) -> bool:
    """End the access at the provider, now or later; whether it has ended."""
    async with deps.store.begin(NOBODY) as unit:
        queued = await queue(unit, provider, tokens, deps)
    return queued is not None and await revoke_now([queued], deps)
