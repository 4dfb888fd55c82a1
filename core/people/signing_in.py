"""Signing in at an identity provider, and linking an identity there to a person.

Somebody is who the provider says by issuer and subject, never by an e-mail address. Signing in makes nobody a
person: people link an identity from their own page, where they came by a link in the chat.

A sign-in has a state of 128 bits that works once, for ten minutes, in the browser that began it: the browser
holds a secret in a cookie, and here is the hash of it. So nobody can be made to sign in as somebody else. See
docs/decisions/0043-sign-in-by-openid-connect.md.

Tests: tests/core/people/test_signing_in.py.
"""

from __future__ import annotations

import hmac
import logging
import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from core.dependencies import Dependencies
from core.errors import IdentityProviderUnavailable, IdentityRefused
from core.events import record_event
from core.people.consents import agreed_person
from core.people.operators import Operators
from core.ports import IdentityProvider, ProvenIdentity
from core.records import Identity, PendingSignIn, Person, SignInGoal
from core.secret_hash import secret_hash
from core.store import NOBODY, Unit, begin_about

log = logging.getLogger(__name__)

SIGN_IN_LASTS = timedelta(minutes=10)

MAX_CODE_CHARACTERS = 4096
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}")
_DENIED = "access_denied"


class SignInResult(StrEnum):
    """How a browser came back from the provider."""

    SIGNED_IN = "signed_in"
    LINKED = "linked"
    """From now on the identity signs the person in."""
    UNKNOWN = "unknown"
    """The identity is nobody's."""
    TAKEN = "taken"
    """It is somebody else's."""
    NOT_OPERATOR = "not_operator"
    DENIED = "denied"
    """They said no at the provider."""
    INVALID = "invalid"
    """The state is unknown, used, too old, of another browser, or of somebody who has signed out."""
    REFUSED = "refused"
    """What the provider says proves nothing."""
    FAILED = "failed"
    """The provider can't be used now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInStart:
    """Where a browser goes, and what it has to bring back."""

    url: str
    browser: str = field(repr=False)
    """The secret for its cookie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingBack:
    """What a browser brings back. All of it may be made up."""

    state: str = field(default="", repr=False)
    browser: str = field(default="", repr=False)
    """The secret of its cookie."""
    code: str = field(default="", repr=False)
    error: str = ""
    """Why there is no code, in the words of OAuth 2."""
    issuer: str | None = None
    """Who sent it, if it says so."""
    person: Person | None = None
    """Who is signed in in this browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInOutcome:
    """What becomes of it."""

    result: SignInResult
    goal: SignInGoal = SignInGoal.PERSON
    person: Person | None = None
    """Who signed in or linked."""
    operator: str | None = None
    """The entry of the configuration by which somebody is an operator."""
    subject: str = field(default="", repr=False)
    """The provider's id of somebody who is no operator: what the configuration would have to list."""


async def begin_sign_in(
    goal: SignInGoal,
    provider: IdentityProvider,
    deps: Dependencies,
    *,
    language: str,
    browser: str = "",
    person: Person | None = None,
) -> SignInStart:
    """Begin a sign-in in a browser; ``browser`` is the secret that it has, so that two may be under way.

    ``person`` links (``SignInGoal.LINK``). Raises ``IdentityProviderUnavailable``.
    """
    state = deps.random.secret()
    secret = browser if _SECRET.fullmatch(browser) else deps.random.secret()
    url = await provider.authorize_url(state, language=language)
    now = deps.clock.now()
    pending = PendingSignIn(
        state_hash=secret_hash(state),
        browser_hash=secret_hash(secret),
        goal=goal,
        person_id=person.person_id if person and goal is SignInGoal.LINK else None,
        created_at=now,
    )
    async with deps.store.begin(pending.person_id or NOBODY) as unit:
        await unit.identities.prune_of(pending.person_id, now - SIGN_IN_LASTS)
        await unit.identities.begin(pending)
    return SignInStart(url=url, browser=secret)


async def finish_sign_in(
    back: ComingBack, provider: IdentityProvider, operators: Operators, deps: Dependencies
) -> SignInOutcome:
    """Use the sign-in up, and find out who signed in."""
    pending = await _taken(back, deps)
    if pending is None:
        return SignInOutcome(result=SignInResult.INVALID)
    if back.error:
        return SignInOutcome(result=_without_code(back.error), goal=pending.goal)
    try:
        if not 1 <= len(back.code) <= MAX_CODE_CHARACTERS:
            raise IdentityRefused("the browser brings no code")
        identity = await provider.identify(back.code, back.state, issuer=back.issuer)
    except IdentityProviderUnavailable as fault:
        log.warning("signing in by OpenID Connect: %s", fault)
        is_refused = isinstance(fault, IdentityRefused)
        result = SignInResult.REFUSED if is_refused else SignInResult.FAILED
        return SignInOutcome(result=result, goal=pending.goal)
    match pending.goal:
        case SignInGoal.OPERATOR:
            return _operator(identity, operators)
        case SignInGoal.LINK:
            return await _link(identity, back.person, deps)
    return await _sign_in(identity, deps)


async def _taken(back: ComingBack, deps: Dependencies) -> PendingSignIn | None:
    """The sign-in that this browser began; None unless everything about it is right. It is used up anyhow."""
    if not _SECRET.fullmatch(back.state):
        return None

    async def whose(unit: Unit) -> list[str]:
        pending = await unit.identities.pending(secret_hash(back.state))
        return [pending.person_id] if pending and pending.person_id else []

    async with begin_about(deps.store, whose) as unit:
        pending = await unit.identities.take(secret_hash(back.state))
    if pending is None or deps.clock.now() - pending.created_at >= SIGN_IN_LASTS:
        return None
    if not hmac.compare_digest(pending.browser_hash, secret_hash(back.browser)):
        return None
    who = back.person.person_id if back.person else None
    is_same = pending.person_id == who or pending.goal is not SignInGoal.LINK
    return pending if is_same else None


def _without_code(error: str) -> SignInResult:
    """The reason comes from the browser, so it is not logged."""
    if error == _DENIED:
        return SignInResult.DENIED
    log.warning("signing in by OpenID Connect: the provider sent the browser back with an error")
    return SignInResult.FAILED


def _operator(identity: ProvenIdentity, operators: Operators) -> SignInOutcome:
    if name := operators.named(identity):
        return SignInOutcome(result=SignInResult.SIGNED_IN, goal=SignInGoal.OPERATOR, operator=name)
    return SignInOutcome(result=SignInResult.NOT_OPERATOR, goal=SignInGoal.OPERATOR, subject=identity.subject)


async def _link(identity: ProvenIdentity, person: Person | None, deps: Dependencies) -> SignInOutcome:
    if person is None:
        return SignInOutcome(result=SignInResult.INVALID)
    new = Identity(
        issuer=identity.issuer,
        subject=identity.subject,
        person_id=person.person_id,
        linked_at=deps.clock.now(),
    )
    async with deps.store.begin(person.person_id) as unit:
        if await unit.identities.add(new):
            await record_event(unit, deps, "identity.linked", person.person_id)
            result = SignInResult.LINKED
        else:
            found = await unit.identities.find(identity.issuer, identity.subject)
            is_own = found is not None and found.person_id == person.person_id
            result = SignInResult.LINKED if is_own else SignInResult.TAKEN
    return SignInOutcome(result=result, goal=SignInGoal.LINK, person=person)


async def _sign_in(identity: ProvenIdentity, deps: Dependencies) -> SignInOutcome:

    async def whose(unit: Unit) -> list[str]:
        found = await unit.identities.find(identity.issuer, identity.subject)
        return [found.person_id] if found else []

    async with begin_about(deps.store, whose) as unit:
        found = await unit.identities.find(identity.issuer, identity.subject)
        person = await agreed_person(unit, found.person_id) if found else None
        if person is None:
            return SignInOutcome(result=SignInResult.UNKNOWN)
        await unit.identities.used(identity.issuer, identity.subject, deps.clock.now())
    return SignInOutcome(result=SignInResult.SIGNED_IN, person=person)
