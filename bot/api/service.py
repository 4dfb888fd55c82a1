"""Answers requests: rate limits, token, scope, consent, strict input, repetition, the operation, problems."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.api.operation import Call, Header, Operation, Redraw, Result
from bot.api.problems import Kind, Problem, pointer
from bot.api.rates import RateLimit
from bot.api.repetition import KEY_HEADER, Repetitions, repeatable
from bot.api.wire import JSON, PROBLEM_JSON, RawAnswer, RawRequest, strict_json
from bot.screens.hints import sentences
from core.dependencies import Dependencies
from core.errors import (
    AnswerUnusable,
    BadInput,
    LanguageModelUnavailable,
    NotFound,
    StoreUnavailable,
    traceback_summary,
)
from core.people.tokens import Caller, authenticate
from core.records import Consent

log = logging.getLogger(__name__)

STORE_RETRY_SECONDS = 5
PERMITTED_FOR = timedelta(seconds=1)
"""A body that takes longer to arrive finds token and person looked up again: they may be revoked by then."""
MAX_FAULTS = 20
"""Unusable values that one answer names."""


@dataclass(frozen=True, slots=True)
class _Route:
    """A path and its operations by method."""

    pattern: re.Pattern[str]
    operations: dict[str, Operation]


@dataclass(slots=True, kw_only=True)
class Limits:
    """How often a token and an address may ask."""

    token: RateLimit
    address: RateLimit


class Api:
    """Answers the requests of one process."""

    def __init__(
        self, operations: Sequence[Operation], deps: Dependencies, *, limits: Limits, redraw: Redraw
    ) -> None:
        self._deps = deps
        self._limits = limits
        self._redraw = redraw
        self._repetitions = Repetitions(deps)
        self._routes = _routes(operations)
        self._bodies = {one.name: TypeAdapter(one.body) for one in operations if one.body}

    async def answer(self, request: RawRequest) -> RawAnswer:
        """The answer to any request whatever; raises nothing."""
        try:
            return await self._answer(request)
        except Problem as problem:
            return _problem_answer(problem)
        except Exception as fault:
            return _problem_answer(_as_problem(fault))

    async def _answer(self, request: RawRequest) -> RawAnswer:
        self._limit(self._limits.address, request.address)
        operation, path = self._find(request)
        if operation.scope is None:
            return await self._run(operation, self._call(operation, request, _NOBODY, path))
        caller, asked_at = await self._permitted(operation, request), self._deps.clock.now()
        self._limit(self._limits.token, caller.token.token_id)
        call = self._call(operation, request, caller, path)
        raw = await _body(request) if operation.body else b""
        if self._deps.clock.now() - asked_at > PERMITTED_FOR:
            call = replace(call, caller=await self._permitted(operation, request))
        if operation.body:
            strict_json(raw)
            call = replace(call, body=_validated(self._bodies[operation.name], raw))
        key = call.headers.get(KEY_HEADER.name.lower()) if operation.repeatable else None
        if key is None:
            return await self._run(operation, call)
        return await self._once(operation, call, key, raw, request)

    async def _run(self, operation: Operation, call: Call) -> RawAnswer:
        return _located(operation, _answered(operation, await operation.run(call)))

    async def _once(
        self, operation: Operation, call: Call, key: str, raw: bytes, request: RawRequest
    ) -> RawAnswer:
        once = repeatable(call.person, key, method=request.method, path=request.path, body=raw)
        redrawn: list[str] = []

        async def run(deps: Dependencies) -> RawAnswer:
            later = replace(call, deps=deps, origin=once.origin, redraw=redrawn.append)
            return _answered(operation, await operation.run(later))

        answer = await self._repetitions.answer(once, run, at_once=not operation.calls_out)
        for decision_id in redrawn:  # only now is the reaction committed
            self._redraw(decision_id)
        return _located(operation, answer)

    def _limit(self, limit: RateLimit, name: str) -> None:
        seconds = limit.wait(name, self._deps.clock.now())
        if seconds:
            raise Problem(Kind.TOO_MANY_REQUESTS, headers={"Retry-After": str(seconds)})

    def _find(self, request: RawRequest) -> tuple[Operation, Mapping[str, str]]:
        """The operation and the values in its path. Raises ``Problem``. ``HEAD`` is answered as ``GET``."""
        method = "GET" if request.method == "HEAD" else request.method
        for route in self._routes:
            if found := route.pattern.fullmatch(request.path):
                if method not in route.operations:
                    allowed = ", ".join(sorted(route.operations))
                    raise Problem(Kind.METHOD_NOT_ALLOWED, headers={"Allow": allowed})
                return route.operations[method], found.groupdict()
        raise Problem(Kind.NOT_FOUND)

    async def _permitted(self, operation: Operation, request: RawRequest) -> Caller:
        """Who asks. Raises ``Problem`` if the token or the person does not allow the operation."""
        caller = await self._caller(request)
        _check_permission(operation, caller)
        return caller

    async def _caller(self, request: RawRequest) -> Caller:
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        caller = await authenticate(secret.strip(), self._deps) if scheme.lower() == "bearer" else None
        if caller is None:
            raise Problem(
                Kind.UNAUTHENTICATED,
                "Send a header: Authorization: Bearer TOKEN. People make tokens in the chat: /token",
                headers={"WWW-Authenticate": 'Bearer realm="oO"'},
            )
        return caller

    def _call(
        self, operation: Operation, request: RawRequest, caller: Caller, path: Mapping[str, str]
    ) -> Call:
        return Call(
            caller=caller,
            deps=self._deps,
            redraw=self._redraw,
            origin=f"api-{self._deps.random.new_id()}",
            path=path,
            query=_query(operation, request.query),
            headers=_headers(operation, request.headers),
        )


_NOBODY: Any = None
"""The caller of an operation that needs no token, and reads none."""


def _routes(operations: Sequence[Operation]) -> tuple[_Route, ...]:
    by_path: dict[str, dict[str, Operation]] = {}
    for one in operations:
        by_path.setdefault(one.path, {})[one.method] = one
    return tuple(_Route(_pattern(path), methods) for path, methods in by_path.items())


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]{1,200})", re.escape(path)), re.DOTALL)


def _check_permission(operation: Operation, caller: Caller) -> None:
    """Raises ``Problem`` if the token or the person does not allow the operation."""
    if operation.scope and not caller.may(operation.scope):
        raise Problem(Kind.SCOPE_MISSING, scope=operation.scope.value)
    if operation.needs_consent and caller.person.consent is not Consent.AGREED:
        raise Problem(Kind.CONSENT_MISSING, "They agree in the chat: /start")
    if operation.needs_zone and caller.person.zone is None:
        raise Problem(Kind.ZONE_UNKNOWN, "They tell oO in the chat: /timezone")


# --- Input -------------------------------------------------------------------------------------------------


async def _body(request: RawRequest) -> bytes:
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


def _validated(body: TypeAdapter[Any], raw: bytes) -> Any:
    try:
        return body.validate_json(raw, strict=True)
    except ValidationError as fault:
        raise _unusable(fault, forms=_has_forms(body)) from fault


def _has_forms(body: TypeAdapter[Any]) -> bool:
    """Whether a body has one of several forms."""
    schema: Any = body.core_schema
    return bool((schema["schema"] if schema["type"] == "definitions" else schema)["type"] == "tagged-union")


def _query(operation: Operation, given: Sequence[tuple[str, str]]) -> Any:
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


def _headers(operation: Operation, given: Mapping[str, str]) -> Mapping[str, str]:
    """The headers that the operation understands. Raises ``Problem`` for one of another form."""
    understood = (*operation.takes, *((KEY_HEADER,) if operation.repeatable else ()))
    return {one.name.lower(): given[one.name.lower()] for one in understood if _is_given(one, given)}


def _is_given(header: Header, given: Mapping[str, str]) -> bool:
    value = given.get(header.name.lower())
    if value is not None and header.pattern and not re.fullmatch(header.pattern, value):
        raise Problem(Kind.BAD_REQUEST, f"The header {header.name} has another form.")
    return value is not None


# --- Output ------------------------------------------------------------------------------------------------


def _answered(operation: Operation, result: Result) -> RawAnswer:
    content = result.content
    body = content.model_dump_json().encode() if isinstance(content, BaseModel) else content or b""
    return RawAnswer(
        status=operation.status,
        body=body,
        content_type=JSON if body else None,
        headers={"Cache-Control": "no-store", **result.headers},
    )


def _located(operation: Operation, answer: RawAnswer) -> RawAnswer:
    """The answer with the path of what was made; a kept answer is stored without."""
    if operation.location is None:
        return answer
    place = operation.location.format_map(json.loads(answer.body))
    return replace(answer, headers={**answer.headers, "Location": place})


def _problem_answer(problem: Problem) -> RawAnswer:
    return RawAnswer(
        status=int(problem.kind.status),
        body=json.dumps(problem.document).encode(),
        content_type=PROBLEM_JSON,
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def _as_problem(fault: Exception) -> Problem:
    """What an error of the core means to a program."""
    match fault:
        case NotFound():
            return Problem(Kind.NOT_FOUND)
        case BadInput():
            sentence = sentences().get(fault.hint, "").format(**fault.values)
            return Problem(Kind.UNUSABLE, sentence, code=fault.hint)
        case StoreUnavailable():
            retry = {"Retry-After": str(STORE_RETRY_SECONDS)}
            return Problem(Kind.STORE_UNAVAILABLE, headers=retry)
        case AnswerUnusable():
            return Problem(Kind.MODEL_UNUSABLE)
        case LanguageModelUnavailable():
            return Problem(Kind.MODEL_UNAVAILABLE)
    log.error("unexpected %s", traceback_summary(fault))
    return Problem(Kind.BUG)
