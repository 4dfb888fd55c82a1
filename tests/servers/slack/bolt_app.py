"""Real slack_bolt apps on both transports, to prove that the local Slack serves them unmodified."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack.server import SlackServer

_QUIET = logging.getLogger("bolt under test")
_QUIET.setLevel(logging.CRITICAL)


def client(slack: SlackServer, **options: Any) -> AsyncWebClient:
    """The SDK's client, pointed at the local Slack as `SLACK_API_URL` points oO there."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, logger=_QUIET, **options)


def app(slack: SlackServer) -> AsyncApp:
    """A Bolt app without listeners."""
    return AsyncApp(client=client(slack), signing_secret=slack.signing_secret, logger=_QUIET)


@asynccontextmanager
async def by_socket(slack: SlackServer, bolt: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app connected in Socket Mode."""
    handler = AsyncSocketModeHandler(bolt, slack.app_token, logger=_QUIET, ping_interval=0.5)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt has no types here
    try:
        await slack.expect_connection()
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt has no types here


@asynccontextmanager
async def by_http(slack: SlackServer, bolt: AsyncApp) -> AsyncIterator[str]:
    """The app behind its own HTTP server, which the local Slack posts to."""

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post("/slack/events", events)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    slack.use_http(url)
    try:
        yield url
    finally:
        await runner.cleanup()
