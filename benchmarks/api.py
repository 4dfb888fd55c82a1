"""Latency of the HTTP API as a program sees it, on the real HTTP server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import aiohttp

from adapters.http import HttpServer
from benchmarks.deployment import Deployment, add_history, add_person, running_deployment
from benchmarks.table import Row, percentile
from bot.cli.api_server import api_routes
from bot.cli.api_service import api_of
from bot.config.sections import HttpSection
from bot.conversation.redrawing import Redrawing
from core.people.tokens import make_token
from core.records import Person, Scope

PAST = 3_000  # decisions before the measurement
FEEDBACKS = 1_000
FEEDBACKS_A_SECOND = 100
TIPS = 200
SETTINGS = HttpSection(api=True, requests_a_minute=1_000_000, address_requests_a_minute=1_000_000)


async def measure_api(folder: Path) -> list[Row]:
    """Feedback at a constant rate, then tips one after the other, for one person with a history."""
    async with running_deployment(folder) as deployment:
        ann = await add_person(deployment, "ann", tasks=200)
        await add_history(deployment, ann, decisions=PAST)
        async with deployment.app.store.read() as unit:
            decisions = await unit.decisions.latest(ann.person_id, FEEDBACKS)
        async with _program(deployment, ann) as program:
            feedback = await _feedback(program, [one.decision_id for one in decisions if one.tip])
            tips = [await _timed(program, "/v1/tips", {}, perf_counter()) for _ in range(TIPS)]
    return [
        *_rows(f"POST /v1/feedback at {FEEDBACKS_A_SECOND}/s", feedback, p99=25),
        *_rows("POST /v1/tips without LLM, 200 tasks", tips, p99=60),
    ]


def _rows(what: str, values: list[float], *, p99: float) -> list[Row]:
    return [
        Row(what=f"{what}, p50", value=percentile(values, 0.5), goal=None, unit="ms"),
        Row(what=f"{what}, p99", value=percentile(values, 0.99), goal=p99, unit="ms"),
    ]


@asynccontextmanager
async def _program(deployment: Deployment, person: Person) -> AsyncIterator[aiohttp.ClientSession]:
    """A program of ``person`` on an HTTP server that serves the API."""
    app = deployment.app
    redrawing = Redrawing(app.deps, app.router.edits)
    server = HttpServer(
        "127.0.0.1",
        0,
        routes=api_routes(api_of(app.deps, SETTINGS, redrawing.start), behind_proxy=False),
        readiness=_ready,
    )
    made = await make_token(person, app.deps, name="bench", scopes=Scope)
    url = f"http://127.0.0.1:{await server.start()}"
    headers = {"Authorization": f"Bearer {made.secret}"}
    try:
        async with aiohttp.ClientSession(url, headers=headers) as session:
            yield session
    finally:
        await server.stop()
        await redrawing.stop(0)


async def _ready() -> dict[str, bool]:
    return {}


async def _timed(program: aiohttp.ClientSession, path: str, body: dict[str, str], due: float) -> float:
    """Milliseconds from ``due`` until the whole answer is there."""
    async with program.post(path, json=body) as response:
        await response.read()
        response.raise_for_status()
    return (perf_counter() - due) * 1000


async def _feedback(program: aiohttp.ClientSession, decisions: list[str]) -> list[float]:
    """Send each at its scheduled time, even if earlier ones are pending: no coordinated omission."""
    started = perf_counter()

    async def dismiss(number: int, decision_id: str) -> float:
        due = started + number / FEEDBACKS_A_SECOND
        await asyncio.sleep(max(0.0, due - perf_counter()))
        body = {"decision_id": decision_id, "reaction": "dismiss"}
        return await _timed(program, "/v1/feedback", body, due)

    return list(await asyncio.gather(*(dismiss(*numbered) for numbered in enumerate(decisions))))
