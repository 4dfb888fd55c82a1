"""Silenced notifications hold pushes back, with consent; a zone that changes on the platform is followed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from core.chat import Channel
from core.deciding.explain import why_not
from core.errors import NotSent, SendFailed
from core.people import notifications
from core.people.notifications import (
    EXPIRES_AFTER,
    READ_AFTER,
    may_ask_about_notifications,
    notifications_changed,
    refresh_notifications,
)
from core.people.privacy import forget
from core.ports import Messengers
from core.records import Account, NotificationReading, Purpose, Reason
from core.store import Store
from tests.core.meanwhile import Meanwhile
from tests.core.outsiders import NOW
from tests.core.worlds import HOUR, Scene, scene
from tests.decisions import refusal_of

MINUTE = timedelta(minutes=1)
NINE = NOW + 30 * MINUTE
"""The first slot of the day, in Berlin."""


@dataclass(slots=True)
class Settings:
    """A platform's answers."""

    reading: NotificationReading | None = field(default_factory=NotificationReading)
    fault: SendFailed | None = None
    hangs: bool = False
    asked: list[str] = field(default_factory=list)

    async def notifications(self, account: Account) -> NotificationReading | None:
        self.asked.append(account.account_id)
        if self.hangs:
            await asyncio.Event().wait()
        if self.fault:
            raise self.fault
        return self.reading

    def silence(self, start: datetime, end: datetime) -> None:
        self.reading = NotificationReading(silenced_from=start, silenced_until=end)


@pytest.fixture
def platform() -> Settings:
    return Settings()


@pytest.fixture
async def here(either: Store, platform: Settings) -> Scene:
    found = scene(either)
    by_channel = found.deps.messengers.by_channel
    messengers = Messengers(by_channel=by_channel, notifications={Channel.TELEGRAM: platform})
    found = replace(found, deps=replace(found.deps, messengers=messengers))
    await found.person()
    await found.task("Pay the rent")
    await found.allow(Purpose.NOTIFICATIONS)
    return found


async def test_a_slot_waits_for_the_end_of_silenced_notifications(here: Scene, platform: Settings) -> None:
    platform.silence(NINE - HOUR, NINE + 3 * HOUR)
    decision = await here.slot("2027-06-14 09:00")
    assert decision.silence is Reason.SILENCED
    assert refusal_of(decision).until == NINE + 3 * HOUR
    assert (await here.stored()).next_due_at == NINE + 3 * HOUR
    (explained,) = await why_not(await here.stored(), here.deps)
    assert (explained.reason, explained.comes_at) == (Reason.SILENCED, NINE + 3 * HOUR)

    platform.reading = NotificationReading()
    served = await here.slot("2027-06-14 12:00")
    assert served.slot == "2027-06-14T09:00"
    assert here.phone.lines == ["Pay the rent"]


async def test_several_slots_make_one_tip_at_the_end(here: Scene, platform: Settings) -> None:
    platform.silence(NINE - HOUR, NINE + 24 * HOUR)
    for local in ("2027-06-14 09:00", "2027-06-14 13:00", "2027-06-14 18:30"):
        assert (await here.slot(local)).silence is Reason.SILENCED
    platform.reading = NotificationReading()
    served = await here.slot("2027-06-15 09:00")
    assert len(here.phone.lines) == 1
    assert len(served.merged) == 3


async def test_nothing_is_asked_or_held_back_without_consent(here: Scene, platform: Settings) -> None:
    platform.silence(NINE - HOUR, NINE + HOUR)
    await refresh_notifications("ada", here.deps)
    await here.allow(Purpose.NOTIFICATIONS, granted=False)
    async with here.deps.store.read() as unit:
        assert await unit.notifications.of("ada") == ()
    platform.asked.clear()
    await here.slot("2027-06-14 09:00")
    assert platform.asked == []
    assert here.phone.lines == ["Pay the rent"]


@pytest.mark.parametrize("is_late", [False, True])
async def test_without_an_answer_the_latest_holds_until_it_expires(
    here: Scene, platform: Settings, monkeypatch: pytest.MonkeyPatch, is_late: bool
) -> None:
    monkeypatch.setattr(notifications, "DEADLINE", timedelta(milliseconds=5))
    platform.silence(NINE - HOUR, NINE + 48 * HOUR)
    await refresh_notifications("ada", here.deps)
    platform.fault, platform.hangs = None if is_late else NotSent("down"), is_late

    assert (await here.slot("2027-06-14 09:00")).silence is Reason.SILENCED
    here.clock.berlin("2027-06-14 20:31")
    assert here.clock.now() - NOW >= EXPIRES_AFTER
    async with here.deps.store.begin() as unit:  # the person asks for a later slot today
        await unit.people.save(replace(await unit.people.get("ada"), next_due_at=here.clock.now()))
    served = await here.slot("2027-06-15 09:00")
    assert served.silence is None
    assert here.phone.lines == ["Pay the rent"]


async def test_a_young_reading_is_not_repeated(here: Scene, platform: Settings) -> None:
    await refresh_notifications("ada", here.deps)
    await refresh_notifications("ada", here.deps)
    here.clock.move(seconds=READ_AFTER.total_seconds())
    await refresh_notifications("ada", here.deps)
    assert len(platform.asked) == 2


async def test_a_platform_that_may_not_tell_holds_nothing_back(here: Scene, platform: Settings) -> None:
    platform.reading = None
    await here.slot("2027-06-14 09:00")
    assert here.phone.lines == ["Pay the rent"]


@pytest.mark.parametrize(
    ("own", "first", "then", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin", "Asia/Tokyo", "Asia/Tokyo"),
        ("Europe/Berlin", "Asia/Tokyo", "America/Lima", "Europe/Berlin"),
        ("Europe/Berlin", "Europe/Berlin", "Mars/Olympus", "Europe/Berlin"),
        ("Europe/Berlin", "Europe/Berlin", None, "Europe/Berlin"),
        ("Europe/Berlin", None, "Asia/Tokyo", "Europe/Berlin"),
    ],
)
async def test_a_zone_that_changes_there_is_followed_unless_another_was_chosen_here(
    here: Scene, platform: Settings, own: str, first: str | None, then: str | None, expected: str
) -> None:
    for zone in (first, then):
        platform.reading = NotificationReading(zone=zone)
        here.clock.move(seconds=READ_AFTER.total_seconds())
        await refresh_notifications("ada", here.deps)
    assert (await here.stored()).zone == expected


async def test_what_the_platform_says_by_itself_is_stored_for_those_who_allow_it(here: Scene) -> None:
    silenced = NotificationReading(silenced_from=NOW, silenced_until=NOW + HOUR)
    async with here.deps.store.read() as unit:
        (account,) = await unit.people.accounts("ada")
    await notifications_changed(Channel.TELEGRAM, "nobody", silenced, here.deps)
    await notifications_changed(account.channel, account.external_id, silenced, here.deps)
    async with here.deps.store.read() as unit:
        (state,) = await unit.notifications.of("ada")
    assert state.silenced_until == NOW + HOUR

    await here.allow(Purpose.NOTIFICATIONS, granted=False)
    await notifications_changed(account.channel, account.external_id, silenced, here.deps)
    async with here.deps.store.read() as unit:
        assert await unit.notifications.of("ada") == ()


async def test_the_purpose_is_asked_for_once_where_the_platform_can_tell(either: Store) -> None:
    here = scene(either)
    person = await here.person()
    assert not await may_ask_about_notifications(person, Channel.TELEGRAM, here.deps)
    messengers = Messengers(
        by_channel=here.deps.messengers.by_channel, notifications={Channel.TELEGRAM: Settings()}
    )
    deps = replace(here.deps, messengers=messengers)
    asked = [await may_ask_about_notifications(person, Channel.TELEGRAM, deps) for _ in range(3)]
    assert asked == [True, False, False]


async def test_somebody_on_a_channel_that_tells_nothing_is_not_asked_about(
    here: Scene, platform: Settings
) -> None:
    by_channel = here.deps.messengers.by_channel
    silent = Messengers(by_channel=by_channel, notifications={Channel.SLACK: platform})
    await refresh_notifications("ada", replace(here.deps, messengers=silent))
    assert platform.asked == []


@pytest.mark.parametrize("leaves", [True, False])
async def test_a_reading_of_somebody_who_leaves_or_withdraws_meanwhile_is_not_stored(
    here: Scene, leaves: bool
) -> None:
    async def gone() -> None:
        if leaves:
            await forget(await here.stored(), here.deps)
        else:
            await here.allow(Purpose.NOTIFICATIONS, granted=False)

    meanwhile = Meanwhile(here.deps.store, gone, after="read")
    await refresh_notifications("ada", replace(here.deps, store=meanwhile))
    async with here.deps.store.read() as unit:
        assert await unit.notifications.of("ada") == ()
