"""Operations as tools: their arguments in one object, and that object as a request.

Tests: tests/bot/mcp/test_tools.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.api.operation import Operation
from bot.api.operations import OPERATIONS
from bot.api.problems import Problem, unusable
from bot.api.repetition import headers_of
from bot.api.wire import JSON, MAX_BODY_BYTES, RawRequest
from bot.mcp.guides import DATA, GUIDES, Guide
from bot.mcp.schemas import Schema, argument_of, arguments_schema, forms_of

MAX_ID = 200
"""Characters of an id in a path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """An operation as an assistant sees it."""

    operation: Operation
    guide: Guide
    arguments: Schema
    """JSON schema of an object."""
    result: Schema | None
    """JSON schema of an object; None: there is nothing to tell but that it worked."""
    has_forms: bool
    """Whether the body has one of several forms, each with fields of its own."""

    @property
    def name(self) -> str:
        """That of the operation: clients of the HTTP API call it the same."""
        return self.operation.name

    @property
    def description(self) -> str:
        """For language models."""
        return f"{self.guide.use} {DATA}" if self.guide.holds_texts else self.guide.use

    @property
    def is_read_only(self) -> bool:
        """Whether it changes nothing."""
        return self.operation.method == "GET"

    @property
    def is_destructive(self) -> bool:
        """Whether it may do more than add."""
        return self.operation.method in ("PUT", "PATCH", "DELETE") or self.guide.destructive

    @property
    def is_idempotent(self) -> bool:
        """Whether a second call with the same arguments changes nothing more."""
        return self.operation.method != "POST" or self.guide.idempotent


@cache
def tools() -> Mapping[str, Tool]:
    """All tools by name, in the order of the operations."""
    return {one.name: _tool(one, GUIDES[one.name]) for one in OPERATIONS if one.name in GUIDES}


def _tool(one: Operation, guide: Guide) -> Tool:
    return Tool(
        operation=one,
        guide=guide,
        arguments=arguments_schema(one),
        has_forms=len(forms_of(one)[0]) > 1,
        result=TypeAdapter(one.answer).json_schema(mode="serialization") if one.answer else None,
    )


# --- A call as a request -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a call of a tool asks of the API."""

    request: RawRequest
    path: Mapping[str, str]
    """Values of the names in the operation's path."""


def asked(tool: Tool, arguments: Mapping[str, Any]) -> Asked:
    """The request that a call means. Raises ``Problem`` for what no request can hold; the API checks more."""
    operation, left = tool.operation, dict(arguments)
    path = {name: _id(left.pop(name, None), name) for name in operation.path_names}
    headers = {
        one.name.lower(): _text(given, argument_of(one.name))
        for one in headers_of(operation)
        if (given := left.pop(argument_of(one.name), None)) is not None
    }
    has_body = operation.body is not None
    body = json.dumps(_without_nulls(left) if tool.has_forms else left).encode() if has_body else b""

    async def read_body() -> bytes | None:
        return body if len(body) <= MAX_BODY_BYTES else None

    request = RawRequest(
        method=operation.method,
        path=operation.path.format(**path),
        query=() if has_body else tuple(_query(left.items())),
        headers={**headers, **({"content-type": JSON} if has_body else {})},
        read_body=read_body,
    )
    return Asked(request=request, path=path)


def _without_nulls(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Language models say null for what belongs to another form, and no form gives a null a meaning."""
    return {name: value for name, value in given.items() if value is not None}


def _id(value: object, name: str) -> str:
    text = _text(value, name)
    if not 0 < len(text) <= MAX_ID:
        raise _unusable(name, f"should have 1 to {MAX_ID} characters")
    return text


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _unusable(name, "should be a text")
    return value


def _query(given: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, str]]:
    """As the API reads it, from text. Null is as good as left out."""
    for name, value in given:
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            raise _unusable(name, "should be a text or a whole number")
        if value is not None:
            yield name, str(value)


def _unusable(name: str, detail: str) -> Problem:
    return unusable(f"/{name}", detail)
