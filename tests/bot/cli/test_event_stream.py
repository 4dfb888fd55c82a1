"""Events for other programs, as the command line prints them; and what it costs not to have any."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.storage.store import open_store
from bot.cli.event_stream import (
    check_stream,
    compare_learning,
    consume_log,
    event_stream,
    print_events,
)
from bot.settings import Settings, load_settings
from core.errors import SettingsError, StreamRefused, StreamUnavailable
from core.events import record_event
from jobs.publish import Publishing
from tests.core.worlds import scene
from tests.rows import each_of
from tests.servers.nats import NatsServer

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def settings(tmp_path: Path, database_url: str) -> AsyncIterator[Settings]:
    """A database with three events, and a NATS that does not know them yet."""
    store = await open_store(database_url)
    deps = scene(store).deps
    async with store.begin() as unit:
        for number in range(3):
            await record_event(unit, deps, "tasks.imported", None, tasks=number)
    await store.close()
    async with NatsServer(tmp_path / "jetstream") as server:
        yield load_settings({"DATABASE_URL": database_url, "NATS_URL": server.url}, tmp_path)


async def published(settings: Settings) -> None:
    store = await open_store(settings.environment.database_url)
    stream = event_stream(settings)
    assert stream is not None
    job = Publishing(scene(store).deps, stream)
    assert await job.run() == 3
    await job.stop()
    await store.close()


def printed(capsys: pytest.CaptureFixture[str]) -> list[object]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line["data"]["tasks"] for line in lines]


async def test_the_log_is_printed_from_the_database_and_from_nats(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await print_events(settings, follow=False, after=0, from_nats=False)
    assert printed(capsys) == [0, 1, 2]
    await print_events(settings, follow=False, after=2, from_nats=False)
    assert printed(capsys) == [2]
    with pytest.raises(StreamRefused, match="no schemas are registered"):
        await print_events(settings, follow=False, after=0, from_nats=True)
    await published(settings)
    await print_events(settings, follow=False, after=1, from_nats=True)
    assert printed(capsys) == [1, 2]


async def test_the_consumer_goes_on_where_it_was(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await published(settings)
    await consume_log(settings, until_idle=True)
    assert printed(capsys) == [0, 1, 2]
    await consume_log(settings, until_idle=True)
    assert printed(capsys) == []
    assert (await compare_learning(settings)).is_equal


async def test_the_doctor_says_what_nats_holds(settings: Settings, tmp_path: Path) -> None:
    assert "makes the stream" in await check_stream(settings)
    await published(settings)
    assert "holds 3 events" in await check_stream(settings)
    nowhere = load_settings({"NATS_URL": "nats://ann:secret@127.0.0.1:1"}, tmp_path)
    with pytest.raises(StreamUnavailable) as fault:
        await check_stream(nowhere)
    assert "secret" not in str(fault.value)


@each_of(
    [
        ("http://127.0.0.1:4222", "must be a nats:// or tls:// URL"),
        ("nats://", "must be a nats:// or tls:// URL"),
        ("nats://ann:pw@nats.example.org", "must be a tls:// URL"),
        ("tls://nats.example.org,nats://ann:pw@nats.example.org", "must be a tls:// URL"),
        ("nats://:pw@nats.example.org", "must be a tls:// URL"),
        ("nats://ann:pw@127.0.0.1:4222x", "ends in a port from 1 to 65535"),
        ("nats://ann:pw@127.0.0.1:99999", "ends in a port from 1 to 65535"),
        ("tls://ann:pw/d@nats.example.org", "ends in a port from 1 to 65535"),
        ("tls://ann:x@pw/d@nats.example.org", "a login has no / ? # or comma"),
        ("tls://ann:pw@[::1", "Invalid IPv6 URL"),
    ]
)
def test_an_address_that_would_give_a_password_away_is_refused(url: str, said: str) -> None:
    with pytest.raises(SettingsError, match="NATS_URL") as fault:
        load_settings({"NATS_URL": url}, ROOT / "tests")
    assert said in str(fault.value.faults)
    assert "pw" not in str(fault.value.faults)


def test_without_nats_nothing_of_it_is_imported(tmp_path: Path) -> None:
    assert event_stream(load_settings({}, tmp_path)) is None
    program = "import sys, bot.cli.serve, bot.cli.doctor; print(sorted(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not any(name in found.stdout for name in ("'nats", "'google", "'adapters.nats"))
