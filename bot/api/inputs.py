"""What a request holds, strictly read: query, headers and body, as their models validate them.

Tests: tests/bot/api/test_service.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.api.operation import Header, Operation
from bot.api.problems import Kind, Problem, pointer
from bot.api.repetition import headers_of
from bot.api.wire import JSON, RawRequest

MAX_FAULTS = 20
"""Unusable values that one answer names."""


async def body_of(operation: Operation, request: RawRequest) -> bytes:
    """The body, empty if the operation takes none. Raises ``Problem`` for a large one, or none of JSON."""
    if operation.body is None:
        return b""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if kind.strip().lower() != JSON or charset not in ("", "utf-8"):
        raise Problem(Kind.NOT_JSON)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(Kind.NOT_JSON, "A compressed body is not read.")
    raw = await request.read_body()
    if raw is None:
        raise Problem(Kind.TOO_LARGE)
    return raw


def validated(body: TypeAdapter[Any], raw: bytes) -> Any:
    """The body as its model has it. Raises ``Problem`` that says what is unusable, and where."""
    try:
        return body.validate_json(raw, strict=True)
    except ValidationError as fault:
        raise _unusable(fault, forms=_has_forms(body)) from fault


def _has_forms(body: TypeAdapter[Any]) -> bool:
    """Whether a body has one of several forms."""
    schema: Any = body.core_schema
    return bool((schema["schema"] if schema["type"] == "definitions" else schema)["type"] == "tagged-union")


def query_of(operation: Operation, given: Sequence[tuple[str, str]]) -> Any:
    """The query as its model has it. Raises ``Problem``."""
    values = dict(given)
    if len(values) < len(given):
        raise Problem(Kind.UNUSABLE, "A parameter stands twice.")
    if operation.query is None or not issubclass(operation.query, BaseModel):
        if values:
            raise Problem(Kind.UNUSABLE, "There are no parameters here.")
        return None
    try:
        return operation.query.model_validate_strings(values)
    except ValidationError as fault:
        raise _unusable(fault) from fault


def _unusable(fault: ValidationError, *, forms: bool = False) -> Problem:
    """Where and why; never the value itself. ``forms``: places begin with the name of a form of the body."""
    found = fault.errors(include_url=False, include_context=False, include_input=False)[:MAX_FAULTS]
    errors = [{"pointer": pointer(one["loc"][forms:]), "detail": one["msg"]} for one in found]
    return Problem(Kind.UNUSABLE, errors=errors)


def headers_in(operation: Operation, given: Mapping[str, str]) -> Mapping[str, str]:
    """The headers that the operation understands. Raises ``Problem`` for one of another form."""
    understood = headers_of(operation)
    return {one.name.lower(): given[one.name.lower()] for one in understood if _is_given(one, given)}


def _is_given(header: Header, given: Mapping[str, str]) -> bool:
    value = given.get(header.name.lower())
    if value is not None and header.pattern and not re.fullmatch(header.pattern, value):
        raise Problem(Kind.BAD_REQUEST, f"The header {header.name} has another form.")
    return value is not None
