"""What all processes on one database share: who of them is elected, and the pace of each platform.

Tests: tests/bot/test_election.py, tests/scenarios/test_rolling_restart.py.
"""

from __future__ import annotations

from adapters.stored_pace import StoredPaces
from bot.app import App
from bot.cli.platforms import Platforms
from bot.election import election_of
from core.chat import Channel


def stand_for_election(platforms: Platforms, app: App) -> None:
    """Let one of all processes ask Telegram for updates, or register the webhook: Telegram admits one."""
    if telegram := platforms.by_channel.get(Channel.TELEGRAM):
        telegram.election = election_of(
            app.deps, app.intake, "telegram updates", is_shared=app.store.is_shared
        )


def pace_books(platforms: Platforms, app: App) -> tuple[StoredPaces, ...]:
    """Let all processes keep one pace, and a restart keep what a platform demanded."""
    environment = app.settings.environment
    keys = {
        Channel.TELEGRAM: environment.telegram_bot_token,
        Channel.SLACK: environment.slack_bot_token or environment.slack_client_secret,
    }
    books = []
    for channel, key in keys.items():
        if (platform := platforms.by_channel.get(channel)) and key:
            secret = f"{channel.value} {key.get_secret_value()}"
            book = StoredPaces(app.store, app.deps.clock, key=secret, is_shared=app.store.is_shared)
            platform.share_paces(book)
            books.append(book)
    return tuple(books)
