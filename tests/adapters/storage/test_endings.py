"""A restored backup brings nothing back that ended after it was made (G11)."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.storage.backup import back_up, restore
from adapters.storage.endings import Endings, connection_hash, permission_hash, token_hash
from adapters.storage.repeated_endings import Repeated
from adapters.storage.store import open_store
from bot.cli import backup as command
from bot.settings import Settings, load_settings
from core.calendars.connection import disconnect_calendar
from core.chat import Channel
from core.errors import BackupUnusable
from core.integrations.states import connected
from core.people.browsers import OfferedSubscription, renew, subscribe
from core.people.browsers import unsubscribe as unsubscribe_browser
from core.people.connections import disconnect
from core.people.mail import disconnect as disconnect_mail
from core.people.mail_endings import unsubscribe
from core.people.preferences import change_in, prefer
from core.people.sessions import open_session, session_of
from core.people.tokens import authenticate, make_token, revoke_token
from core.records import (
    CalendarEvent,
    CalendarProvider,
    Consent,
    Purpose,
    Scope,
    SealedKey,
    SealedSecret,
    TaskSource,
    TokenStatus,
)
from core.store import Unit
from tests.core.outsiders import NOW, SeededRandom
from tests.core.worlds import Scene, account, scene

SALT = bytes(16)
EVENT = CalendarEvent(starts_at=NOW, ends_at=NOW + timedelta(hours=1), is_busy=True, title="Dentist")


class Place:
    """A database with one person, and the file of a backup."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "oo.db"
        self.backup = folder / "copy"
        self._opened = 0

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Scene]:
        store = await open_store(f"sqlite:///{self.database}")
        try:
            here = scene(store)
            self._opened += 1
            yield replace(here, deps=replace(here.deps, random=SeededRandom(self._opened)))
        finally:
            await store.close()

    def back_up(self) -> None:
        back_up(self.database, self.backup, key=None, salt=SALT, now=NOW)

    async def restore(self) -> Repeated:
        report = await restore(self.backup, self.database, key=None, force=True, now=NOW)
        return report.repeated


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    async with place.opened() as here:
        await here.person(consent=Consent.ASKED, allowed=())
        await here.agree()
    return place


async def connect(unit: Unit, provider: str, at: datetime = NOW) -> None:
    """A connection with a secret."""
    await unit.integrations.put(connected("ada", provider, at, account_name="Ada"))
    await unit.secrets.put_key(
        SealedKey(person_id="ada", key_id="key", vault_key_id="vault", ciphertext=b"canary-key")
    )
    await unit.secrets.put(
        SealedSecret(person_id="ada", provider=provider, key_id="key", ciphertext=b"canary-secret")
    )


async def test_a_revoked_token_stays_revoked_and_another_works(place: Place) -> None:
    async with place.opened() as here:
        ada = await here.stored()
        revoked, kept = [
            await make_token(ada, here.deps, name=name, scopes=list(Scope)) for name in ("old", "new")
        ]
        place.back_up()
        await revoke_token(revoked.token.token_id, ada, here.deps)

    assert await place.restore() == Repeated(tokens=1)
    async with place.opened() as here:
        assert await authenticate(revoked.secret, here.deps) is None
        assert await authenticate(kept.secret, here.deps) is not None


async def test_nobody_is_signed_in_in_a_restored_database(place: Place) -> None:
    async with place.opened() as here:
        async with here.deps.store.begin() as unit:
            opened = await open_session(unit, here.deps, person=await unit.people.get("ada"))
        place.back_up()

    await place.restore()
    async with place.opened() as here:
        assert await session_of(opened.secret, here.deps) is None


async def test_a_connection_that_was_ended_has_no_secret_again(place: Place) -> None:
    async with place.opened() as here:
        async with here.deps.store.begin() as unit:
            await connect(unit, TaskSource.TODOIST)
        await here.outside_task("Call Ann")
        place.back_up()
        await disconnect(await here.stored(), TaskSource.TODOIST, here.deps, keep=True)

    assert await place.restore() == Repeated(connections=1)
    assert b"canary" not in place.database.read_bytes()
    async with place.opened() as here, here.deps.store.read() as unit:
        found = await unit.integrations.get("ada", TaskSource.TODOIST)
        assert found is not None
        assert found.status is TokenStatus.REVOKED
        assert found.told_at == NOW, "the person ended it, and is not asked to connect it again"
        assert await unit.secrets.get("ada", TaskSource.TODOIST) is None
        assert await unit.secrets.keys("ada") == ()


async def test_a_calendar_that_was_disconnected_is_not_read_again(place: Place) -> None:
    async with place.opened() as here:
        async with here.deps.store.begin() as unit:
            await connect(unit, CalendarProvider.CALDAV)
            await unit.integrations.put(connected("ada", TaskSource.CALDAV, NOW))
            await unit.calendar.replace("ada", CalendarProvider.CALDAV, (EVENT,))
        place.back_up()
        await disconnect_calendar(await here.stored(), CalendarProvider.CALDAV, here.deps)

    assert await place.restore() == Repeated(connections=2), "the calendar and its tasks"
    assert b"Dentist" not in place.database.read_bytes()
    async with place.opened() as here, here.deps.store.read() as unit:
        assert all(one.status is TokenStatus.REVOKED for one in await unit.integrations.of("ada"))


async def test_what_was_connected_again_since_is_kept(place: Place) -> None:
    """The list names the first connection; the backup holds the second."""
    async with place.opened() as here:
        async with here.deps.store.begin() as unit:
            await connect(unit, TaskSource.TODOIST)
        await disconnect(await here.stored(), TaskSource.TODOIST, here.deps, keep=True)
        async with here.deps.store.begin() as unit:
            await connect(unit, TaskSource.TODOIST, NOW + timedelta(days=1))
        place.back_up()

    assert await place.restore() == Repeated()
    async with place.opened() as here, here.deps.store.read() as unit:
        assert await unit.secrets.get("ada", TaskSource.TODOIST)


async def with_mail(here: Scene, account_id: str = "mail", **fields: object) -> None:
    """An account for mails, which are what the person has chosen."""
    place = {"channel": Channel.EMAIL, "external_id": "canary@x.org", "address": "canary@x.org"}
    async with here.deps.store.begin() as unit:
        await unit.people.save_account(replace(account("ada", NOW, **place, **fields), account_id=account_id))
        await change_in(unit, "ada", here.deps, prefer(channel=Channel.EMAIL), what="channel")


async def ends_by_link(here: Scene) -> None:
    assert await unsubscribe("mail", here.deps)


async def takes_it_back(here: Scene) -> None:
    assert await disconnect_mail(await here.stored(), here.deps)


async def is_refused(here: Scene) -> None:
    await with_mail(here, reachable=False)


@pytest.mark.parametrize("end", [ends_by_link, takes_it_back, is_refused])
async def test_no_mails_go_again_to_an_address_for_which_they_had_ended(
    place: Place, end: Callable[[Scene], Awaitable[None]]
) -> None:
    async with place.opened() as here:
        await with_mail(here)
        place.back_up()
        await end(here)

    assert await place.restore() == Repeated(addresses=1)
    assert b"canary" not in place.database.read_bytes()
    async with place.opened() as here, here.deps.store.read() as unit:
        assert [one.channel for one in await unit.people.accounts("ada")] == [Channel.TELEGRAM]
        assert (await unit.people.get("ada")).preferences.channel is None


async def test_an_address_that_was_confirmed_again_before_the_backup_is_kept(place: Place) -> None:
    async with place.opened() as here:
        await with_mail(here)
        await takes_it_back(here)
        await with_mail(here, "again")
        place.back_up()

    assert await place.restore() == Repeated()
    async with place.opened() as here, here.deps.store.read() as unit:
        assert (await unit.people.get("ada")).preferences.channel is Channel.EMAIL


def browser(number: int, key: str = "B") -> OfferedSubscription:
    """What a browser offers."""
    return OfferedSubscription(
        endpoint=f"https://push.example/canary-{number}", p256dh=key * 87, auth=f"{number}" * 22
    )


async def test_nothing_is_pushed_again_to_a_browser_that_was_removed_or_is_somebody_elses(
    place: Place,
) -> None:
    async with place.opened() as here:
        bob = await here.person("bob")
        ada = await here.stored()
        removed, _, kept, _ = [await subscribe(ada, browser(number), here.deps) for number in range(4)]
        place.back_up()
        await unsubscribe_browser(ada, removed.subscription_id, here.deps)
        await subscribe(bob, browser(1), here.deps)
        await renew(browser(2).endpoint, browser(2).auth, browser(7), here.deps)
        await subscribe(ada, browser(3, "C"), here.deps)

    assert await place.restore() == Repeated(browsers=2)
    async with place.opened() as here, here.deps.store.read() as unit:
        left = await unit.push_subscriptions.of("ada")
        assert [one.endpoint[-1] for one in left] == ["2", "3"]
        assert kept.subscription_id in [one.subscription_id for one in left]


async def test_without_a_browser_nothing_is_written_to_browsers(place: Place) -> None:
    async with place.opened() as here:
        made = await subscribe(await here.stored(), browser(1), here.deps)
        place.back_up()
        await unsubscribe_browser(await here.stored(), made.subscription_id, here.deps)

    assert await place.restore() == Repeated(browsers=1)
    assert b"canary" not in place.database.read_bytes()
    async with place.opened() as here, here.deps.store.read() as unit:
        reachable = {one.channel: one.reachable for one in await unit.people.accounts("ada")}
    assert reachable == {Channel.TELEGRAM: True, Channel.WEB: False}


@pytest.mark.parametrize("purpose", list(Purpose))
async def test_a_permission_that_was_withdrawn_is_not_given_again(place: Place, purpose: Purpose) -> None:
    async with place.opened() as here:
        await here.allow(purpose)
        place.back_up()
        await here.allow(purpose, granted=False)

    assert await place.restore() == Repeated(permissions=1)
    async with place.opened() as here:
        ada = await here.stored()
        assert not ada.allows(purpose)
        assert ada.consent is Consent.AGREED
        async with here.deps.store.read() as unit:
            last = (await unit.consents.of("ada"))[-1]
        assert (last.purpose, last.granted, last.channel, last.at) == (purpose, False, None, NOW)


async def test_a_permission_that_was_given_again_before_the_backup_is_kept(place: Place) -> None:
    async with place.opened() as here:
        await here.allow(Purpose.LEARNING, granted=False)
        here.clock.move(seconds=1)
        await here.allow(Purpose.LEARNING)
        place.back_up()

    assert await place.restore() == Repeated()
    async with place.opened() as here:
        assert (await here.stored()).allows(Purpose.LEARNING)


async def test_of_a_permission_that_was_withdrawn_twice_no_backup_brings_it_back(place: Place) -> None:
    async with place.opened() as here:
        place.back_up()
        await here.allow(Purpose.LANGUAGE_MODEL, granted=False)
        here.clock.move(seconds=1)
        await here.allow(Purpose.LANGUAGE_MODEL)
        here.clock.move(seconds=1)
        await here.allow(Purpose.LANGUAGE_MODEL, granted=False)

    assert await place.restore() == Repeated(permissions=1)
    async with place.opened() as here:
        assert not (await here.stored()).allows(Purpose.LANGUAGE_MODEL)


async def test_whoever_agreed_to_nothing_any_more_has_not_agreed(place: Place) -> None:
    async with place.opened() as here:
        place.back_up()
        await here.decline()

    assert (await place.restore()).permissions == 4
    async with place.opened() as here:
        ada = await here.stored()
        assert (ada.consent, ada.allowed) == (Consent.DECLINED, ())


async def test_a_restore_twice_ends_things_once(place: Place) -> None:
    async with place.opened() as here:
        place.back_up()
        await here.allow(Purpose.LEARNING, granted=False)
    assert await place.restore() == Repeated(permissions=1)
    place.back_up()
    assert await place.restore() == Repeated()


@pytest.mark.parametrize("room", [1, 30, 64, 65, 66, 100, 129])
def test_on_a_full_disk_no_ending_is_taken_for_noted(tmp_path: Path, room: int) -> None:
    endings, first, second = Endings.beside(tmp_path / "oo.db"), token_hash("1"), token_hash("2")
    with room_for(room), pytest.raises(OSError, match="large"):
        endings.add([first, second])
    endings.add([first, second])
    assert {first, second} <= endings.hashes()


def test_each_thing_has_a_hash_of_its_own() -> None:
    hashes = {
        token_hash("a"),
        token_hash("b"),
        connection_hash("a", "todoist", None),
        connection_hash("a", "todoist", NOW),
        connection_hash("a", "caldav", NOW),
        connection_hash("b", "todoist", NOW),
        permission_hash("a", Purpose.TALK, NOW),
        permission_hash("a", Purpose.LEARNING, NOW),
        permission_hash("a", Purpose.TALK, NOW + timedelta(microseconds=1)),
    }
    assert len(hashes) == 9
    assert all(len(one) == 64 for one in hashes)


async def test_an_ending_that_was_rolled_back_is_not_noted(place: Place) -> None:
    async with place.opened() as here:
        with suppress(ZeroDivisionError):
            async with here.deps.store.begin() as unit:
                await unit.tokens.delete("some")
                raise ZeroDivisionError
    assert Endings.beside(place.database).hashes() == frozenset()


# --- No room ------------------------------------------------------------------------------------------------


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may become larger than ``size`` bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def left_over(folder: Path) -> list[str]:
    """Files of a backup that came to nothing."""
    return [file.name for file in folder.iterdir() if "backup" in file.name or ".copy" in file.name]


def settings(place: Place, tmp_path: Path) -> Settings:
    return load_settings({"DATABASE_URL": f"sqlite:///{place.database}"}, tmp_path)


@pytest.mark.parametrize("size", [0, 4096, 100_000])
async def test_a_full_disk_is_said_and_leaves_everything_as_it_was(
    place: Place, tmp_path: Path, size: int
) -> None:
    with room_for(size), pytest.raises(BackupUnusable, match=r"disk|write|large"):
        await command.backup(settings(place, tmp_path), place.backup)
    assert not place.backup.exists()

    place.back_up()
    before = place.database.read_bytes()
    with room_for(size), pytest.raises(BackupUnusable, match=r"disk|restore|large"):
        await command.restore(settings(place, tmp_path), place.backup, force=True)
    assert place.database.read_bytes() == before
    assert left_over(tmp_path) == []


async def test_a_database_that_is_locked_for_too_long_is_said(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.storage.backup.BUSY_SECONDS", 0.05)
    blocker = sqlite3.connect(place.database, isolation_level=None)
    blocker.execute("PRAGMA locking_mode = EXCLUSIVE")
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(BackupUnusable, match="locked"):
            await command.backup(settings(place, tmp_path), place.backup)
    finally:
        blocker.close()
