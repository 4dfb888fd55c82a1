"""Slack for the workspaces that install oO themselves.

Tests: tests/scenarios/test_slack_workspaces.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.http import Route
from bot.app import App
from bot.screens import slack_install as screen
from core.chat import Channel
from core.people.notifications import notifications_changed
from core.records import NotificationReading

if TYPE_CHECKING:
    from bot.cli.platforms import Platforms


def hear_of_notifications(platforms: Platforms, app: App) -> None:
    """Store what Slack says on its own about people's notifications."""
    slack, deps = platforms.by_channel.get(Channel.SLACK), app.deps

    async def hear(external_id: str, reading: NotificationReading) -> None:
        await notifications_changed(Channel.SLACK, external_id, reading, deps)

    if slack:
        slack.on_notifications = hear


def admit_workspaces(platforms: Platforms, app: App) -> tuple[Route, ...]:
    """Let workspaces install the app, if it has a client; returns the routes for browsers."""
    environment, deps = app.settings.environment, app.deps
    secret = environment.slack_client_secret
    if environment.slack_client_id is None or secret is None:
        return ()
    from adapters.slack.install import INSTALL_PATH, REDIRECT_PATH, Install
    from adapters.slack.installations import Installations, InstallStates
    from adapters.slack.oauth import SlackOAuth

    oauth = SlackOAuth(
        environment.slack_client_id,
        secret.get_secret_value(),
        redirect_uri=environment.public_root() + REDIRECT_PATH,
        api_url=environment.slack_api_url,
        clock=deps.clock,
    )
    installations = Installations(deps.store, deps.vault, deps.clock, deps.random, oauth)
    platforms.by_channel[Channel.SLACK].admit(installations)
    states = InstallStates(deps.store, deps.clock, deps.random)
    install = Install(oauth, states, installations, screen.page)
    return (
        Route(method="GET", path=INSTALL_PATH, handler=install.offer),
        Route(method="GET", path=REDIRECT_PATH, handler=install.come_back),
    )
