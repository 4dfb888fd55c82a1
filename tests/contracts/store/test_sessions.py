"""Sessions of browsers, and links to sign in."""

from __future__ import annotations

from dataclasses import replace

from core.records import SessionKind, SignInLink, WebSession
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person

LAPTOP = WebSession(
    session_id="s1",
    secret_hash="h1",
    kind=SessionKind.PERSON,
    person_id="ada",
    account_id="telegram-ada",
    browser="Firefox, Linux",
    created_at=NOW,
    used_at=NOW,
    expires_at=NOW + DAY,
)
PHONE = replace(LAPTOP, session_id="s2", secret_hash="h2", used_at=NOW + HOUR, expires_at=NOW + HOUR)
OPERATOR = replace(
    LAPTOP, session_id="s3", secret_hash="h3", kind=SessionKind.OPERATOR, person_id=None, operator="root"
)
LINK = SignInLink(token_hash="t1", person_id="ada", account_id="telegram-ada", created_at=NOW)


async def test_a_session_is_known_by_the_hash_of_its_secret(store: Store) -> None:
    async with store.begin() as unit:
        for one in (LAPTOP, PHONE, OPERATOR):
            await unit.sessions.add(one)
        assert await unit.sessions.known("h1") == LAPTOP
        assert await unit.sessions.known("h3") == OPERATOR
        assert await unit.sessions.known("h9") is None
        assert await unit.sessions.of("ada") == (PHONE, LAPTOP)


async def test_its_use_is_noted_unless_it_was_ended(store: Store) -> None:
    async with store.begin() as unit:
        await unit.sessions.add(LAPTOP)
        await unit.sessions.used("s1", at=NOW + HOUR, expires_at=NOW + 2 * DAY)
        await unit.sessions.used("s9", at=NOW, expires_at=NOW)
        assert await unit.sessions.known("h1") == replace(
            LAPTOP, used_at=NOW + HOUR, expires_at=NOW + 2 * DAY
        )
        assert await unit.sessions.end("s1")
        assert not await unit.sessions.end("s1")
        assert await unit.sessions.known("h1") is None


async def test_all_of_a_person_end_at_once_but_one(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        bobs = replace(LAPTOP, session_id="s4", secret_hash="h4", person_id="bob")
        for one in (LAPTOP, PHONE, OPERATOR, bobs):
            await unit.sessions.add(one)
        assert await unit.sessions.end_all("ada", but="s1") == 1
        assert await unit.sessions.of("ada") == (LAPTOP,)
        assert await unit.sessions.end_all("ada") == 1
        assert await unit.sessions.of("ada") == ()
        assert await unit.sessions.known("h3") == OPERATOR
        await unit.people.forget("bob")
        assert await unit.sessions.known("h4") is None


async def test_what_has_expired_is_pruned(store: Store) -> None:
    async with store.begin() as unit:
        for one in (LAPTOP, PHONE, OPERATOR):
            await unit.sessions.add(one)
        await unit.sessions.put_link(LINK)
        await unit.sessions.put_link(replace(LINK, token_hash="t2", created_at=NOW - HOUR))
        assert await unit.sessions.prune(NOW + HOUR, links_before=NOW) == 2
        assert await unit.sessions.of("ada") == (LAPTOP,)
        assert await unit.sessions.link("t1") == LINK
        assert await unit.sessions.link("t2") is None


async def test_a_link_is_used_once_and_in_time(store: Store) -> None:
    async with store.begin() as unit:
        await unit.sessions.put_link(LINK)
        assert await unit.sessions.use_link("t1", made_after=NOW, now=NOW) is None
        used = await unit.sessions.use_link("t1", made_after=NOW - HOUR, now=NOW + HOUR)
        assert used == replace(LINK, used_at=NOW + HOUR)
        assert await unit.sessions.use_link("t1", made_after=NOW - HOUR, now=NOW + HOUR) is None
        assert await unit.sessions.use_link("t9", made_after=NOW - HOUR, now=NOW) is None
        assert await unit.sessions.link("t1") == used


async def test_new_unused_links_of_a_person_are_dropped(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.sessions.put_link(LINK)
        await unit.sessions.put_link(replace(LINK, token_hash="t2", created_at=NOW + HOUR))
        await unit.sessions.put_link(replace(LINK, token_hash="t3", created_at=NOW + HOUR))
        await unit.sessions.put_link(replace(LINK, token_hash="t4", created_at=NOW + HOUR, person_id="bob"))
        await unit.sessions.use_link("t3", made_after=NOW, now=NOW + HOUR)
        await unit.sessions.drop_links("ada", NOW)
        left = [name for name in ("t1", "t2", "t3", "t4") if await unit.sessions.link(name)]
        assert left == ["t1", "t3", "t4"]
