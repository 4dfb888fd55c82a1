"""The page from which a workspace installs the app, and where its browser comes back.

A state works once, for ten minutes, and only in the browser that it was made for, by a cookie. Pages name
nobody, and nothing of a request is logged: the address holds a code.

Tests: tests/scenarios/test_slack_install.py.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from enum import StrEnum
from http import HTTPStatus

from aiohttp import web

from adapters.slack.installations import STATE_LASTS, Installations, InstallStates
from adapters.slack.oauth import SlackOAuth
from core.errors import OoError, SourceRefused, traceback_summary

log = logging.getLogger(__name__)

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
COOKIE = "oo-slack-install"
MAX_CODE_CHARACTERS = 512

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Step(StrEnum):
    """What the browser is shown."""

    OFFER = "offer"
    INSTALLED = "installed"
    DENIED = "denied"
    """Somebody said no at Slack."""
    INVALID = "invalid"
    """The state is unknown, used, expired, or another browser's."""
    REFUSED = "refused"
    """Slack did not accept its own code."""
    FAILED = "failed"
    """Slack, the vault or the store can't be used now."""


_STATUSES = {
    Step.OFFER: HTTPStatus.OK,
    Step.INSTALLED: HTTPStatus.OK,
    Step.DENIED: HTTPStatus.OK,
    Step.FAILED: HTTPStatus.SERVICE_UNAVAILABLE,
}

Render = Callable[[Step, str, str | None], str]
"""The HTML of a step: takes it, what languages the browser accepts, and the address of Slack's page."""


class Install:
    """The two handlers."""

    def __init__(
        self, oauth: SlackOAuth, states: InstallStates, installations: Installations, render: Render
    ) -> None:
        self._oauth, self._states, self._installations = oauth, states, installations
        self._render = render

    async def offer(self, request: web.Request) -> web.Response:
        """The page with the link to Slack."""
        try:
            state = await self._states.async_issue()
        except OoError as fault:
            log.warning("an installation can't begin: %s", traceback_summary(fault))
            return self._page(request, Step.FAILED)
        page = self._page(request, Step.OFFER, self._oauth.authorize_url(state))
        page.set_cookie(
            COOKIE,
            state,
            max_age=int(STATE_LASTS.total_seconds()),
            path=REDIRECT_PATH,
            secure=self._oauth.is_https,
            httponly=True,
            samesite="Lax",
        )
        return page

    async def come_back(self, request: web.Request) -> web.Response:
        """Exchange the code, and store the installation."""
        try:
            step = await self._step(request)
        except SourceRefused as fault:
            log.warning("an installation was refused: %s", fault)
            step = Step.REFUSED
        except OoError as fault:
            log.warning("an installation failed: %s", traceback_summary(fault))
            step = Step.FAILED
        page = self._page(request, step)
        page.del_cookie(COOKIE, path=REDIRECT_PATH)
        return page

    async def _step(self, request: web.Request) -> Step:
        state, code = request.query.get("state", ""), request.query.get("code", "")
        cookie = request.cookies.get(COOKIE, "")
        is_same_browser = hmac.compare_digest(_bytes(cookie), _bytes(state))
        if not (is_same_browser and await self._states.async_consume(state)):
            return Step.INVALID
        if "error" in request.query or not 0 < len(code) <= MAX_CODE_CHARACTERS:
            return Step.DENIED
        await self._installations.async_save(await self._oauth.exchange(code))
        return Step.INSTALLED

    def _page(self, request: web.Request, step: Step, url: str | None = None) -> web.Response:
        return web.Response(
            text=self._render(step, request.headers.get("Accept-Language", ""), url),
            status=_STATUSES.get(step, HTTPStatus.BAD_REQUEST),
            content_type="text/html",
            charset="utf-8",
            headers=_HEADERS,
        )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
