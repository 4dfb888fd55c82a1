"""Personal tokens: a program that has one acts for its person, as far as the token's scopes go.

The secret is 128 random bits and is shown once. Only its SHA-256 is stored: nobody can guess so many bits, so
a slow hash would protect nothing. It is looked up by this hash, so the time that takes tells nothing about
other secrets.

Tests: tests/bot/api/test_service.py, tests/scenarios/test_tokens.py.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.dependencies import Dependencies
from core.errors import BadInput, NotFound
from core.events import record_event
from core.people.access import LAST_SEEN_PRECISION
from core.records import ApiToken, Person, Scope
from core.secret_hash import secret_hash
from core.tasks.by_update import asked_by, by_update
from core.text import clean

MAX_TOKENS = 20
"""Tokens of one person."""

MAX_NAME = 40
"""Code points of a token's name."""

PREFIX = "oo_"
"""Tokens begin with it, so that tools which search files for secrets can find them."""

SECRET_TTL = timedelta(minutes=10)
"""How long a message shows a new token's secret, where the platform can replace it."""

REVOKED = "token.revoked"
"""The kind of event."""

_SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{22}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token that was just made."""

    token: ApiToken
    secret: str
    """Shown once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whom a program acts for, and what it may do."""

    person: Person
    token: ApiToken

    def may(self, scope: Scope) -> bool:
        """Whether the token is good for that."""
        return scope in self.token.scopes


async def make_token(
    person: Person,
    deps: Dependencies,
    *,
    name: str,
    scopes: Iterable[Scope],
    in_place_since: datetime | None = None,
) -> NewToken:
    """A new token. ``in_place_since``: it takes the place of one of that name that was made after then, of
    which nobody may have seen the secret: the update that asked for it is handled again.

    Raises ``BadInput``: ``token_name``, ``token_name_taken``, ``token_scopes``, ``too_many_tokens``.
    """
    wanted, called = set(scopes), clean(name, MAX_NAME)
    if not any(map(str.isalnum, called)):
        raise BadInput("token_name")
    if not wanted:
        raise BadInput("token_scopes")
    secret = PREFIX + deps.random.secret()
    token = ApiToken(
        token_id=deps.random.new_id(),
        person_id=person.person_id,
        secret_hash=secret_hash(secret),
        name=called,
        scopes=tuple(scope for scope in Scope if scope in wanted),
        created_at=deps.clock.now(),
    )
    async with deps.store.begin(person.person_id) as unit:
        others = await unit.tokens.of(person.person_id)
        before = named(others, called)
        if before and in_place_since and before.created_at > in_place_since:
            await unit.tokens.delete(before.token_id)
            await record_event(unit, deps, REVOKED, person.person_id, token_id=before.token_id)
        elif before:
            raise BadInput("token_name_taken", name=called)
        if len(others) >= MAX_TOKENS:
            raise BadInput("too_many_tokens", limit=str(MAX_TOKENS))
        await unit.tokens.add(token)
        await record_event(unit, deps, "token.made", person.person_id, token_id=token.token_id)
    return NewToken(token=token, secret=secret)


async def tokens_of(person: Person, deps: Dependencies) -> tuple[ApiToken, ...]:
    """The person's tokens, oldest first."""
    async with deps.store.read() as unit:
        return await unit.tokens.of(person.person_id)


def named(tokens: Iterable[ApiToken], name: str) -> ApiToken | None:
    """The token of that name, whatever the case."""
    wanted = clean(name, MAX_NAME).casefold()
    return next((one for one in tokens if one.name.casefold() == wanted), None)


async def revoke_token(token_id: str, person: Person, deps: Dependencies, origin: str = "") -> ApiToken:
    """Make a token useless at once. Raises ``NotFound`` if it is not the person's, or was revoked before.

    ``origin`` names the update that asks for it.
    """
    async with deps.store.begin(person.person_id) as unit:
        found = next(
            (one for one in await unit.tokens.of(person.person_id) if one.token_id == token_id), None
        )
        if found is None:
            raise NotFound("no such token of this person")
        await unit.tokens.delete(token_id)
        await record_event(unit, deps, REVOKED, person.person_id, token_id=token_id, **asked_by(origin))
        return found


async def revoked_by(origin: str, person: Person, deps: Dependencies) -> bool:
    """Whether the update ``origin``, which is handled again, has revoked a token already."""
    async with deps.store.read() as unit:
        return bool(await by_update(unit, person.person_id, deps, origin, REVOKED))


async def authenticate(secret: str, deps: Dependencies) -> Caller | None:
    """Whom the token belongs to; None for anything but a token in force.

    Notes from time to time that it is used.
    """
    if not _SECRET.fullmatch(secret):
        return None
    wanted = secret_hash(secret)
    async with deps.store.read() as unit:
        known = await unit.tokens.known(wanted)
    if known is None or not hmac.compare_digest(known.token.secret_hash, wanted):
        return None
    return Caller(person=known.person, token=await _used(known.token, deps))


async def _used(token: ApiToken, deps: Dependencies) -> ApiToken:
    now = deps.clock.now()
    if token.used_at and now - token.used_at <= LAST_SEEN_PRECISION:
        return token
    async with deps.store.begin(token.person_id) as unit:
        await unit.tokens.used(token.token_id, now)
    return replace(token, used_at=now)


# --- The message that shows a secret -----------------------------------------------------------------------


async def shown_in(
    token: ApiToken, deps: Dependencies, *, account_id: str | None, message_id: str | None
) -> None:
    """Note which message shows the token's secret; None: no message does any more."""
    async with deps.store.begin(token.person_id) as unit:
        await unit.tokens.shown(token.token_id, account_id, message_id)


async def shown_too_long(deps: Dependencies) -> tuple[ApiToken, ...]:
    """The tokens whose secret a message has shown for ``SECRET_TTL``."""
    async with deps.store.read() as unit:
        return await unit.tokens.shown_before(deps.clock.now() - SECRET_TTL)
