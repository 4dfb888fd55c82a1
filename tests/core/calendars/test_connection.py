"""A calendar is connected with its first reading, and disconnected with all that was copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.calendars import connection
from core.calendars.connection import connect_calendar, connected_calendars, disconnect_calendar, read_anew
from core.calendars.copies import parse_login
from core.chat import Channel
from core.dependencies import Dependencies
from core.errors import CalendarUnusable, SourceDisconnected, SourceUnavailable, VaultClosed
from core.people.consents import set_purpose
from core.records import CalendarLogin, CalendarProvider, Purpose, Task, TaskSource, TaskState, TokenStatus
from core.store import Store
from tests.core.calendars.feeds import LOGIN, Feeds, meeting, stored_events, with_calendars
from tests.core.outsiders import NOW
from tests.core.worlds import HOUR, Scene, scene

FEED, CALDAV = CalendarProvider.FEED, CalendarProvider.CALDAV


@pytest.fixture
async def here(either: Store) -> Scene:
    found = with_calendars(scene(either), Feeds(events=(meeting(NOW + HOUR),)))
    await found.person()
    return found


async def connect(here: Scene, provider: CalendarProvider = FEED) -> None:
    await connect_calendar(await here.stored(), provider, LOGIN, here.deps)


async def secret(deps: Dependencies, provider: CalendarProvider = FEED) -> str | None:
    async with deps.store.read() as unit:
        return await deps.vault.get(unit, "ada", provider)


async def test_login_state_and_copy_are_stored_together(here: Scene) -> None:
    await connect(here)
    stored = await secret(here.deps)
    assert stored is not None
    assert parse_login(stored) == LOGIN
    (one,) = await connected_calendars(await here.stored(), here.deps)
    assert (one.provider, one.status, one.account_name) == ("calendar", TokenStatus.CONNECTED, "Work")
    assert "CANARY" not in repr(one)
    assert await stored_events(here.deps) == (meeting(NOW + HOUR, title=None),)
    assert "calendar.connected" in await here.kinds()


@pytest.mark.parametrize(
    "fault",
    [CalendarUnusable("too_large", size="10 MB"), SourceDisconnected("401"), SourceUnavailable("500")],
)
async def test_of_a_refusal_nothing_is_stored(here: Scene, fault: SourceUnavailable) -> None:
    refused = with_calendars(here, Feeds(fault=fault))
    with pytest.raises(type(fault)):
        await connect(refused)
    assert await secret(here.deps) is None
    assert await connected_calendars(await here.stored(), here.deps) == []
    assert await here.kinds() == []


async def test_a_failed_attempt_leaves_the_earlier_connection(here: Scene) -> None:
    await connect(here)
    with pytest.raises(SourceUnavailable):
        await connect(with_calendars(here, Feeds(fault=SourceUnavailable("500"))))
    assert len(await stored_events(here.deps)) == 1
    assert await secret(here.deps)


async def test_without_a_vault_nothing_is_asked(here: Scene) -> None:
    closed = replace(here.deps, vault=type(here.deps.vault)())
    with pytest.raises(VaultClosed):
        await connect_calendar(await here.stored(), FEED, LOGIN, closed)
    assert isinstance(here.deps.calendars, Feeds)
    assert here.deps.calendars.asked == []


async def test_disconnecting_deletes_login_state_and_copy(here: Scene) -> None:
    await connect(here)
    await connect(here, CALDAV)
    assert await disconnect_calendar(await here.stored(), FEED, here.deps)
    assert await secret(here.deps) is None
    assert [one.provider for one in await connected_calendars(await here.stored(), here.deps)] == [CALDAV]
    assert not await disconnect_calendar(await here.stored(), FEED, here.deps)
    assert await disconnect_calendar(await here.stored(), CALDAV, here.deps)
    assert await stored_events(here.deps) == ()
    async with here.deps.store.read() as unit:
        assert await unit.integrations.of("ada") == ()


async def test_a_caldav_account_is_a_task_source_whose_copies_go_with_it(here: Scene) -> None:
    await connect(here, CALDAV)
    task = Task(
        task_id="caldav-1",
        person_id="ada",
        title="Rent",
        created_at=NOW,
        source=TaskSource.CALDAV,
        external_id="/a",
    )
    async with here.deps.store.begin() as unit:
        assert await unit.integrations.get("ada", TaskSource.CALDAV) is not None
        await unit.tasks.put(task)
    await disconnect_calendar(await here.stored(), CALDAV, here.deps)
    assert (await here.stored_task(task)).state is TaskState.GONE


async def test_titles_are_stored_from_consent_to_withdrawal(here: Scene) -> None:
    await connect(here)
    person = await set_purpose(
        await here.stored(), here.deps, Purpose.CALENDAR, granted=True, channel=Channel.TELEGRAM
    )
    await read_anew(person, here.deps, within=timedelta(seconds=30))
    assert [one.title for one in await stored_events(here.deps)] == ["Budget"]
    await set_purpose(person, here.deps, Purpose.CALENDAR, granted=False, channel=Channel.TELEGRAM)
    assert [one.title for one in await stored_events(here.deps)] == [None]


async def test_where_no_calendars_are_offered_none_is_connected(here: Scene) -> None:
    with pytest.raises(CalendarUnusable, match="not_offered"):
        await connect_calendar(await here.stored(), FEED, LOGIN, replace(here.deps, calendars=None))
    assert await secret(here.deps) is None


async def test_a_calendar_that_is_not_read_in_time_is_not_connected(
    here: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "FIRST_READING", timedelta())
    with pytest.raises(SourceUnavailable, match="too long"):
        await connect(with_calendars(here, Feeds(hangs=True)))
    assert await connected_calendars(await here.stored(), here.deps) == []


class NothingNew(Feeds):
    """Answers that nothing has changed, though nothing was read before."""

    async def read(self, provider: CalendarProvider, login: CalendarLogin, **asked: object) -> None:
        return None


async def test_an_answer_without_a_calendar_connects_none(here: Scene) -> None:
    with pytest.raises(CalendarUnusable, match="not_a_calendar"):
        await connect(with_calendars(here, NothingNew()))
    assert await connected_calendars(await here.stored(), here.deps) == []


async def test_reading_anew_is_about_calendars_only(here: Scene) -> None:
    await here.connect()
    await connect(here)
    assert await read_anew(await here.stored(), here.deps, within=timedelta(seconds=30))
    async with here.deps.store.read() as unit:
        todoist = await unit.integrations.get("ada", TaskSource.TODOIST)
    assert todoist is not None
    assert todoist.cursor is None
