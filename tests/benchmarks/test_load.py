"""A crowd is made of copies that oO serves like anybody else, and what it costs is measured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from adapters.storage.store import open_store
from benchmarks.crowd import FIRST_CHAT, Crowd, fill, let_be_due
from benchmarks.load import measure_noise, measure_taps
from core.chat import Channel
from tests.servers.postgres import new_database

START = datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC)


@pytest.fixture
async def url(tmp_path: Path) -> str:
    """A database with 40 people, 20 of them with a history."""
    url = new_database(migrated=True)
    await fill(url, Crowd(people=40, history_of=20, tasks=2, decisions=2), tmp_path)
    return url


async def test_each_person_of_a_crowd_is_one_of_their_own_and_due_at_a_time_of_their_own(url: str) -> None:
    connection = await asyncpg.connect(url)
    await let_be_due(connection, range(3, 6), start=START, a_minute=2)
    await connection.close()
    store = await open_store(url)
    async with store.read() as unit:
        known = [await unit.people.known(Channel.TELEGRAM, str(FIRST_CHAT + one)) for one in range(40)]
        people = [one.person for one in known if one]
        assert len({one.person_id for one in people}) == 40
        tasks = [task.task_id for one in people for task in await unit.tasks.open(one.person_id)]
        assert len(tasks) == len(set(tasks)) == 40, "one of the two is done"
        histories = [len(await unit.decisions.latest(one.person_id, 9)) for one in people]
        assert histories == [2] * 20 + [0] * 20
        due = await unit.people.due(START + timedelta(minutes=9), 99)
        ids = [people[number].person_id for number in (3, 4, 5)]
        assert [one.person_id for one in due if one.due_at >= START] == ids
        assert [one.due_at - START for one in due if one.due_at >= START] == [
            timedelta(seconds=seconds) for seconds in (0, 30, 60)
        ]
    await store.close()


async def test_taps_and_a_chat_that_writes_without_end_are_measured(url: str, tmp_path: Path) -> None:
    taps = {row.what: row.value for row in await measure_taps(url, tmp_path, seconds=0.1, taps=10)}
    assert taps["taps in a second, one process"] > 0
    ratio = taps["bare inserts, each committed, in a second"] / taps["taps in a second, one process"]
    assert taps["bare inserts in the time of one tap"] == ratio
    store = await open_store(url)
    async with store.read() as unit:
        known = await unit.people.known(Channel.TELEGRAM, str(FIRST_CHAT + 1))
        assert known
        assert await unit.learning.read(known.person.person_id), "a tap has taught something"
    await store.close()
    noise = {row.what: row.value for row in await measure_noise(url, tmp_path, seconds=0.05, replies=3)}
    assert noise["messages a second of one chat, accepted"] > 0
    assert noise["reply in a quiet chat, p99"] > 0
