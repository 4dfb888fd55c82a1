"""Answers browsers: limits, the session, the language, who may, CSRF, the page, faults, security headers."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qsl

from bot.api.problems import Problem
from bot.api.rates import RateLimit
from bot.api.wire import RawRequest
from bot.languages.active import speaking
from bot.languages.language import language_of
from bot.screens import texts_web
from bot.screens.browser_page import preferred
from bot.screens.hints import hint
from bot.web.cookies import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    VISITOR_LASTS,
    drop_cookie,
    full_name,
    read_cookie,
    set_cookie,
)
from bot.web.csrf import FIELD, csrf_token, is_csrf_token, is_own_origin
from bot.web.faults import fault
from bot.web.page import Access, Answer, Page, Site, Visit, see_other
from core.errors import BadInput, NotFound, StoreUnavailable, traceback_summary
from core.people.sessions import SESSION_LASTS, SignedIn, session_of
from core.signing import Signer

log = logging.getLogger(__name__)

SIGN_IN = "/sign-in"
"""Where a browser is sent that is not signed in."""
OPERATOR_SIGN_IN = "/operator/sign-in"

MAX_FIELDS = 200
"""Fields of a form or query."""
FORM_TYPE = "application/x-www-form-urlencoded"

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers would send `Origin: null` with the forms of these pages.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
NOT_CACHED = "no-store"
CACHED = "public, max-age=31536000, immutable"


class Pages:
    """Answers the browsers of one process."""

    def __init__(self, pages: Sequence[Page], site: Site) -> None:
        self._site = site
        self._pages = [(page.pattern, page) for page in pages]
        self._limit = RateLimit(site.address_requests_a_minute)

    @property
    def roots(self) -> tuple[str, ...]:
        """The first segments of all paths, such as ``/me``."""
        return tuple(sorted({"/" + page.path.split("/")[1] for _, page in self._pages}))

    async def answer(self, request: RawRequest) -> Answer:
        """The answer to any request whatever; raises nothing."""
        visit = Visit(site=self._site, request=request, query=_pairs(request.query))
        with speaking(language_of(preferred(request.headers.get("accept-language", "")))):
            try:
                answer = await self._answer(visit)
            except Exception as bug:
                answer = _fault_of(visit, bug)
        return _secured(answer)

    async def _answer(self, visit: Visit) -> Answer:
        seconds = self._limit.wait(visit.request.address, self._site.deps.clock.now())
        if seconds:
            return fault(visit, HTTPStatus.TOO_MANY_REQUESTS, Retry_After=str(seconds))
        signer = self._site.deps.signer
        if signer is None:
            return fault(visit, HTTPStatus.SERVICE_UNAVAILABLE, text=texts_web.NO_KEY)
        found = self._find(visit.request)
        if isinstance(found, frozenset):
            if not found:
                return fault(visit, HTTPStatus.NOT_FOUND)
            return fault(visit, HTTPStatus.METHOD_NOT_ALLOWED, Allow=", ".join(sorted(found)))
        page, path = found
        return await self._open(page, replace(visit, path=path), signer)

    def _find(self, request: RawRequest) -> tuple[Page, Mapping[str, str]] | frozenset[str]:
        """The page and the values in its path; else the methods that are allowed at that path."""
        method = "GET" if request.method == "HEAD" else request.method
        allowed = set()
        for pattern, page in self._pages:
            if matched := pattern.fullmatch(request.path):
                if page.method == method:
                    return page, matched.groupdict()
                allowed.add(page.method)
        return frozenset(allowed)

    async def _open(self, page: Page, visit: Visit, signer: Signer) -> Answer:
        if page.path.startswith("/static/"):
            return await page.run(visit)
        signed_in, visitor = await self._who(visit, signer)
        binding = f"session {signed_in.session.session_id}" if signed_in else f"visitor {visitor}"
        token, visit_id = csrf_token(binding, signer), visit.deps.random.new_id()
        visit = replace(visit, signed_in=signed_in, csrf=token, visit_id=visit_id)
        known = visit.person.preferences.language if visit.person else None
        with speaking(language_of(known or preferred(visit.request.headers.get("accept-language", "")))):
            try:
                answer = await self._admit(page, visit, binding, signer)
            except Exception as bug:
                answer = _fault_of(visit, bug)
        if signed_in is None:
            return self._with_visitor(answer, visitor, signer)
        return self._prolonged(visit, signed_in, answer, signer) if signed_in.is_prolonged else answer

    async def _who(self, visit: Visit, signer: Signer) -> tuple[SignedIn | None, str]:
        """Who is signed in, else the name of the visitor, which may be new."""
        secret = self._cookie(visit, SESSION_COOKIE, signer)
        signed_in = await session_of(secret, visit.deps, is_use=not visit.is_refresh) if secret else None
        operator = signed_in.session.operator if signed_in else None
        if operator and operator not in self._site.operators.names:  # the configuration was changed
            signed_in = None
        return signed_in, self._cookie(visit, VISITOR_COOKIE, signer) or visit.deps.random.secret()

    def _cookie(self, visit: Visit, name: str, signer: Signer) -> str | None:
        header = visit.request.headers.get("cookie", "")
        return read_cookie(header, name, signer, is_https=self._site.is_https)

    def _with_visitor(self, answer: Answer, visitor: str, signer: Signer) -> Answer:
        https = self._site.is_https
        cookie = set_cookie(VISITOR_COOKIE, visitor, signer, lasts=VISITOR_LASTS, is_https=https)
        return replace(answer, cookies=(*answer.cookies, cookie))

    def _prolonged(self, visit: Visit, signed_in: SignedIn, answer: Answer, signer: Signer) -> Answer:
        """With the cookie that lasts as long as the session, unless the answer ended or replaced that."""
        https, secret = self._site.is_https, self._cookie(visit, SESSION_COOKIE, signer) or ""
        if any(one.startswith(full_name(SESSION_COOKIE, is_https=https)) for one in answer.cookies):
            return answer
        lasts = SESSION_LASTS[signed_in.session.kind]
        cookie = set_cookie(SESSION_COOKIE, secret, signer, lasts=lasts, is_https=https)
        return replace(answer, cookies=(*answer.cookies, cookie))

    async def _admit(self, page: Page, visit: Visit, binding: str, signer: Signer) -> Answer:
        if page.access is Access.PERSON and visit.person is None:
            return self._sign_in(visit, SIGN_IN)
        if page.access is Access.OPERATOR and visit.operator is None:
            return self._sign_in(visit, OPERATOR_SIGN_IN)
        if page.method == "POST":
            form = await _form(visit)
            if page.is_signed:
                return await page.run(visit if isinstance(form, Answer) else form)
            if isinstance(form, Answer):
                return form
            visit = form
            if not self._is_own(visit, binding, signer):
                return fault(visit, HTTPStatus.FORBIDDEN)
        return await page.run(visit)

    def _sign_in(self, visit: Visit, place: str) -> Answer:
        """To the page that says how to sign in. What HTMX asked for would be put into the page."""
        answer = see_other(place)
        if self._cookie_was_sent(visit):
            answer = replace(answer, cookies=(drop_cookie(SESSION_COOKIE, is_https=self._site.is_https),))
        if not visit.is_fragment:
            return answer
        return replace(answer, status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": place})

    def _cookie_was_sent(self, visit: Visit) -> bool:
        return SESSION_COOKIE in visit.request.headers.get("cookie", "") and visit.signed_in is None

    def _is_own(self, visit: Visit, binding: str, signer: Signer) -> bool:
        headers = visit.request.headers
        origin, host = headers.get("origin", ""), headers.get("host", "")
        is_ours = is_own_origin(origin, host=host, root=self._site.root)
        return is_ours and is_csrf_token(visit.form.get(FIELD, ""), binding, signer)


async def _form(visit: Visit) -> Visit | Answer:
    """The visit with what was filled in, or what is wrong with it."""
    kind = visit.request.headers.get("content-type", FORM_TYPE).partition(";")[0].strip().lower()
    if kind != FORM_TYPE:
        return fault(visit, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = await visit.request.read_body()
    if body is None:
        return fault(visit, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        text = body.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError:  # also what is no UTF-8
        return fault(visit, HTTPStatus.BAD_REQUEST)
    choices: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        choices[name] = (*choices.get(name, ()), value)
    return replace(visit, form=_pairs(pairs), choices=choices)


def _pairs(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return dict(pairs)


def _fault_of(visit: Visit, error: Exception) -> Answer:
    match error:
        case NotFound():
            return fault(visit, HTTPStatus.NOT_FOUND)
        case BadInput():
            return fault(visit, HTTPStatus.UNPROCESSABLE_ENTITY, text=hint(error).text)
        case Problem():  # the body did not arrive
            return fault(visit, HTTPStatus.BAD_REQUEST)
        case StoreUnavailable():
            return fault(visit, HTTPStatus.SERVICE_UNAVAILABLE, Retry_After="10")
        case _:
            log.error("unexpected %s", traceback_summary(error))
            return fault(visit, HTTPStatus.INTERNAL_SERVER_ERROR)


def _secured(answer: Answer) -> Answer:
    cached = {"Cache-Control": CACHED if answer.is_immutable else NOT_CACHED}
    return replace(answer, headers={**SECURITY_HEADERS, **cached, **answer.headers})
