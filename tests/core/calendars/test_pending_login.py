"""A login without its password waits for minutes, and is used once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.calendars.pending_login import PASSWORD_WAIT, drop_unanswered, keep_login, take_login
from core.errors import VaultClosed
from core.people.privacy import forget
from core.records import CalendarLogin
from core.store import Store
from core.vault import Vault
from tests.contracts.store.records import account
from tests.core.calendars.feeds import Feeds, with_calendars
from tests.core.meanwhile import Meanwhile
from tests.core.worlds import Scene, scene

ONE = CalendarLogin(url="https://example.org/CANARY/", login_name="ann")
OTHER = CalendarLogin(url="https://example.net/", login_name="ann")


@pytest.fixture
async def here(either: Store) -> Scene:
    found = with_calendars(scene(either), Feeds())
    await found.person()
    return found


async def keep(here: Scene, login: CalendarLogin) -> None:
    person = await here.stored()
    await keep_login(person, account(), login, here.deps)


async def kept(here: Scene) -> int:
    async with here.deps.store.read() as unit:
        return len(await unit.secrets.all())


async def test_the_latest_login_is_taken_once(here: Scene) -> None:
    await keep(here, ONE)
    await keep(here, OTHER)
    here.clock.time += PASSWORD_WAIT
    assert await take_login(await here.stored(), here.deps) == OTHER
    assert await take_login(await here.stored(), here.deps) is None
    assert await kept(here) == 0


async def test_a_late_password_finds_no_login(here: Scene) -> None:
    await keep(here, ONE)
    here.clock.time += PASSWORD_WAIT
    here.clock.move(seconds=1)
    assert await take_login(await here.stored(), here.deps) is None
    assert await kept(here) == 0


async def test_only_what_can_t_be_answered_any_more_is_forgotten(here: Scene) -> None:
    await keep(here, ONE)
    here.clock.time += PASSWORD_WAIT
    assert (await drop_unanswered(here.deps), await kept(here)) == (0, 1)
    here.clock.move(seconds=1)
    assert (await drop_unanswered(replace(here.deps, vault=Vault())), await kept(here)) == (1, 0)
    assert await drop_unanswered(here.deps) == 0


async def test_without_a_key_nothing_is_kept(here: Scene) -> None:
    with pytest.raises(VaultClosed):
        await keep_login(await here.stored(), account(), ONE, replace(here.deps, vault=Vault()))
    async with here.deps.store.read() as unit:
        assert await unit.connecting.of("ada", "caldav_calendar") == ()


async def test_whoever_leaves_leaves_no_login(here: Scene) -> None:
    await keep(here, ONE)
    await forget(await here.stored(), here.deps)
    assert await kept(here) == 0
    async with here.deps.store.read() as unit:
        assert await unit.connecting.of("ada", "caldav_calendar") == ()


async def test_a_login_that_is_asked_about_again_meanwhile_is_not_forgotten(here: Scene) -> None:
    await keep(here, ONE)
    here.clock.time += 2 * PASSWORD_WAIT
    meanwhile = Meanwhile(here.deps.store, lambda: keep(here, OTHER), after="read")
    await drop_unanswered(replace(here.deps, store=meanwhile))
    assert await take_login(await here.stored(), here.deps) == OTHER
