"""Who and what has access: connected accounts and calendars, tokens of programs, browsers that are signed in.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.screens import texts_connect, texts_connections, texts_me, texts_tokens
from bot.screens.connect import disconnect_button
from bot.screens.dates import at_moment
from bot.screens.tokens import scope_words
from bot.web.me.context import context_of
from bot.web.me.frame import show
from bot.web.me.identity import identity_section
from bot.web.page import Answer, Visit, see_other
from core.chat import Button
from core.integrations.states import by_login
from core.people.sessions import end_session, end_sessions, sessions_of
from core.people.tokens import tokens_of
from core.records import ApiToken, Integration, TaskSource, WebSession
from core.scheduling.timezones import zone_of

SCOPES = {"read": "READ", "write": "WRITE", "all": "ALL"}
"""Words for the scopes of a new token, and the names of their sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of a list."""

    name: str
    state: str
    needs_help: bool = False
    """Whether something is to be done about it."""
    button: Button | None = None
    session_id: str | None = None
    """Of another browser, which can be signed out."""


async def access(visit: Visit) -> Answer:
    """The lists."""
    ctx = context_of(visit)
    async with visit.deps.store.read() as unit:
        integrations = await unit.integrations.of(ctx.person.person_id)
    connected = [_integration(one) for one in by_login(integrations)]
    return show(
        visit,
        "me/access.html",
        "access",
        integrations=connected,
        can_connect=not any(one.provider == TaskSource.TODOIST for one in integrations),
        tokens=[_token(one, visit) for one in await tokens_of(ctx.person, ctx.deps)],
        programs=ctx.deployment.programs,
        programs_off=texts_tokens.OFF,
        scopes={word: getattr(texts_tokens, name) for word, name in SCOPES.items()},
        identity=await identity_section(visit),
        sessions=[_session(one, visit) for one in await sessions_of(ctx.person, ctx.deps)],
    )


def _integration(one: Integration) -> Entry:
    names, states = texts_connections.CONNECTION_NAMES, texts_connections.CONNECTION_STATES
    name = names.get(one.secret_name, one.secret_name)
    button = None
    if one.provider == TaskSource.TODOIST and not one.by_operator:
        lost = one.status.must_reconnect
        button = Button(label=texts_connect.RECONNECT, verb="reconnect") if lost else disconnect_button()
    account = f" ({one.account_name})" if one.account_name else ""
    return Entry(
        name=f"{name}{account}",
        state=states[one.status.value],
        needs_help=one.status.must_reconnect,
        button=button,
    )


def _token(token: ApiToken, visit: Visit) -> Entry:
    now, zone = visit.deps.clock.now(), zone_of(visit.whose)
    used = texts_tokens.UNUSED
    if token.used_at:
        used = texts_tokens.USED.format(when=at_moment(token.used_at, now, zone))
    revoke = Button(
        label=texts_tokens.REVOKE.format(name=token.name), verb="token_revoke", arg=token.token_id
    )
    return Entry(name=token.name, state=f"{scope_words(token.scopes)}. {used}", button=revoke)


def _session(session: WebSession, visit: Visit) -> Entry:
    now, zone = visit.deps.clock.now(), zone_of(visit.whose)
    is_here = visit.signed_in is not None and visit.signed_in.session.session_id == session.session_id
    used = texts_tokens.USED.format(when=at_moment(session.used_at, now, zone))
    return Entry(
        name=session.browser or texts_me.SOME_BROWSER,
        state=texts_me.THIS_BROWSER if is_here else used,
        session_id=None if is_here else session.session_id,
    )


async def end_one(visit: Visit) -> Answer:
    """Sign another browser out. Raises ``NotFound`` if it is not the person's."""
    await end_session(visit.path["session_id"], visit.whose, visit.deps)
    return see_other("/me/access")


async def end_others(visit: Visit) -> Answer:
    """Sign all other browsers out."""
    here = visit.signed_in.session.session_id if visit.signed_in else None
    await end_sessions(visit.whose, visit.deps, but=here)
    return see_other("/me/access")
