"""Browsers that are signed in, and how a person signs in from the chat.

A link from the chat holds 128 random bits, works once, for ten minutes, and belongs to one person. Opening
it only asks; the answer signs in. The session's secret, 128 bits as well, is in a signed cookie. Of both only
the SHA-256 is stored: nobody can guess so many bits, so a slow hash would protect nothing.

Tests: tests/core/people/test_sessions.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.chat import Channel
from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_event
from core.people.access import LAST_SEEN_PRECISION
from core.people.consents import agreed_person
from core.records import Account, Person, SessionKind, SignInLink, WebSession
from core.secret_hash import secret_hash
from core.store import NOBODY, Unit, begin_about
from core.text import clean

SIGN_IN_LINK_LASTS = timedelta(minutes=10)
"""How long a link from the chat works."""

SESSION_LASTS = {SessionKind.PERSON: timedelta(days=30), SessionKind.OPERATOR: timedelta(hours=12)}
"""How long a session lasts after its latest use."""

MAX_TOKEN_CHARACTERS = 128
MAX_BROWSER = 60
"""Code points of what a browser calls itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who a browser is signed in as."""

    session: WebSession
    person: Person | None
    """As they are addressed on the account; None for an operator."""
    account: Account | None = None
    """The account from whose chat they signed in, else another of theirs; None for an operator."""
    is_prolonged: bool = False
    """Whether the session lasts longer from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """A session that was just opened."""

    session: WebSession
    secret: str = field(repr=False)
    """For the cookie."""


class LinkState(StrEnum):
    """What a link to sign in is good for."""

    GOOD = "good"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """A link that somebody opened."""

    state: LinkState
    person: Person | None = None
    """Whom it signs in, as they are addressed in that chat; None unless it is good."""
    channel: Channel | None = None
    """In which chat it was asked for; None unless it is good."""
    asked_at: datetime | None = None
    """When it was asked for; None unless it is good."""


# --- Links -------------------------------------------------------------------------------------------------


async def sign_in_link(
    person: Person, account: Account, deps: Dependencies, *, asked_at: datetime | None = None
) -> str:
    """The token of a new link, to be shown in the chat of ``account``. It takes the place of one that was
    made since it was asked for: the update that asked is handled again.
    """
    token = deps.random.secret()
    link = SignInLink(
        token_hash=secret_hash(token),
        person_id=person.person_id,
        account_id=account.account_id,
        created_at=deps.clock.now(),
    )
    async with deps.store.begin(person.person_id) as unit:
        if asked_at:
            await unit.sessions.drop_links(person.person_id, made_after=asked_at)
        await unit.sessions.put_link(link)
    return token


async def find_link(token: str, deps: Dependencies) -> FoundLink:
    """What the link with ``token`` is good for. It stays as it is: previews open links, too."""
    async with deps.store.read() as unit:
        link = await unit.sessions.link(secret_hash(token)) if _may_be_token(token) else None
        person = await agreed_person(unit, link.person_id) if link else None
        account = await _account(unit, person, link.account_id) if link and person else None
    if link is None or person is None or account is None:
        return FoundLink(state=LinkState.UNKNOWN)
    if link.used_at:
        return FoundLink(state=LinkState.USED)
    if link.created_at <= deps.clock.now() - SIGN_IN_LINK_LASTS:
        return FoundLink(state=LinkState.EXPIRED)
    return FoundLink(
        state=LinkState.GOOD,
        person=person.on(account),
        channel=account.channel,
        asked_at=link.created_at,
    )


async def sign_in(token: str, browser: str, deps: Dependencies) -> NewSession | None:
    """Use up the link with ``token`` and open a session; None if it is good for nothing."""
    now = deps.clock.now()
    if not _may_be_token(token):
        return None

    async def whose(unit: Unit) -> list[str]:
        link = await unit.sessions.link(secret_hash(token))
        return [link.person_id] if link else []

    async with begin_about(deps.store, whose) as unit:
        link = await unit.sessions.use_link(secret_hash(token), made_after=now - SIGN_IN_LINK_LASTS, now=now)
        person = await agreed_person(unit, link.person_id) if link else None
        if link is None or person is None:
            return None
        return await open_session(unit, deps, person=person, account_id=link.account_id, browser=browser)


def _may_be_token(token: str) -> bool:
    return 0 < len(token) <= MAX_TOKEN_CHARACTERS


async def _account(unit: Unit, person: Person, account_id: str | None) -> Account | None:
    """The person's account with that id, else the one that they used last."""
    accounts = await unit.people.accounts(person.person_id)
    latest = max(accounts, key=lambda one: one.last_seen_at, default=None)
    return next((one for one in accounts if one.account_id == account_id), latest)


# --- Sessions ----------------------------------------------------------------------------------------------


async def open_session(
    unit: Unit,
    deps: Dependencies,
    *,
    person: Person | None = None,
    operator: str | None = None,
    account_id: str | None = None,
    browser: str = "",
) -> NewSession:
    """Sign a browser in, as a person or as an operator of that name. Raises ``ValueError`` for neither and
    for both.
    """
    if (person is None) == (operator is None):
        raise ValueError("a session is a person's or an operator's")
    kind = SessionKind.PERSON if person else SessionKind.OPERATOR
    secret, now = deps.random.secret(), deps.clock.now()
    session = WebSession(
        session_id=deps.random.new_id(),
        secret_hash=secret_hash(secret),
        kind=kind,
        person_id=person.person_id if person else None,
        operator=operator,
        account_id=account_id,
        browser=clean(browser, MAX_BROWSER),
        created_at=now,
        used_at=now,
        expires_at=now + SESSION_LASTS[kind],
    )
    await unit.sessions.add(session)
    if person:
        await record_event(unit, deps, "session.opened", person.person_id, session_id=session.session_id)
    return NewSession(session=session, secret=secret)


async def session_of(secret: str, deps: Dependencies, *, is_use: bool = True) -> SignedIn | None:
    """Who is signed in by that secret; None if nobody is. Its use prolongs the session. That is
    noted from time to time. ``is_use``: whether somebody does something, and not a page by itself.
    """
    now = deps.clock.now()
    if not _may_be_token(secret):
        return None
    async with deps.store.read() as unit:
        session = await unit.sessions.known(secret_hash(secret))
        if session is None or session.expires_at <= now:
            return None
        person = await agreed_person(unit, session.person_id) if session.person_id else None
        account = await _account(unit, person, session.account_id) if person else None
    if session.kind is SessionKind.PERSON and (person is None or account is None):
        return None
    is_prolonged = is_use and now - session.used_at > LAST_SEEN_PRECISION
    if is_prolonged:
        async with deps.store.begin(session.person_id or NOBODY) as unit:
            until = now + SESSION_LASTS[session.kind]
            await unit.sessions.used(session.session_id, at=now, expires_at=until)
    known = person.on(account) if person and account else None
    return SignedIn(session=session, person=known, account=account, is_prolonged=is_prolonged)


async def still_signed_in(known: SignedIn | None, deps: Dependencies) -> SignedIn | None:
    """Who is signed in by now in the same session; None if it was ended, or the person has left."""
    async with deps.store.read() as unit:
        session = await unit.sessions.known(known.session.secret_hash) if known else None
        person = await agreed_person(unit, session.person_id) if session and session.person_id else None
        account = await _account(unit, person, session.account_id) if session and person else None
    if session is None or person is None or account is None:
        return None
    return SignedIn(session=session, person=person.on(account), account=account)


async def sessions_of(person: Person, deps: Dependencies) -> tuple[WebSession, ...]:
    """The browsers in which the person is signed in, the latest used first."""
    now = deps.clock.now()
    async with deps.store.read() as unit:
        return tuple(one for one in await unit.sessions.of(person.person_id) if one.expires_at > now)


async def close_session(session: WebSession, deps: Dependencies) -> None:
    """Sign a browser out."""
    async with deps.store.begin(session.person_id or NOBODY) as unit:
        is_ended = await unit.sessions.end(session.session_id)
        if is_ended and session.person_id:
            data = {"session_id": session.session_id}
            await record_event(unit, deps, "session.ended", session.person_id, **data)


async def end_session(session_id: str, person: Person, deps: Dependencies) -> None:
    """Sign another browser of the person's out. Raises ``NotFound`` if it is not theirs, or was before."""
    async with deps.store.begin(person.person_id) as unit:
        theirs = {one.session_id for one in await unit.sessions.of(person.person_id)}
        if session_id not in theirs or not await unit.sessions.end(session_id):
            raise NotFound("no such session")
        await record_event(unit, deps, "session.ended", person.person_id, session_id=session_id)


async def end_sessions(person: Person, deps: Dependencies, *, but: str | None = None) -> int:
    """Sign the person out everywhere, except in the session with the id ``but``; returns in how many."""
    async with deps.store.begin(person.person_id) as unit:
        ended = await unit.sessions.end_all(person.person_id, but=but)
        if ended:
            await record_event(unit, deps, "session.ended", person.person_id, count=ended)
    return ended
