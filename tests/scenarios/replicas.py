"""Several ``oo run`` on one PostgreSQL, behind a front door that spreads requests, as an ingress does.

Tests: tests/scenarios/test_replicas.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.scenarios.conftest import free_port
from tests.scenarios.oo import Place, Serving, place

PATIENCE = ClientTimeout(total=2.0)
"""How long the front door waits for a replica before it asks the next one."""

MAX_BODY_BYTES = 1 << 20


class FrontDoor:
    """Passes each request to the next replica, and to another one if that does not answer."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.url = ""
        self._turns = count()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FrontDoor]:
        """Listen until the block ends."""
        application = web.Application(client_max_size=MAX_BODY_BYTES)
        application.router.add_route("*", "/{path:.*}", self._pass)
        runner = web.AppRunner(application, shutdown_timeout=1.0)
        await runner.setup()
        try:
            port = free_port()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            self.url = f"http://127.0.0.1:{port}"
            async with ClientSession(timeout=PATIENCE) as self._session:
                yield self
        finally:
            await runner.cleanup()

    async def _pass(self, request: web.Request) -> web.Response:
        body = await request.read()
        for _ in self.ports:
            port = self.ports[next(self._turns) % len(self.ports)]
            url = f"http://127.0.0.1:{port}{request.rel_url}"
            try:
                async with self._session.request(
                    request.method, url, data=body, headers=request.headers, allow_redirects=False
                ) as answer:
                    return web.Response(
                        body=await answer.read(), status=answer.status, headers=answer.headers
                    )
            except (ClientError, TimeoutError, OSError):
                continue
        return web.Response(status=502)


@dataclass(slots=True, kw_only=True)
class Replica:
    """One ``oo run``."""

    here: Place
    port: int
    oo: Serving


@dataclass(slots=True, kw_only=True)
class Replicas:
    """All of them."""

    front: FrontDoor
    running: list[Replica] = field(default_factory=list)


@asynccontextmanager
async def replicas(
    folder: Path, database_url: str, config: str, environment: dict[str, str], *, how_many: int = 3
) -> AsyncIterator[Replicas]:
    """Started one after the other, and stopped at the end of the block unless they have ended before.

    ``environment`` may say ``{front}`` for the address of the front door.
    """
    async with AsyncExitStack() as ending:
        front = await ending.enter_async_context(FrontDoor().open())
        found = Replicas(front=front)
        for number in range(how_many):
            port = free_port()
            values = {name: value.replace("{front}", front.url) for name, value in environment.items()}
            here = place(
                folder / f"replica{number}",
                **values | {"DATABASE_URL": database_url, "OO_HTTP_PORT": str(port)},
            )
            (here.folder / "config.yaml").write_text(config)
            oo = await ending.enter_async_context(here.serving())
            found.running.append(Replica(here=here, port=port, oo=oo))
            front.ports.append(port)
        yield found
