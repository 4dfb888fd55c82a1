"""A browser without a server: it keeps cookies, follows redirects on demand, and fills in forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.api.wire import MAX_BODY_BYTES, RawRequest
from bot.conversation.page_answers import PageAnswers
from bot.conversation.router import Router
from bot.conversation.update_context import Deployment
from bot.intake import Intake
from bot.web.cookies import SESSION_COOKIE, set_cookie
from bot.web.page import Answer, Page, Site, Take
from bot.web.pages import PAGES
from bot.web.service import Pages
from core.chat import Channel, Message, Update
from core.dependencies import Dependencies
from core.people.operators import Operators
from core.people.sessions import SESSION_LASTS, NewSession, open_session
from core.ports import Messenger, Messengers
from core.records import Person
from core.signing import Signer
from core.vault import vault_key
from tests.core.outsiders import Phone, Shown
from tests.core.worlds import Scene

ROOT = "https://oo.example"
KEY = vault_key(bytes(range(32)))

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Anybody(frozenset[str]):
    """Operators of whatever name."""

    def __contains__(self, name: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, as a test reads it."""

    answer: Answer

    @property
    def status(self) -> int:
        return self.answer.status

    @property
    def html(self) -> str:
        return self.answer.body.decode()

    @property
    def text(self) -> str:
        """What can be read."""
        return " ".join(unescape(_TAG.sub(" ", self.html)).split())

    @property
    def title(self) -> str:
        found = _TITLE.search(self.html)
        return unescape(found[1]) if found else ""

    @property
    def location(self) -> str | None:
        return self.answer.headers.get("Location")

    @property
    def csrf(self) -> str:
        """The token of the first form; empty without one."""
        found = _CSRF.search(self.html)
        return unescape(found[1]) if found else ""


@dataclass(slots=True, kw_only=True)
class Browser:
    """A browser with its cookies."""

    pages: Pages
    deps: Dependencies
    conversation: Conversation
    """What answers the forms of pages."""
    root: str = ROOT
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)
    last: Reply | None = None
    """What it shows."""

    async def get(self, address: str, **headers: Any) -> Reply:
        return await self.send("GET", address, **headers)

    async def follow(self, address: str) -> Reply:
        """Open an address and go wherever it leads."""
        reply = await self.get(address)
        while reply.location:
            reply = await self.get(reply.location)
        return reply

    async def submit(self, address: str, *, headers: dict[str, str] | None = None, **fields: str) -> Reply:
        """Send a form of the page that is shown, with its CSRF token."""
        csrf = self.last.csrf if self.last else ""
        sent: dict[str, Any] = {"origin": self.root, **(headers or {})}
        return await self.send("POST", address, body=urlencode({"csrf": csrf, **fields}).encode(), **sent)

    async def send(self, method: str, address: str, *, body: bytes = b"", **headers: Any) -> Reply:
        """``headers``: with ``_`` for ``-``; an empty value leaves the header out. The browser is ``at`` an
        address.
        """
        at = headers.pop("at", "192.0.2.1")
        parts = urlsplit(address)
        sent = {
            "host": urlsplit(self.root).netloc,
            "accept-language": self.language,
            "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **({"content-type": "application/x-www-form-urlencoded"} if body else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }

        async def read() -> bytes | None:
            return body if len(body) <= MAX_BODY_BYTES else None

        request = RawRequest(
            method=method,
            path=parts.path,
            query=parse_qsl(parts.query, keep_blank_values=True),
            headers={name: value for name, value in sent.items() if value},
            address=at,
            read_body=read,
        )
        answer = await self.pages.answer(request)
        self._keep(answer.cookies)
        reply = Reply(answer)
        if reply.csrf:
            self.last = reply
        return reply

    def _keep(self, cookies: Iterable[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            if "Max-Age=0" in cookie:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value

    async def sign_in(self, person: Person) -> NewSession:
        """Sign in as a person, without a link."""
        async with self.deps.store.begin() as unit:
            opened = await open_session(unit, self.deps, person=person)
        return self._signed_in(opened)

    async def sign_in_operator(self, name: str) -> NewSession:
        """Sign in as an operator, without a provider."""
        async with self.deps.store.begin() as unit:
            opened = await open_session(unit, self.deps, operator=name)
        return self._signed_in(opened)

    def _signed_in(self, opened: NewSession) -> NewSession:
        assert self.deps.signer
        lasts, is_https = SESSION_LASTS[opened.session.kind], self.root.startswith("https:")
        self._keep(
            [set_cookie(SESSION_COOKIE, opened.secret, self.deps.signer, lasts=lasts, is_https=is_https)]
        )
        return opened


class Chat(Phone):
    """The person's chat, in which tips are redrawn."""

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self.shown.append(Shown(address=address, message=message))


@dataclass(slots=True)
class Conversation:
    """Answers what pages send, as the process does; it starts with the first update."""

    intake: Intake
    router: Router
    is_started: bool = False

    async def take(self, update: Update) -> bool:
        if not self.is_started:
            self.is_started = True
            await self.intake.start(self.router)
        return await self.intake.take(update)


def browser_of(
    scene: Scene,
    *,
    pages: tuple[Page, ...] = PAGES,
    deployment: Deployment | None = None,
    root: str = ROOT,
    rate: int = 1_000_000,
    has_key: bool = True,
    take: Take | None = None,
    chat: Messenger | None = None,
    **about: Any,
) -> Browser:
    """A browser in a small world, that is not signed in. ``about``: other fields of ``Site``."""
    answers = PageAnswers()
    messengers = Messengers(by_channel={Channel.TELEGRAM: chat or Chat()}, pages=answers)
    signer = Signer([KEY]) if has_key else None
    deps = replace(scene.deps, signer=signer, messengers=messengers)
    setup = deployment or Deployment(pages_need=(), root=root, programs=True)
    conversation = Conversation(Intake(deps.store), Router(deps, setup))
    site = Site(
        deps=deps,
        deployment=setup,
        take=take or conversation.take,
        answers=answers,
        root=root,
        address_requests_a_minute=rate,
        **{"operators": Operators(names=Anybody()), **about},
    )
    return Browser(pages=Pages(pages, site), deps=deps, root=root, conversation=conversation)
