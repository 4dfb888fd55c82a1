"""An operation of the API: what it takes, what it answers, and which use case it calls."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.api.event_feed import EventFeed
from bot.api.problems import Kind, Problem
from bot.api.wire import JSON
from core.dependencies import Dependencies
from core.people.tokens import Caller
from core.records import Person, Scope

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

Stream = Callable[[], AsyncGenerator[bytes]]
Redraw = Callable[[str], None]
"""Redraws the messages that show the tip of that decision, in all chats of its person; in the background."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A checked request: who asks, and what for."""

    caller: Caller
    deps: Dependencies
    redraw: Redraw
    origin: str
    """Names the request: the same for a repetition with the same ``Idempotency-Key``."""
    path: Mapping[str, str] = field(default_factory=dict)
    query: Any = None
    """As ``Operation.query`` validated it."""
    body: Any = None
    """As ``Operation.body`` validated it."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in lower case."""
    feed: EventFeed | None = None
    """For those who follow events; None in a page of oO's own."""

    @property
    def person(self) -> Person:
        """Whom the request is for."""
        return self.caller.person

    @property
    def zone(self) -> ZoneInfo:
        """The person's zone. Raises ``Problem`` while it is unknown."""
        if self.person.zone is None:
            raise Problem(Kind.ZONE_UNKNOWN, "Ask them to tell oO in the chat: /timezone")
        return ZoneInfo(self.person.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an operation answers."""

    content: Any = None
    """A model, or bytes of JSON; None without a body."""
    stream: Stream | None = None
    """In place of ``content``: what is sent piece by piece. It begins when somebody iterates."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header that an operation understands or sends."""

    name: str
    meaning: str
    pattern: str | None = None
    """A regular expression for the whole value."""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path."""

    name: str
    """In snake_case; generated clients call their functions so."""
    method: Method
    path: str
    """With names in braces: ``/v1/tasks/{task_id}``."""
    summary: str
    scope: Scope | None
    """What the token must be good for; None: no token is needed."""
    run: Callable[[Call], Awaitable[Result]]
    query: type | None = None
    """A model of the query's parameters."""
    body: Any = None
    """The type of the body; None: there is none."""
    answer: Any = None
    """The type of the answer; None: it has no body."""
    media_type: str = JSON
    """Of the answer."""
    status: int = 200
    takes: tuple[Header, ...] = ()
    gives: tuple[Header, ...] = ()
    problems: tuple[Kind, ...] = ()
    """Kinds beside those that follow from the other fields."""
    needs_consent: bool = True
    needs_zone: bool = False
    repeatable: bool = False
    """Whether it keeps its answer for requests with the same ``Idempotency-Key``."""
    calls_out: bool = False
    """Whether it may wait for a service, such as a language model: then it holds no transaction."""
    location: str | None = None
    """The path of what it makes, with names of fields of the answer in braces; the header ``Location``."""

    @property
    def path_names(self) -> tuple[str, ...]:
        """The names in braces, in order."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    @property
    def tag(self) -> str:
        """The first word of the path."""
        return self.path.split("/")[2].removesuffix(".json")
