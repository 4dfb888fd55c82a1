"""Sessions and links to sign in, as use cases. The pages are in tests/bot/web/test_sign_in.py."""

from __future__ import annotations

import pytest

from core.errors import NotFound
from core.people.access import LAST_SEEN_PRECISION
from core.people.sessions import (
    LinkState,
    NewSession,
    close_session,
    end_session,
    end_sessions,
    find_link,
    open_session,
    session_of,
    sessions_of,
    sign_in,
    sign_in_link,
    still_signed_in,
)
from core.records import Person
from jobs.prune import prune
from tests.core.worlds import Scene, account, scene
from tests.fakes.store import FakeStore


@pytest.fixture
def world() -> Scene:
    return scene(FakeStore())


async def opened(world: Scene, person: Person, browser: str = "") -> NewSession:
    async with world.deps.store.begin() as unit:
        return await open_session(unit, world.deps, person=person, browser=browser)


async def link(world: Scene, person: Person) -> str:
    return await sign_in_link(person, account(person.person_id, world.clock.now()), world.deps)


async def test_a_link_signs_in_once_and_its_token_is_stored_nowhere(world: Scene) -> None:
    ada = await world.person(preferences={"language": "de"})
    token = await link(world, ada)
    found = await find_link(token, world.deps)
    assert (found.state, found.channel) == (LinkState.GOOD, "telegram")
    new = await sign_in(token, "Firefox", world.deps)
    assert new
    assert await sign_in(token, "Firefox", world.deps) is None
    assert (await find_link(token, world.deps)).state is LinkState.USED
    async with world.deps.store.read() as unit:
        stored = str(await unit.people.everything("ada"))
        assert await unit.sessions.known(new.secret) is None
    assert token not in stored
    assert new.secret not in stored
    known = await session_of(new.secret, world.deps)
    assert known
    assert known.person
    assert (known.person.person_id, known.account and known.account.channel) == ("ada", "telegram")


async def test_a_link_dies_after_ten_minutes(world: Scene) -> None:
    token = await link(world, await world.person())
    world.clock.move(minutes=10)
    assert (await find_link(token, world.deps)).state is LinkState.EXPIRED
    assert await sign_in(token, "", world.deps) is None
    await prune(world.deps)
    world.clock.move(seconds=1)
    await prune(world.deps)
    assert (await find_link(token, world.deps)).state is LinkState.UNKNOWN


async def test_whoever_declines_or_leaves_is_signed_out(world: Scene) -> None:
    ada = await world.person()
    token, new = await link(world, ada), await opened(world, ada)
    await world.decline()
    assert (await find_link(token, world.deps)).state is LinkState.UNKNOWN
    assert await sign_in(token, "", world.deps) is None
    assert await session_of(new.secret, world.deps) is None


async def test_people_end_only_sessions_of_their_own(world: Scene) -> None:
    ada, bob = await world.person(), await world.person("bob")
    first, second, bobs = await opened(world, ada), await opened(world, ada), await opened(world, bob)
    with pytest.raises(NotFound):
        await end_session(first.session.session_id, bob, world.deps)
    await end_session(first.session.session_id, ada, world.deps)
    with pytest.raises(NotFound):
        await end_session(first.session.session_id, ada, world.deps)
    assert await session_of(first.secret, world.deps) is None
    assert [one.session_id for one in await sessions_of(ada, world.deps)] == [second.session.session_id]
    assert await end_sessions(ada, world.deps, but=second.session.session_id) == 0
    assert await end_sessions(ada, world.deps) == 1
    assert await session_of(second.secret, world.deps) is None
    assert await session_of(bobs.secret, world.deps)


async def test_a_session_is_a_persons_or_an_operators(world: Scene) -> None:
    ada = await world.person()
    async with world.deps.store.begin() as unit:
        with pytest.raises(ValueError, match="person's or an operator's"):
            await open_session(unit, world.deps)
        with pytest.raises(ValueError, match="person's or an operator's"):
            await open_session(unit, world.deps, person=ada, operator="root")


async def test_expired_sessions_are_deleted(world: Scene) -> None:
    ada = await world.person()
    await opened(world, ada)
    world.clock.move(days=30)
    assert await sessions_of(ada, world.deps) == ()
    assert await prune(world.deps) > 0
    async with world.deps.store.read() as unit:
        assert await unit.sessions.of("ada") == ()


async def test_nothing_too_long_is_looked_up(world: Scene) -> None:
    await world.person()
    for text in ("", "a" * 129, "a" * 100_000):
        assert await session_of(text, world.deps) is None
        assert (await find_link(text, world.deps)).state is LinkState.UNKNOWN


async def test_a_session_lasts_from_its_latest_use_which_is_noted_now_and_then(world: Scene) -> None:
    ada = await world.person()
    new = await opened(world, ada)
    world.clock.time += LAST_SEEN_PRECISION
    first = await session_of(new.secret, world.deps)
    assert first is not None
    assert not first.is_prolonged
    world.clock.move(seconds=1)
    by_itself = await session_of(new.secret, world.deps, is_use=False)
    assert by_itself is not None
    assert not by_itself.is_prolonged
    used = await session_of(new.secret, world.deps)
    assert used is not None
    assert used.is_prolonged
    async with world.deps.store.read() as unit:
        stored = await unit.sessions.known(new.session.secret_hash)
    assert stored is not None
    lasts = new.session.expires_at - new.session.created_at
    assert (stored.used_at, stored.expires_at) == (world.clock.now(), world.clock.now() + lasts)


async def test_a_page_that_stays_open_learns_that_its_session_has_ended(world: Scene) -> None:
    ada = await world.person()
    new = await opened(world, ada)
    known = await session_of(new.secret, world.deps)
    assert await still_signed_in(known, world.deps) == known
    assert await still_signed_in(None, world.deps) is None
    await close_session(new.session, world.deps)
    assert await still_signed_in(known, world.deps) is None
    assert await session_of(new.secret, world.deps) is None
    await close_session(new.session, world.deps)
    assert (await world.kinds()).count("session.ended") == 1


async def test_an_operator_has_a_session_that_is_nobody_s(world: Scene) -> None:
    async with world.deps.store.begin() as unit:
        new = await open_session(unit, world.deps, operator="Olga")
    known = await session_of(new.secret, world.deps)
    assert known is not None
    assert (known.person, known.account, known.session.operator) == (None, None, "Olga")
    assert await still_signed_in(known, world.deps) is None, "as a person"
    await close_session(new.session, world.deps)
    assert await session_of(new.secret, world.deps) is None
    assert await world.kinds() == []


async def test_a_token_without_characters_is_no_token(world: Scene) -> None:
    assert await sign_in("", "", world.deps) is None
