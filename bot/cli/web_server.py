"""The pages as routes of the HTTP server.

Tests: tests/scenarios/test_pages.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from adapters.http import Route
from bot.app import App
from bot.cli.api_server import raw_request
from bot.sources import identity_provider
from bot.web.mail import MAIL
from bot.web.mail_desk import MailDesk
from bot.web.page import Answer, Site
from bot.web.pages import PAGES
from bot.web.rendering import load_templates
from bot.web.service import Pages
from bot.web.static_files import STATIC


def pages_of(app: App, *, push_key: str | None = None, mail: MailDesk | None = None) -> Pages:
    """The pages of a process, ready to be shown; those of the links in mails alone, if the others are off."""
    load_templates()
    http = app.settings.config.http
    site = Site(
        deps=app.deps,
        deployment=app.deployment,
        take=app.intake.take,
        answers=app.page_answers,
        root=app.settings.environment.public_root(),
        address_requests_a_minute=http.address_requests_a_minute,
        identity_provider=identity_provider(app.settings, app.deps.clock),
        operators=app.settings.environment.operators(),
        push_key=push_key,
        mail=mail,
        operator_on_loopback=http.operator_on_loopback,
    )
    return Pages(PAGES if http.pages else (*STATIC, *MAIL), site)


def page_routes(pages: Pages, *, behind_proxy: bool) -> Iterator[Route]:
    """A route for each first segment of a path, and for all below it: the pages answer what is not there."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return _response(await pages.answer(raw_request(request, behind_proxy=behind_proxy)))

    for root in pages.roots:
        yield Route(method="*", path=root, handler=handle)
        if root != "/":
            yield Route(method="*", path=f"{root}/{{rest:.*}}", handler=handle)


def _response(answer: Answer) -> web.Response:
    headers = {**answer.headers, "Content-Type": answer.content_type}
    response = web.Response(status=answer.status, body=answer.body, headers=headers)
    for cookie in answer.cookies:
        response.headers.add("Set-Cookie", cookie)
    return response
