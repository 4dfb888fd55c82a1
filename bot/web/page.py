"""A page: its address, who may open it, and what it answers.

Tests: tests/bot/web/test_service.py.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Literal

from bot.api.wire import RawRequest
from bot.conversation.page_answers import PageAnswer, PageAnswers
from bot.conversation.update_context import Deployment
from bot.web.loopback import LOOPBACK, is_from_this_machine
from core.chat import Update
from core.dependencies import Dependencies
from core.people.operators import Operators
from core.people.sessions import SignedIn
from core.ports import IdentityProvider
from core.records import Person
from core.signing import Signer

HTML = "text/html; charset=utf-8"

HOME, OPERATOR_HOME = "/me", "/operator"
"""The first page of a person and of an operator."""

MAX_PATH_VALUE = 200
"""Characters of a value in a path, such as the signed text of a link in a mail; no page has a longer one."""


class Access(Enum):
    """Who may open a page."""

    NOBODY = "nobody"
    """Everybody, also without being signed in."""
    PERSON = "person"
    OPERATOR = "operator"


Take = Callable[[Update], Awaitable[bool]]
"""Commits an update, which is handled soon; False if it came before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages of a process share."""

    deps: Dependencies
    deployment: Deployment
    take: Take
    answers: PageAnswers
    root: str
    """Where browsers reach oO, without a slash at the end."""
    address_requests_a_minute: int = 1200
    """Requests a minute from one address."""
    identity_provider: IdentityProvider | None = None
    """Where people may sign in as well; None without OpenID Connect."""
    operators: Operators = field(default_factory=Operators)
    """Who may open the operator's page after signing in."""
    push_key: str | None = None
    """What browsers subscribe with; None where no tips appear in browsers."""
    mail_id: Callable[[str], str] | None = None
    """The ``Message-ID`` of a delivery's mail, by its id; None where no mails are sent."""
    has_pages: bool = True
    """Whether people have pages; without, there are only those of the links in mails."""
    operator_on_loopback: bool = False
    """Whether who reaches oO on this machine, through no proxy, is the operator."""

    @property
    def is_https(self) -> bool:
        """Whether browsers reach it encrypted."""
        return self.root.startswith("https:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A checked request of a browser."""

    site: Site
    request: RawRequest
    path: Mapping[str, str] = field(default_factory=dict)
    """Values of the names in the page's path."""
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    """What was filled in; of a name that came several times the last value, see ``choices``."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """All values of each name of the form, such as of check boxes."""
    signed_in: SignedIn | None = None
    csrf: str = ""
    """The token that forms of the answer have to send back."""
    visit_id: str = ""
    """Names the visit: what its forms send twice is done once."""
    answer: PageAnswer | None = None
    """What oO answered to what was done on the page just now."""
    tapped: str = ""
    """The card of the page with the button that was tapped just now."""

    @property
    def deps(self) -> Dependencies:
        """The ports and rules."""
        return self.site.deps

    @property
    def signer(self) -> Signer:
        """Signs what browsers send back. Raises ``LookupError`` without a key: no page is served then."""
        if self.deps.signer is None:
            raise LookupError("pages are served only with a key")
        return self.deps.signer

    @property
    def person(self) -> Person | None:
        """Who is signed in as a person."""
        return self.signed_in.person if self.signed_in else None

    @property
    def operator(self) -> str | None:
        """The operator's name: as signed in, or ``loopback`` on this machine if the settings allow it."""
        signed_in = self.signed_in.session.operator if self.signed_in else None
        return signed_in or (LOOPBACK if self.is_on_this_machine else None)

    @property
    def is_on_this_machine(self) -> bool:
        """Whether it is the operator's only because it comes from this machine."""
        is_signed_in = self.signed_in is not None and self.signed_in.session.operator is not None
        return self.site.operator_on_loopback and not is_signed_in and is_from_this_machine(self.request)

    @property
    def whose(self) -> Person:
        """The person, on a page for people. Raises ``LookupError`` on others."""
        if self.person is None:
            raise LookupError("nobody is signed in here")
        return self.person

    @property
    def is_fragment(self) -> bool:
        """Whether HTMX asks: then it replaces a part of the page that is shown."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def is_refresh(self) -> bool:
        """Whether the page asks by itself, as the operator's does every half a minute."""
        return self.is_fragment and self.request.method == "GET"

    @property
    def home(self) -> str | None:
        """Where the logo leads; None where people have no pages."""
        if self.is_of_operator:
            return OPERATOR_HOME
        return HOME if self.site.has_pages else None

    @property
    def is_of_operator(self) -> bool:
        """Whether it is of the operator's pages."""
        return f"{self.request.path}/".startswith(f"{OPERATOR_HOME}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a browser gets."""

    status: int = HTTPStatus.OK
    body: bytes = b""
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    """Values of ``Set-Cookie``, see ``bot/web/cookies.py``."""
    is_immutable: bool = False
    """Whether what is at this address never changes; everything else is not cached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One method of one path."""

    method: Literal["GET", "POST"]
    """``GET`` answers ``HEAD`` as well. ``POST`` is answered only with a CSRF token of the same browser."""
    path: str
    """With names in braces: ``/me/tasks/{task_id}``."""
    run: Callable[[Visit], Awaitable[Answer]]
    """May raise ``NotFound`` (the page 404) and ``BadInput`` (the page 422 with its hint)."""
    access: Access
    is_signed: bool = False
    """Whether a signature in its path or in what is sent is the right to it. Then it needs no CSRF token, and
    mail programs post to it in any format.
    """

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches paths."""
        value = rf"(?P<\1>[^/]{{1,{MAX_PATH_VALUE}}})"
        return re.compile(re.sub(r"\\{(\w+)\\}", value, re.escape(self.path)), re.DOTALL)


def see_other(place: str, *cookies: str) -> Answer:
    """Send the browser to another page of oO."""
    return Answer(status=HTTPStatus.SEE_OTHER, headers={"Location": place}, cookies=cookies)
