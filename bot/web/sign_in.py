"""Signing in by a link from the chat, and signing out.

Opening the link only asks: previews of links open it, too. The answer to the question signs in.
"""

from __future__ import annotations

from http import HTTPStatus

from bot.languages.active import active, speaking
from bot.languages.language import language_of
from bot.screens import texts_link, texts_oidc, texts_web
from bot.screens.dates import at_moment
from bot.web.browsers import browser_name
from bot.web.cookies import SESSION_COOKIE, drop_cookie, set_cookie
from bot.web.page import HOME, OPERATOR_HOME, Access, Answer, Page, Visit, see_other
from bot.web.rendering import render
from core.people.sessions import (
    SESSION_LASTS,
    FoundLink,
    LinkState,
    NewSession,
    close_session,
    find_link,
    sign_in,
)
from core.scheduling.timezones import zone_of

SIGNED_OUT, OPERATOR_SIGNED_OUT = "/signed-out", f"{OPERATOR_HOME}/signed-out"


async def how(visit: Visit) -> Answer:
    """How to sign in; whoever is signed in goes on."""
    if visit.person:
        return see_other(HOME)
    provider = visit.site.identity_provider
    if provider is None:
        return _page(visit, texts_web.SIGN_IN)
    return _page(visit, texts_web.SIGN_IN, provider=texts_oidc.SIGN_IN.format(name=provider.name))


async def ask(visit: Visit) -> Answer:
    """Ask whether to sign in by the link."""
    found = await find_link(visit.path["token"], visit.deps)
    if found.state is not LinkState.GOOD or found.person is None:
        return _refused(visit, found.state)
    with speaking(language_of(found.person.preferences.language or active().tag)):
        return _page(
            visit, _question(visit, found), action=visit.request.path, other=visit.signed_in is not None
        )


def _question(visit: Visit, found: FoundLink) -> str:
    if found.person is None or found.asked_at is None or found.channel is None:
        raise LookupError("a good link has a person")
    when = at_moment(found.asked_at, visit.deps.clock.now(), zone_of(found.person))
    return texts_web.ASK.format(channel=texts_link.CHANNELS[found.channel.value], when=when)


async def answered(visit: Visit) -> Answer:
    """Sign in, in place of whoever was signed in before."""
    token, browser = visit.path["token"], browser_name(visit.request.headers.get("user-agent", ""))
    opened = await sign_in(token, browser, visit.deps)
    if opened is None:
        return _refused(visit, (await find_link(token, visit.deps)).state)
    if visit.signed_in:
        await close_session(visit.signed_in.session, visit.deps)
    return see_other(HOME, session_cookie(visit, opened))


def session_cookie(visit: Visit, opened: NewSession) -> str:
    """The header's value that makes a browser stay signed in."""
    lasts = SESSION_LASTS[opened.session.kind]
    return set_cookie(SESSION_COOKIE, opened.secret, visit.signer, lasts=lasts, is_https=visit.site.is_https)


async def sign_out(visit: Visit) -> Answer:
    """End this browser's session."""
    place = OPERATOR_SIGNED_OUT if visit.operator else SIGNED_OUT
    if visit.signed_in:
        await close_session(visit.signed_in.session, visit.deps)
    return see_other(place, drop_cookie(SESSION_COOKIE, is_https=visit.site.is_https))


async def signed_out(visit: Visit) -> Answer:
    """Say that the browser is signed out, and where else a session may be ended."""
    words = texts_web.OPERATOR_SIGNED_OUT if visit.is_of_operator else texts_web.SIGNED_OUT
    provider = visit.site.identity_provider
    ending = provider.sign_out_url() if provider else None
    if provider is None or ending is None:
        return _page(visit, words)
    label = texts_oidc.SIGN_OUT.format(name=provider.name)
    return _page(visit, words, ending=ending, ending_label=label)


def _refused(visit: Visit, state: LinkState) -> Answer:
    kept = state if state is not LinkState.GOOD else LinkState.UNKNOWN
    status = HTTPStatus.NOT_FOUND if kept is LinkState.UNKNOWN else HTTPStatus.GONE
    return _page(visit, texts_web.LINKS[kept.value], status=status)


def _page(
    visit: Visit,
    words: str,
    *,
    status: int = HTTPStatus.OK,
    action: str | None = None,
    other: bool = False,
    **values: str,
) -> Answer:
    """``values``: ``provider``, the label of its button; ``ending``, where one signs out there."""
    title, _, text = words.partition("\n")
    return render(
        visit,
        "sign_in.html",
        status=status,
        title=title,
        text=text,
        action=action,
        other=other,
        note=texts_web.NOT_ME,
        **values,
    )


async def front(visit: Visit) -> Answer:
    """The address without a path leads to the person's page."""
    return see_other(HOME)


SIGNING_IN = (
    Page(method="GET", path="/", run=front, access=Access.NOBODY),
    Page(method="GET", path="/sign-in", run=how, access=Access.NOBODY),
    Page(method="GET", path="/sign-in/{token}", run=ask, access=Access.NOBODY),
    Page(method="POST", path="/sign-in/{token}", run=answered, access=Access.NOBODY),
    Page(method="POST", path="/sign-out", run=sign_out, access=Access.NOBODY),
    Page(method="GET", path=SIGNED_OUT, run=signed_out, access=Access.NOBODY),
    Page(method="GET", path=OPERATOR_SIGNED_OUT, run=signed_out, access=Access.NOBODY),
)
