"""Start and stop in good order: nobody is answered too early, and one fault keeps nothing else running."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client import generate_latest

from adapters.http import HttpServer
from adapters.todoist import Todoist
from bot.app import App
from bot.cli.metrics import Metrics
from bot.cli.platforms import Platforms
from bot.cli.serve import running
from bot.settings import load_settings
from core.chat import Channel
from core.incidents import notice
from core.records import IncidentKind, TaskSource
from tests.core.worlds import scene
from tests.fakes.store import FakeStore
from tests.servers.telegram import TelegramServer


class Platform:
    """Can be stopped; ``fault`` is what goes wrong then."""

    ignored = 2

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.stopped = False

    async def stop(self) -> None:
        if self.fault:
            raise self.fault
        self.stopped = True


async def test_a_channel_that_does_not_stop_leaves_no_other_running(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing, other = Platform(OSError("SECRET")), Platform()

    await Platforms(by_channel={Channel.TELEGRAM: failing, Channel.SLACK: other}).stop()

    assert other.stopped
    assert "a channel did not stop: OSError at test_serve.py:" in caplog.text
    assert "SECRET" not in caplog.text


async def test_nobody_is_answered_before_the_channels_can_send_and_all_ends_despite_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    for owner, name in (
        (Platforms, "start"),
        (HttpServer, "start"),
        (App, "start"),
        (App, "pause"),
        (HttpServer, "stop"),
        (Platforms, "stop"),
        (App, "close"),
    ):
        monkeypatch.setattr(owner, name, noting(steps, owner, name))

    async with TelegramServer(flood=None) as telegram:
        environ = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": f"sqlite:///{tmp_path}/oo.db",
            "OO_HTTP_PORT": "0",
        }
        with pytest.raises(ZeroDivisionError):
            async with running(load_settings(environ, tmp_path)):
                pass

    assert steps == [
        "Platforms.start",
        "HttpServer.start",
        "App.start",
        "App.pause",
        "HttpServer.stop",
        "Platforms.stop",
        "App.close",
    ]


def noting(steps: list[str], owner: type, name: str) -> object:
    """The method, noted when it is called; the one that stops the HTTP server fails afterwards."""
    method = getattr(owner, name)

    async def noted(self: object, *values: object) -> object:
        steps.append(f"{owner.__name__}.{name}")
        result = await method(self, *values)
        if steps[-1] == "HttpServer.stop":
            raise ZeroDivisionError
        return result

    return noted


async def test_what_was_not_for_oo_and_what_could_not_be_read_are_counted() -> None:
    platforms = Platforms(by_channel={Channel.TELEGRAM: Platform()})
    provider = Todoist("token", "http://127.0.0.1:9")
    provider.unreadable_fields.update({"due.date": 3})
    providers = {TaskSource.TODOIST: provider}
    deps = scene(FakeStore()).deps
    metrics = Metrics(deps, platforms.ignored, providers)
    async with deps.store.begin() as unit:
        await notice(unit, IncidentKind.DELIVERY_UNKNOWN, deps.clock.now(), "telegram")

    await metrics.refresh()

    written = generate_latest(metrics.registry).decode()
    assert 'oo_updates_ignored{channel="telegram"} 2.0' in written
    assert 'oo_incidents{kind="delivery_unknown"} 1.0' in written
    assert 'oo_incidents{kind="channel_down"} 0.0' in written
    assert "oo_incidents_unacknowledged 1.0" in written
    assert 'oo_source_fields_unread{field="due.date",source="todoist"} 3.0' in written
