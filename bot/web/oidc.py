"""Signing in at an identity provider, linking an account there, and signing in as an operator.

The way to the provider is a page that moves on by itself: with a redirect, another site would get the form,
which the content security policy forbids.

Tests: tests/bot/web/test_oidc.py.
"""

from __future__ import annotations

import logging
from http import HTTPStatus

from bot.languages.active import active
from bot.screens import texts_oidc
from bot.web.browsers import browser_name
from bot.web.cookies import read_cookie, set_cookie
from bot.web.me.identity import LINKED, unlink
from bot.web.page import HOME, OPERATOR_HOME, Access, Answer, Page, Visit, see_other
from bot.web.rendering import render
from bot.web.sign_in import session_cookie
from core.errors import IdentityProviderUnavailable, NotFound
from core.people.sessions import close_session, open_session
from core.people.signing_in import (
    SIGN_IN_LASTS,
    ComingBack,
    SignInOutcome,
    SignInResult,
    begin_sign_in,
    finish_sign_in,
)
from core.ports import IdentityProvider
from core.records import Person, SignInGoal
from core.store import NOBODY

log = logging.getLogger(__name__)

OIDC_COOKIE = "oo_oidc"
"""Holds the secret of the browser that began to sign in."""

STATUSES = {
    SignInResult.DENIED: HTTPStatus.OK,
    SignInResult.INVALID: HTTPStatus.BAD_REQUEST,
    SignInResult.TAKEN: HTTPStatus.CONFLICT,
    SignInResult.FAILED: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Of the page; 403 for everything else."""


# --- To the provider ---------------------------------------------------------------------------------------


async def begin(visit: Visit) -> Answer:
    """Go and sign in as a person."""
    return await _go(visit, SignInGoal.PERSON)


async def link(visit: Visit) -> Answer:
    """Go and choose the account that is to be linked."""
    return await _go(visit, SignInGoal.LINK)


async def begin_operator(visit: Visit) -> Answer:
    """Go and sign in as an operator."""
    return await _go(visit, SignInGoal.OPERATOR)


async def _go(visit: Visit, goal: SignInGoal) -> Answer:
    provider, signer = _provider(visit), visit.signer
    https = visit.site.is_https
    header = visit.request.headers.get("cookie", "")
    try:
        start = await begin_sign_in(
            goal,
            provider,
            visit.deps,
            language=active().code,
            browser=read_cookie(header, OIDC_COOKIE, signer, is_https=https) or "",
            person=visit.person,
        )
    except IdentityProviderUnavailable as fault:
        log.warning("signing in by OpenID Connect: %s", fault)
        return _result(visit, SignInOutcome(result=SignInResult.FAILED, goal=goal))
    cookie = set_cookie(OIDC_COOKIE, start.browser, signer, lasts=SIGN_IN_LASTS, is_https=https)
    title, _, text = texts_oidc.GO.format(name=provider.name).partition("\n")
    label = texts_oidc.DO_GO.format(name=provider.name)
    page = render(visit, "oidc/go.html", title=title, text=text, address=start.url, label=label)
    return Answer(body=page.body, headers={"Refresh": f"0; url={start.url}"}, cookies=(cookie,))


# --- Back from the provider --------------------------------------------------------------------------------


async def callback(visit: Visit) -> Answer:
    """Whoever comes back is signed in, or told why not."""
    header, query = visit.request.headers.get("cookie", ""), visit.query
    back = ComingBack(
        state=query.get("state", ""),
        browser=read_cookie(header, OIDC_COOKIE, visit.signer, is_https=visit.site.is_https) or "",
        code=query.get("code", ""),
        error=query.get("error", ""),
        issuer=query.get("iss"),
        person=visit.person,
    )
    outcome = await finish_sign_in(back, _provider(visit), visit.site.operators, visit.deps)
    if outcome.result is SignInResult.LINKED:
        return see_other(LINKED)
    if outcome.result is SignInResult.SIGNED_IN:
        home = OPERATOR_HOME if outcome.operator else HOME
        return await _signed_in(visit, home, person=outcome.person, operator=outcome.operator)
    return _result(visit, outcome)


async def _signed_in(
    visit: Visit, home: str, *, person: Person | None = None, operator: str | None = None
) -> Answer:
    """A new session, in place of whoever was signed in before."""
    browser = browser_name(visit.request.headers.get("user-agent", ""))
    async with visit.deps.store.begin(person.person_id if person else NOBODY) as unit:
        opened = await open_session(unit, visit.deps, person=person, operator=operator, browser=browser)
    if visit.signed_in:
        await close_session(visit.signed_in.session, visit.deps)
    return see_other(home, session_cookie(visit, opened))


def _result(visit: Visit, outcome: SignInOutcome) -> Answer:
    words = texts_oidc.RESULTS[outcome.result.value].format(
        name=_provider(visit).name, subject=outcome.subject
    )
    title, _, text = words.partition("\n")
    again = {SignInGoal.LINK: LINKED, SignInGoal.OPERATOR: "/operator/sign-in"}.get(outcome.goal, "/sign-in")
    status = STATUSES.get(outcome.result, HTTPStatus.FORBIDDEN)
    return render(
        visit, "oidc/result.html", status=status, title=title, text=text, again=again, label=texts_oidc.AGAIN
    )


# --- The operator ------------------------------------------------------------------------------------------


async def operator_sign_in(visit: Visit) -> Answer:
    """The way to the operator's page, if anybody may go it."""
    if visit.operator:
        return see_other(OPERATOR_HOME)
    provider = visit.site.identity_provider if visit.site.operators.names else None
    words = texts_oidc.OPERATOR if provider else texts_oidc.OPERATOR_CLOSED
    title, _, text = words.partition("\n")
    label = texts_oidc.SIGN_IN.format(name=provider.name) if provider else None
    return render(visit, "oidc/operator.html", title=title, text=text, provider=label)


# --- Shared ------------------------------------------------------------------------------------------------


def _provider(visit: Visit) -> IdentityProvider:
    """Raises ``NotFound`` if none is configured."""
    if visit.site.identity_provider is None:
        raise NotFound("no identity provider is configured")
    return visit.site.identity_provider


OIDC = (
    Page(method="POST", path="/sign-in/oidc", run=begin, access=Access.NOBODY),
    Page(method="GET", path="/sign-in/oidc/callback", run=callback, access=Access.NOBODY),
    Page(method="POST", path="/me/identity/link", run=link, access=Access.PERSON),
    Page(method="POST", path="/me/identity/unlink", run=unlink, access=Access.PERSON),
    Page(method="GET", path="/operator/sign-in", run=operator_sign_in, access=Access.NOBODY),
    Page(method="POST", path="/operator/sign-in", run=begin_operator, access=Access.NOBODY),
)
