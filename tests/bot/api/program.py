"""A program that uses the API, without a server between them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.api.operations import OPERATIONS
from bot.api.rates import RateLimit
from bot.api.service import Api, Limits
from bot.api.wire import MAX_BODY_BYTES, RawAnswer, RawRequest
from core.dependencies import Dependencies
from core.people.tokens import make_token
from core.records import Person, Scope
from tests.core.worlds import Scene

GENEROUS = 1_000_000.0


@dataclass(slots=True)
class Reply:
    """An answer, its JSON read."""

    raw: RawAnswer

    @property
    def status(self) -> int:
        return self.raw.status

    @property
    def json(self) -> Any:
        return json.loads(self.raw.body)

    @property
    def problem(self) -> str:
        """The kind of problem."""
        assert self.raw.content_type == "application/problem+json"
        return str(self.json["type"]).removeprefix("urn:oo:problem:")


@dataclass(slots=True, kw_only=True)
class Client:
    """Sends requests with a token."""

    api: Api
    secret: str
    on_body: Callable[[], Awaitable[object]] | None = None
    """Happens while the body arrives."""

    async def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        query: Sequence[tuple[str, str]] = (),
        address: str = "192.0.2.1",
        **headers: Any,
    ) -> Reply:
        """``headers``: with ``_`` for ``-``; an empty value leaves the header out."""
        content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        sent = {
            "authorization": f"Bearer {self.secret}",
            **({"content-type": "application/json"} if content else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }

        async def read() -> bytes | None:
            if self.on_body:
                await self.on_body()
            return content if len(content) <= MAX_BODY_BYTES else None

        request = RawRequest(
            method=method,
            path=path,
            query=query,
            headers={name: value for name, value in sent.items() if value},
            address=address,
            read_body=read,
        )
        return Reply(await self.api.answer(request))

    async def get(self, path: str, **query: str) -> Reply:
        return await self.send("GET", path, query=tuple(query.items()))

    async def post(self, path: str, body: Any, **headers: Any) -> Reply:
        return await self.send("POST", path, body, **headers)


@dataclass(slots=True, kw_only=True)
class Program(Client):
    """The program of somebody in a small world."""

    scene: Scene
    redrawn: list[str] = field(default_factory=list)
    """Decisions whose messages were redrawn."""


async def program_of(
    scene: Scene,
    person: Person,
    *,
    scopes: Iterable[Scope] = Scope,
    name: str = "script",
    token_rate: float = GENEROUS,
    address_rate: float = GENEROUS,
) -> Program:
    """A program of ``person`` with a new token."""
    made = await make_token(person, scene.deps, name=name, scopes=scopes)
    redrawn: list[str] = []
    api = api_of(scene.deps, token_rate=token_rate, address_rate=address_rate, redrawn=redrawn)
    return Program(api=api, secret=made.secret, scene=scene, redrawn=redrawn)


def api_of(
    deps: Dependencies,
    *,
    token_rate: float = GENEROUS,
    address_rate: float = GENEROUS,
    redrawn: list[str] | None = None,
) -> Api:
    """The API of one process; it notes in ``redrawn`` which tips are to be redrawn."""
    limits = Limits(token=RateLimit(token_rate), address=RateLimit(address_rate))
    return Api(OPERATIONS, deps, limits=limits, redraw=([] if redrawn is None else redrawn).append)
