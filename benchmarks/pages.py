"""Time and size of the person's pages, on the real HTTP server, for somebody with 500 tasks and a history."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import aiohttp

from adapters.http import HttpServer
from benchmarks.deployment import Deployment, add_history, add_person, running_deployment
from benchmarks.table import Row, percentile
from bot.cli.web_server import page_routes
from bot.web.cookies import SESSION_COOKIE, set_cookie
from bot.web.me.frame import PAGES
from bot.web.page import Site
from bot.web.pages import PAGES as EVERY_PAGE
from bot.web.service import Pages
from core.people.sessions import SESSION_LASTS, open_session
from core.records import Person, SessionKind
from core.signing import Signer
from core.vault import vault_key

TASKS = 500
PAST = 500  # decisions before the measurement
VISITS = 30  # of each page
ROOT = "http://127.0.0.1"


async def measure_pages(folder: Path) -> list[Row]:
    """Every page of the navigation and one receipt, one after the other."""
    async with running_deployment(folder) as deployment:
        ann = await add_person(deployment, "ann", tasks=TASKS)
        await add_history(deployment, ann, decisions=PAST)
        async with deployment.app.store.read() as unit:
            (latest,) = await unit.decisions.latest(ann.person_id, 1)
        times, largest = [], 0
        async with _browser(deployment, ann) as browser:
            for address in [*PAGES.values(), f"/me/tips/{latest.decision_id}"]:
                for _ in range(VISITS):
                    started = perf_counter()
                    async with browser.get(address) as response:
                        html = await response.read()
                        response.raise_for_status()
                    times.append((perf_counter() - started) * 1000)
                    largest = max(largest, len(html))
    what = f"the person's pages, {TASKS} tasks"
    return [
        Row(what=f"{what}, p50", value=percentile(times, 0.5), goal=None, unit="ms"),
        Row(what=f"{what}, p99", value=percentile(times, 0.99), goal=100, unit="ms"),
        Row(what=f"{what}, the largest", value=largest / 1000, goal=60, unit="kB"),
    ]


@asynccontextmanager
async def _browser(deployment: Deployment, person: Person) -> AsyncIterator[aiohttp.ClientSession]:
    """A browser in which the person is signed in, and the server that it uses."""
    app, signer = deployment.app, Signer([vault_key(bytes(range(32)))])
    site = Site(
        deps=replace(app.deps, signer=signer),
        deployment=app.deployment,
        take=app.intake.take,
        answers=app.page_answers,
        root=ROOT,
        address_requests_a_minute=1_000_000,
    )
    server = HttpServer(
        "127.0.0.1",
        0,
        routes=tuple(page_routes(Pages(EVERY_PAGE, site), behind_proxy=False)),
        readiness=_ready,
    )
    async with app.store.begin() as unit:
        opened = await open_session(unit, app.deps, person=person)
    lasts = SESSION_LASTS[SessionKind.PERSON]
    cookie = set_cookie(SESSION_COOKIE, opened.secret, signer, lasts=lasts, is_https=False).partition(";")[0]
    url = f"http://127.0.0.1:{await server.start()}"
    try:
        async with aiohttp.ClientSession(url, headers={"Cookie": cookie}) as session:
            yield session
    finally:
        await server.stop()


async def _ready() -> dict[str, bool]:
    return {}
