"""Copies of calendars are kept fresh; whatever fails, the older copy stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.calendars.connection import connect_calendar, disconnect_calendar
from core.calendars.copies import Cursor, cursor_of, refresh_calendars, stored_login, stored_zone
from core.chat import Channel
from core.errors import CalendarUnusable, SourceBusy, SourceDisconnected, SourceUnavailable, TokenMissing
from core.people.consents import set_purpose
from core.people.preferences import change, move_to
from core.records import CalendarProvider, FeedVersion, Integration, Purpose, TokenStatus
from core.store import Store
from core.vault import Vault
from tests.core.calendars.feeds import LOGIN, Feeds, meeting, stored_events, with_calendars
from tests.core.outsiders import NOW
from tests.core.worlds import HOUR, Scene, scene

FEED = CalendarProvider.FEED
SOON = timedelta(seconds=30)
FIRST = FeedVersion(etag='"1"')


@pytest.fixture
def feeds() -> Feeds:
    return Feeds(events=(meeting(NOW + HOUR),), version=FIRST)


@pytest.fixture
async def here(either: Store, feeds: Feeds) -> Scene:
    found = with_calendars(scene(either), feeds)
    await found.person()
    await connect_calendar(await found.stored(), FEED, LOGIN, found.deps)
    feeds.asked.clear()
    return found


async def state(here: Scene) -> Integration:
    async with here.deps.store.read() as unit:
        found = await unit.integrations.get("ada", FEED)
    assert found is not None
    return found


async def refresh(here: Scene, within: timedelta = SOON) -> None:
    await refresh_calendars("ada", here.deps, within=within)


async def test_a_fresh_copy_is_not_read_again(here: Scene, feeds: Feeds) -> None:
    here.clock.move(minutes=14)
    await refresh(here)
    assert feeds.asked == []
    here.clock.move(minutes=1)
    await refresh(here)
    assert feeds.asked[0]["known"] == FIRST
    assert feeds.asked[0]["login"] == LOGIN


async def test_an_unchanged_feed_is_read_as_a_whole_once_a_day(here: Scene, feeds: Feeds) -> None:
    before = await stored_events(here.deps)
    for _ in range(3):
        here.clock.move(hours=8)
        await refresh(here)
    assert [one["known"] for one in feeds.asked] == [FIRST, FIRST, None]
    assert await stored_events(here.deps) == before
    here.clock.move(minutes=15)
    await refresh(here)
    assert feeds.asked[-1]["known"] == FIRST


async def test_a_changed_feed_replaces_the_copy(here: Scene, feeds: Feeds) -> None:
    feeds.events, feeds.version = (meeting(NOW + 3 * HOUR),), FeedVersion(etag='"2"')
    here.clock.move(minutes=20)
    await refresh(here)
    assert [one.starts_at for one in await stored_events(here.deps)] == [NOW + 3 * HOUR]
    assert (await state(here)).synced_at == here.clock.now()


async def test_another_zone_or_consent_reads_the_feed_as_a_whole(here: Scene, feeds: Feeds) -> None:
    await change(await here.stored(), here.deps, move_to("Asia/Tokyo"), what="zone")
    here.clock.move(minutes=20)
    await refresh(here)
    assert (feeds.asked[-1]["known"], feeds.asked[-1]["zone"].key) == (None, "Asia/Tokyo")
    await set_purpose(
        await here.stored(), here.deps, Purpose.CALENDAR, granted=True, channel=Channel.TELEGRAM
    )
    here.clock.move(minutes=20)
    await refresh(here)
    assert (feeds.asked[-1]["known"], feeds.asked[-1]["titles"]) == (None, True)
    assert [one.title for one in await stored_events(here.deps)] == ["Budget"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (SourceUnavailable("500"), TokenStatus.ERROR),
        (CalendarUnusable("gone"), TokenStatus.ERROR),
        (CalendarUnusable("too_large"), TokenStatus.ERROR),
        (SourceDisconnected("401"), TokenStatus.EXPIRED),
        (TokenMissing("none"), TokenStatus.MISSING),
    ],
)
async def test_a_failure_is_a_state_and_the_older_copy_stays(
    here: Scene, feeds: Feeds, fault: SourceUnavailable, status: TokenStatus
) -> None:
    before, feeds.fault = await stored_events(here.deps), fault
    here.clock.move(minutes=20)
    await refresh(here)
    assert (await state(here)).status is status
    assert await stored_events(here.deps) == before
    feeds.fault = None
    here.clock.move(minutes=20)
    await refresh(here)
    assert ((await state(here)).status is TokenStatus.CONNECTED) is (status is TokenStatus.ERROR)


async def test_a_server_that_asks_to_wait_is_left_alone_for_so_long(here: Scene, feeds: Feeds) -> None:
    feeds.fault = SourceBusy(3600)
    here.clock.move(minutes=20)
    await refresh(here)
    feeds.fault = None
    here.clock.move(minutes=59)
    await refresh(here)
    assert len(feeds.asked) == 1
    here.clock.move(minutes=1)
    await refresh(here)
    assert len(feeds.asked) == 2


async def test_a_calendar_that_hangs_is_given_up_in_time(here: Scene, feeds: Feeds) -> None:
    feeds.hangs = True
    here.clock.move(minutes=20)
    await refresh(here, timedelta(milliseconds=20))
    assert (await state(here)).status is TokenStatus.ERROR


async def test_a_copy_that_comes_after_a_disconnection_is_dropped(here: Scene, feeds: Feeds) -> None:
    here.clock.move(minutes=20)

    class Ending(Feeds):
        async def read(self, *args: object, **asked: object) -> object:  # type: ignore[override]
            await disconnect_calendar(await here.stored(), FEED, here.deps)
            return await Feeds.read(self, *args, **asked)  # type: ignore[arg-type]

    ending = Ending(events=(meeting(NOW + HOUR),))
    async with here.deps.store.read() as unit:
        assert await unit.integrations.get("ada", FEED)
    await refresh_calendars("ada", with_calendars(here, ending).deps, within=SOON)
    assert await stored_events(here.deps) == ()
    async with here.deps.store.read() as unit:
        assert await unit.integrations.get("ada", FEED) is None


async def test_titles_that_were_read_before_a_withdrawal_are_not_stored(here: Scene, feeds: Feeds) -> None:
    person = await set_purpose(
        await here.stored(), here.deps, Purpose.CALENDAR, granted=True, channel=Channel.TELEGRAM
    )
    here.clock.move(minutes=20)

    class Withdrawing(Feeds):
        async def read(self, *args: object, **asked: object) -> object:  # type: ignore[override]
            await set_purpose(person, here.deps, Purpose.CALENDAR, granted=False, channel=Channel.TELEGRAM)
            return await Feeds.read(self, *args, **asked)  # type: ignore[arg-type]

    reading = Withdrawing(events=(meeting(NOW + HOUR),))
    await refresh_calendars("ada", with_calendars(here, reading).deps, within=SOON)
    assert [one.title for one in await stored_events(here.deps)] == [None]


async def test_titles_that_were_allowed_while_a_calendar_was_read_come_with_the_next_reading(
    here: Scene, feeds: Feeds
) -> None:
    person = await here.stored()
    here.clock.move(minutes=20)

    class Granting(Feeds):
        async def read(self, *args: object, **asked: object) -> object:  # type: ignore[override]
            await set_purpose(person, here.deps, Purpose.CALENDAR, granted=True, channel=Channel.TELEGRAM)
            await change(person, here.deps, move_to("Asia/Tokyo"), what="zone")
            return await Feeds.read(self, *args, **asked)  # type: ignore[arg-type]

    reading = Granting(events=(meeting(NOW + HOUR),))
    await refresh_calendars("ada", with_calendars(here, reading).deps, within=SOON)
    assert [one.title for one in await stored_events(here.deps)] == [None]
    here.clock.move(minutes=20)
    await refresh(here)
    assert feeds.asked[-1]["known"] is None
    assert [one.title for one in await stored_events(here.deps)] == ["Budget"]


async def test_whoever_withdrew_consent_is_left_alone(here: Scene, feeds: Feeds) -> None:
    await here.decline()
    here.clock.move(minutes=20)
    await refresh(here)
    assert feeds.asked == []


@pytest.mark.parametrize("code", [None, "", "nonsense", "{}", "[]", "3", '{"etag": null}'])
def test_an_unknown_cursor_means_a_whole_reading(code: str | None) -> None:
    assert cursor_of(code) is None


def test_a_cursor_comes_back_as_it_was() -> None:
    cursor = Cursor(version=FIRST, read_at=NOW, copied_at=NOW - HOUR, zone="Asia/Tokyo", titles=True)
    assert cursor_of(cursor.code()) == cursor


@pytest.mark.parametrize(("name", "has_key"), [("bob", True), ("ada", False)])
async def test_a_login_that_is_not_there_or_can_not_be_read_is_missing(
    here: Scene, name: str, has_key: bool
) -> None:
    vault = here.deps.vault if has_key else Vault()
    assert await stored_login("ada", FEED, here.deps.store, here.deps.vault) == LOGIN
    with pytest.raises(TokenMissing):
        await stored_login(name, FEED, here.deps.store, vault)


async def test_the_zone_of_a_calendar_is_the_persons_and_utc_while_that_is_unknown(here: Scene) -> None:
    await here.person("bob", zone=None)
    zones = [(await stored_zone(name, here.deps.store)).key for name in ("ada", "bob", "nobody")]
    assert zones == ["Europe/Berlin", "UTC", "UTC"]
