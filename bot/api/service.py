"""Answers requests: rate limits, token, scope, consent, strict input, repetition, the operation, problems."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, TypeAdapter

from bot.api.event_feed import EventFeed
from bot.api.faults import problem_answer, problem_of
from bot.api.inputs import body_of, headers_in, query_of, validated
from bot.api.operation import Call, Operation, Redraw, Result
from bot.api.problems import Kind, Problem
from bot.api.rates import RateLimit
from bot.api.repetition import KEY_HEADER, Repetitions, repeatable
from bot.api.wire import RawAnswer, RawRequest, strict_json
from core.dependencies import Dependencies
from core.people.tokens import Caller, authenticate
from core.records import Consent

PERMITTED_FOR = timedelta(seconds=1)
"""A body that takes longer to arrive finds token and person looked up again: they may be revoked by then."""


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
        self,
        operations: Sequence[Operation],
        deps: Dependencies,
        *,
        limits: Limits,
        redraw: Redraw,
        feed: EventFeed | None = None,
    ) -> None:
        """``feed`` None: one with the usual times."""
        self._deps = deps
        self._limits = limits
        self._redraw = redraw
        self._repetitions = Repetitions(deps)
        self._feed = feed or EventFeed(deps)
        self._routes = _routes(operations)
        self._bodies = {one.name: TypeAdapter(one.body) for one in operations if one.body}

    async def answer(self, request: RawRequest) -> RawAnswer:
        """The answer to any request whatever; raises nothing."""
        try:
            return await self._answer(request)
        except Exception as fault:
            return problem_answer(problem_of(fault))

    async def admit(self, request: RawRequest) -> Caller:
        """Who asks, within the limits: for those who name an operation another way, then ``perform`` it.

        Raises ``Problem``.
        """
        try:
            return await self._admitted(request)
        except Problem:
            raise
        except Exception as fault:
            raise problem_of(fault) from fault

    async def receive(self, request: RawRequest) -> tuple[Caller, bytes]:
        """As ``admit``, with the body, whatever its type."""
        caller, asked_at = await self.admit(request), self._deps.clock.now()
        body = await request.read_body()
        if body is None:
            raise Problem(Kind.TOO_LARGE)
        if self._deps.clock.now() - asked_at > PERMITTED_FOR:
            caller = await self.admit(request)
        return caller, body

    async def perform(
        self, operation: Operation, path: Mapping[str, str], request: RawRequest, caller: Caller
    ) -> RawAnswer:
        """The answer to a caller who was admitted just now; ``path``: the values in it. Raises nothing."""
        try:
            _check_permission(operation, caller)
            call = self._call(operation, request, caller, path)
            return await self._perform(operation, call, await body_of(operation, request), request)
        except Exception as fault:
            return problem_answer(problem_of(fault))

    async def _answer(self, request: RawRequest) -> RawAnswer:
        self._limit(self._limits.address, request.address)
        operation, path = self._find(request)
        if operation.scope is None:
            return await self._run(operation, self._call(operation, request, _NOBODY, path))
        caller, asked_at = await self._permitted(operation, request), self._deps.clock.now()
        self._limit(self._limits.token, caller.token.token_id)
        call = self._call(operation, request, caller, path)
        raw = await body_of(operation, request)
        if self._deps.clock.now() - asked_at > PERMITTED_FOR:
            call = replace(call, caller=await self._permitted(operation, request))
        return await self._perform(operation, call, raw, request)

    async def _perform(self, operation: Operation, call: Call, raw: bytes, request: RawRequest) -> RawAnswer:
        if operation.body:
            strict_json(raw)
            call = replace(call, body=validated(self._bodies[operation.name], raw))
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

    async def _admitted(self, request: RawRequest) -> Caller:
        self._limit(self._limits.address, request.address)
        caller = await self._caller(request)
        self._limit(self._limits.token, caller.token.token_id)
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
            query=query_of(operation, request.query),
            headers=headers_in(operation, request.headers),
            feed=self._feed,
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


# --- Output ------------------------------------------------------------------------------------------------


def _answered(operation: Operation, result: Result) -> RawAnswer:
    content = result.content
    body = content.model_dump_json().encode() if isinstance(content, BaseModel) else content or b""
    return RawAnswer(
        status=operation.status,
        body=body,
        content_type=operation.media_type if body or result.stream else None,
        stream=result.stream,
        headers={"Cache-Control": "no-store", **result.headers},
    )


def _located(operation: Operation, answer: RawAnswer) -> RawAnswer:
    """The answer with the path of what was made; a kept answer is stored without."""
    if operation.location is None:
        return answer
    place = operation.location.format_map(json.loads(answer.body))
    return replace(answer, headers={**answer.headers, "Location": place})
