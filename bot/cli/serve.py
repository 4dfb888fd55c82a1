"""``oo run``: every configured channel, the jobs and the HTTP server, until a signal stops it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.clock import SystemRandomSource
from adapters.http import HttpServer, Route
from adapters.pace import Rate
from adapters.storage.sole_server import serving_alone
from adapters.stored_pace import StoredPaces
from bot.app import App, build, language_model, when_free
from bot.cli.event_stream import event_stream
from bot.cli.loop import freeze_gc
from bot.cli.mail import add_mail, message_ids
from bot.cli.metrics_route import metrics_route
from bot.cli.optional import as_if_missing
from bot.cli.platforms import Platforms
from bot.cli.readiness import Readiness
from bot.cli.sharing import pace_books, stand_for_election
from bot.cli.slack_workspaces import admit_workspaces, hear_of_notifications
from bot.cli.todoist_routes import TodoistChanges, todoist_routes
from bot.cli.warming import warm_up
from bot.cli.web_push import add_web_push, serve_browsers
from bot.intake import Intake
from bot.settings import Environment, Settings
from core.chat import Channel
from core.errors import SettingsError
from core.people.access import owner_code
from core.ports import Accept, Clock, Messenger, RandomSource

if TYPE_CHECKING:
    from bot.cli.metrics import Metrics

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running oO."""

    app: App
    platforms: Platforms
    http_port: int


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock | None = None,
    random: RandomSource | None = None,
    rate: Rate | None = None,
) -> AsyncIterator[Running]:
    """Connect every channel and start the jobs; stop all of it in order when the block ends.

    ``rate`` limits how fast messages are sent; None means the limits of each platform. Raises
    ``SettingsError`` when no channel is configured or one refuses its credentials, and ``AlreadyServed``.
    """
    environment = settings.environment
    if not (environment.telegram_bot_token or environment.slack_bot_token or environment.slack_client_id):
        raise SettingsError(
            ("no channel is configured: set TELEGRAM_BOT_TOKEN or SLACK_BOT_TOKEN, or use `oo chat`",)
        )
    file = environment.database_file()
    with serving_alone(file) if file else nullcontext():
        async with _running(settings, clock=clock, random=random, rate=rate) as oo:
            yield oo


@asynccontextmanager
async def _running(
    settings: Settings, *, clock: Clock | None, random: RandomSource | None, rate: Rate | None
) -> AsyncIterator[Running]:
    platforms = Platforms()
    random = random or SystemRandomSource()

    def connect(intake: Intake, clock: Clock) -> Mapping[Channel, Messenger]:
        add_telegram(platforms, settings.environment, intake.accept, clock, rate)
        add_slack(platforms, settings.environment, intake.accept, clock, rate)
        add_web_push(platforms.by_channel, settings, clock, random)
        add_mail(platforms, settings, clock, random, rate)
        return platforms.by_channel

    model = await language_model(settings)
    app = await build(
        settings, connect, clock=clock, random=random, model=model, stream=event_stream(settings)
    )
    hear_of_notifications(platforms, app)
    stand_for_election(platforms, app)
    books = pace_books(platforms, app)
    readiness = Readiness(store=app.store, channels=platforms.by_channel)
    changes = TodoistChanges(app.deps)
    for routes in (
        admit_workspaces(platforms, app),
        todoist_routes(app, changes),
        _over_http(app, platforms),
    ):
        platforms.routes.extend(routes)
    http = _http(app, platforms, readiness)
    async with _ending(app, platforms, changes, http, readiness, books):
        for book in books:
            await book.start()
        # Answers start only when every channel can send; earlier updates wait in the inbox.
        await platforms.start()
        port = await _listen(http, settings)
        await app.start()
        await when_free(app.router.redrawing.resume)
        app.scheduler.start()
        readiness.is_serving = True
        yield Running(app=app, platforms=platforms, http_port=port)


@asynccontextmanager
async def _ending(
    app: App,
    platforms: Platforms,
    changes: TodoistChanges,
    http: HttpServer,
    readiness: Readiness,
    books: Sequence[StoredPaces],
) -> AsyncIterator[None]:
    """Stop all of it in order when the block ends, each part even if another one fails."""
    async with AsyncExitStack() as ending:  # from the last to the first
        ending.push_async_callback(app.close)
        for book in books:
            ending.push_async_callback(book.close)
        ending.push_async_callback(platforms.stop)
        ending.push_async_callback(changes.stop)
        ending.push_async_callback(http.stop)
        ending.push_async_callback(app.pause)
        # What only one process has is given back first, so that another one goes on at once.
        ending.push_async_callback(platforms.drain)
        ending.callback(readiness.stop)
        yield


def _over_http(app: App, platforms: Platforms) -> Iterator[Route]:
    """What programs, assistants and browsers may use. It costs time and memory only where it is served."""
    settings = app.settings.config.http
    if settings.pages or Channel.EMAIL in platforms.by_channel:
        from bot.cli.web_server import page_routes, pages_of

        pages = pages_of(
            app, push_key=serve_browsers(app, platforms.by_channel), mail_id=message_ids(platforms)
        )
        yield from page_routes(pages, behind_proxy=settings.behind_proxy)
    if not (settings.api or settings.mcp):
        return
    from bot.cli.api_server import api_routes
    from bot.cli.api_service import api_of

    api = api_of(app.deps, settings, app.router.redrawing.start)
    if settings.api:
        yield from api_routes(api, behind_proxy=settings.behind_proxy)
    if settings.mcp:
        from bot.cli.mcp_server import mcp_routes

        root = app.settings.environment.public_root()
        yield from mcp_routes(api, root=root, behind_proxy=settings.behind_proxy)


def _metrics(app: App, platforms: Platforms, readiness: Readiness) -> Metrics:
    from bot.cli.metrics import Metrics

    return Metrics(
        app.deps,
        platforms.ignored,
        app.providers,
        ready=readiness.parts,
        publishing=app.publishing,
    )


def _http(app: App, platforms: Platforms, readiness: Readiness) -> HttpServer:
    environment = app.settings.environment
    return HttpServer(
        environment.oo_http_host,
        environment.oo_http_port,
        routes=(*platforms.routes, metrics_route(lambda: _metrics(app, platforms, readiness))),
        readiness=readiness.parts,
    )


async def _listen(http: HttpServer, settings: Settings) -> int:
    try:
        return await http.start()
    except OSError as fault:
        environment = settings.environment
        place = f"{environment.oo_http_host}:{environment.oo_http_port}"
        raise SettingsError((f"OO_HTTP_PORT: can't listen on {place}: {fault.strerror}",)) from fault


async def serve(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM."""
    stopping = _on_signals()
    async with running(settings) as oo:
        freeze_gc()
        await _announce(oo.app, oo.http_port)
        warming = asyncio.create_task(_warm(oo.app))
        await stopping.wait()
        warming.cancel()


async def _warm(app: App) -> None:
    """Prepare the language model in the background."""
    if app.model:
        await app.model.warm()
        freeze_gc()
        await warm_up(app)


def _on_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, stopping.set)
    return stopping


async def _announce(app: App, port: int) -> None:
    """Print that oO is up, and the owner's code if there is no owner yet."""
    names = ", ".join(channel.value for channel in app.deps.messengers.by_channel)
    print(f"oO is up: {names}; http on port {port}", flush=True)  # noqa: T201 - for the operator
    code = await owner_code(app.deps, is_shared=app.store.is_shared)
    if code:
        hint = " (in Slack: /oo start …)" if Channel.SLACK in app.deps.messengers else ""
        print(f"Owner: send this to oO once, from your own account{hint}: /start {code}", flush=True)  # noqa: T201 - for the operator


def add_telegram(
    platforms: Platforms,
    environment: Environment,
    accept: Accept,
    clock: Clock,
    rate: Rate | None = None,
) -> None:
    """Add Telegram if there is a token. A webhook without a configured secret gets one that follows from the
    token, so that all processes know it.
    """
    token = environment.telegram_bot_token
    if token is None:
        return
    # python-telegram-bot would load cryptography, 7 MB, for Telegram Passport, which oO does not use.
    with as_if_missing("cryptography"):
        from adapters.telegram import BOT_RATE, CHAT_RATE, WEBHOOK_PATH, Telegram, Webhook, secret_of

    chosen, url = environment.telegram_webhook_secret, environment.telegram_webhook_url
    secret = chosen.get_secret_value() if chosen else secret_of(token.get_secret_value())
    webhook = Webhook(url=url, secret=secret) if url else None
    telegram = Telegram(
        token.get_secret_value(),
        api_url=environment.telegram_api_url,
        accept=accept,
        clock=clock,
        webhook=webhook,
        chat_rate=rate or CHAT_RATE,
        bot_rate=rate or BOT_RATE,
    )
    platforms.by_channel[Channel.TELEGRAM] = telegram
    if webhook:
        platforms.routes.append(Route(method="POST", path=WEBHOOK_PATH, handler=telegram.webhook))


def add_slack(
    platforms: Platforms, environment: Environment, accept: Accept, clock: Clock, rate: Rate | None = None
) -> None:
    """Add Slack if there is a bot token, or workspaces can install the app: Socket Mode with an app token,
    else signed HTTP.
    """
    token = environment.slack_bot_token
    if token is None and environment.slack_client_id is None:
        return
    from adapters.slack import EVENTS_PATH, RATE, WORKSPACE_RATE, Slack

    app_token, signing_secret = environment.slack_app_token, environment.slack_signing_secret
    slack = Slack(
        token.get_secret_value() if token else None,
        api_url=environment.slack_api_url,
        accept=accept,
        clock=clock,
        app_token=app_token.get_secret_value() if app_token else None,
        signing_secret=signing_secret.get_secret_value() if signing_secret else None,
        rate=rate or RATE,
        workspace_rate=rate or WORKSPACE_RATE,
    )
    platforms.by_channel[Channel.SLACK] = slack
    if app_token is None:
        platforms.routes.append(Route(method="POST", path=EVENTS_PATH, handler=slack.events))
