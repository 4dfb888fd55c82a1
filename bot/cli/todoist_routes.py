"""Todoist's addresses on the HTTP server: where browsers come back, and webhooks.

Tests: tests/scenarios/test_connecting.py, tests/scenarios/test_todoist_webhooks.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from adapters.http import HttpServer, Route
from bot.app import App
from bot.screens import connect as screen
from bot.settings import TODOIST_CALLBACK
from core.delivery.confirm_account import ask_to_confirm
from core.dependencies import Dependencies
from core.errors import NotFound, OoError, traceback_summary
from core.people.connecting import Callback, CallbackOutcome, come_back
from core.ports import OAuthClient
from core.records import TaskSource
from core.store import NOBODY
from core.tasks.sync import sync_now

if TYPE_CHECKING:
    from adapters.todoist.callback import ComeBack

log = logging.getLogger(__name__)

SOURCE = TaskSource.TODOIST
SYNC_SECONDS = 60.0
STATUSES = {Callback.ASKED: 200, Callback.DENIED: 200, Callback.FAILED: 503}
"""Of the page; 400 for everything else."""


def todoist_routes(app: App, changes: TodoistChanges) -> tuple[Route, ...]:
    """The routes, if people can connect their own accounts; webhooks only if Todoist can reach oO."""
    client, environment = app.deps.oauth.get(SOURCE), app.settings.environment
    secret = environment.todoist_client_secret
    if client is None or secret is None:
        return ()
    from adapters.todoist.callback import callback
    from adapters.todoist.webhook import WEBHOOK_PATH, webhook

    routes = [Route(method="GET", path=TODOIST_CALLBACK, handler=callback(_coming_back(client, app.deps)))]
    if environment.oo_public_url:
        handler = webhook(secret.get_secret_value(), changes.take)
        routes.append(Route(method="POST", path=WEBHOOK_PATH, handler=handler))
    return tuple(routes)


def _coming_back(client: OAuthClient, deps: Dependencies) -> ComeBack:
    from adapters.todoist.callback import BrowserPage

    async def answer(state: str, code: str | None, accepts: str) -> BrowserPage:
        outcome = await _outcome(state, code, client, deps)
        return BrowserPage(html=screen.page(outcome, accepts), status=STATUSES.get(outcome.result, 400))

    return answer


async def _outcome(state: str, code: str | None, client: OAuthClient, deps: Dependencies) -> CallbackOutcome:
    """A failure of the store is a page as well."""
    try:
        outcome = await come_back(state, code=code, client=client, deps=deps)
        if outcome.result is Callback.ASKED:
            await ask_to_confirm(SOURCE, screen.asking, deps)
    except OoError as fault:
        log.warning("a browser could not be answered: %s", traceback_summary(fault))
        return CallbackOutcome(result=Callback.FAILED)
    return outcome


@asynccontextmanager
async def callback_for_chat(app: App) -> AsyncIterator[None]:
    """The callback's address on this machine while somebody chats in the terminal.

    Not where it is public: then `oo run` serves it. Nor if the port is taken, most likely by `oo run`. In
    both cases that process exchanges the code, and this one asks in the chat (the job ``connect``).
    """
    environment = app.settings.environment
    if environment.oo_public_url or not app.deps.oauth or not app.deps.vault.is_open:
        yield
        return
    http = _small_server(app)
    try:
        await http.start()
    except OSError as fault:
        log.debug("somebody else listens on port %d: %s", environment.oo_http_port, fault.strerror)
    try:
        yield
    finally:
        await http.stop()


def _small_server(app: App) -> HttpServer:
    async def readiness() -> Mapping[str, bool]:
        return {"database": await app.store.is_usable()}

    return HttpServer(
        "127.0.0.1",
        app.settings.environment.oo_http_port,
        routes=todoist_routes(app, TodoistChanges(app.deps)),
        readiness=readiness,
    )


@dataclass(slots=True)
class TodoistChanges:
    """Reads the tasks of whose account has changed, one list at a time for each person."""

    deps: Dependencies
    _running: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """By person."""
    _again: set[str] = field(default_factory=set)
    """People whose account has changed while it was read."""

    async def take(self, account_id: str, delivery_id: str) -> None:
        """Remember the delivery, and read the tasks soon; a repeated one does nothing."""
        async with self.deps.store.begin(NOBODY) as unit:
            is_new = await unit.connecting.delivered(SOURCE, delivery_id, self.deps.clock.now())
            found = await unit.integrations.of_account(SOURCE, account_id) if is_new else ()
        for integration in found:
            self._start(integration.person_id)

    def _start(self, person_id: str) -> None:
        if person_id in self._running:
            self._again.add(person_id)
        else:
            self._running[person_id] = asyncio.create_task(self._read(person_id))

    async def _read(self, person_id: str) -> None:
        try:
            self._again.add(person_id)
            while person_id in self._again:
                self._again.discard(person_id)
                await self._read_once(person_id)
        finally:
            self._running.pop(person_id, None)

    async def _read_once(self, person_id: str) -> None:
        try:
            async with self.deps.store.read() as unit:
                person = await unit.people.get(person_id)
            await sync_now(person, SOURCE, self.deps, within=timedelta(seconds=SYNC_SECONDS))
        except NotFound:
            log.info("somebody with a source has left")
        except OoError as fault:  # the next scheduled sync reads it
            log.warning("a change in todoist is read later: %s", traceback_summary(fault))

    async def stop(self) -> None:
        """Read nothing more."""
        running = tuple(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
