"""Persons, accounts, invitations."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from adapters.storage.store import Storage
from core.chat import Channel
from core.errors import NotFound
from core.records import Consent, PersonAccount, Purpose
from core.store import DuePerson, Invitation, Store
from tests.contracts.store.records import DAY, HOUR, NOW, account, person, preferences


async def test_a_person_comes_back_as_stored(empty: Store) -> None:
    ada = person(
        consent=Consent.AGREED,
        consent_at=NOW,
        allowed=(Purpose.MESSAGES, Purpose.TALK),
        zone="Europe/Berlin",
        paused_until=NOW + DAY,
        pause_starts=NOW + 3 * DAY,
        pause_ends=NOW + 5 * DAY,
        preferences=preferences(),
        next_due_at=NOW + HOUR,
        owner=True,
    )
    async with empty.begin() as unit:
        await unit.people.add(ada)
    async with empty.read() as unit:
        assert await unit.people.get("ada") == ada


async def test_a_person_with_nothing_set_comes_back_as_stored(store: Store) -> None:
    async with store.read() as unit:
        assert await unit.people.get("ada") == person()


async def test_times_of_other_zones_come_back_as_the_same_instant(empty: Store) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    async with empty.begin() as unit:
        await unit.people.add(person(next_due_at=there))
        stored = await unit.people.get("ada")
    assert stored.next_due_at == NOW


async def test_a_saved_person_replaces_the_one_before(store: Store) -> None:
    changed = person(zone="Asia/Tokyo", preferences=preferences())
    async with store.begin() as unit:
        await unit.people.save(changed)
        assert await unit.people.get("ada") == changed


async def test_an_unknown_person_is_not_found(store: Store) -> None:
    async with store.read() as unit:
        with pytest.raises(NotFound):
            await unit.people.get("bob")


async def test_saving_an_unknown_person_does_not_bring_them_to_life(store: Store) -> None:
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.people.save(person("bob"))


async def test_the_owner_is_who_says_so(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.people.owner() is None
        await unit.people.add(person("eve", owner=True))
        assert await unit.people.owner() == person("eve", owner=True)


async def test_who_allows_a_purpose_is_found_among_people(empty: Store) -> None:
    allowed = (Purpose.POPULATION,)
    async with empty.begin() as unit:
        await unit.people.add(person("ada", consent=Consent.AGREED, allowed=allowed))
        await unit.people.add(person("bob", consent=Consent.AGREED, allowed=(Purpose.LEARNING,)))
        await unit.people.add(person("eve", consent=Consent.DECLINED, allowed=allowed))
        await unit.people.add(person("kim", consent=Consent.AGREED, allowed=allowed))
        found = await unit.people.allowing(Purpose.POPULATION, ["ada", "bob", "eve", "zoe"])
        assert found == {"ada"}
        assert await unit.people.allowing(Purpose.POPULATION, []) == frozenset()


async def test_due_persons_come_longest_overdue_first(empty: Store) -> None:
    async with empty.begin() as unit:
        await unit.people.add(person("late", next_due_at=NOW - HOUR))
        await unit.people.add(person("now", next_due_at=NOW))
        await unit.people.add(person("soon", next_due_at=NOW + timedelta(microseconds=1)))
        await unit.people.add(person("never"))
        await unit.people.add(person("later", next_due_at=NOW - 2 * HOUR))
    async with empty.read() as unit:
        due = await unit.people.due(NOW, 10)
        assert due[0] == DuePerson(person_id="later", due_at=NOW - 2 * HOUR)
        assert [one.person_id for one in due] == ["later", "late", "now"]
        assert [one.person_id for one in await unit.people.due(NOW, 1)] == ["later"]


async def test_a_claim_moves_the_decision_point_once(empty: Store) -> None:
    due = DuePerson(person_id="ada", due_at=NOW)
    async with empty.begin() as unit:
        await unit.people.add(person(next_due_at=NOW))
        assert await unit.people.claim(due, NOW + DAY)
        assert (await unit.people.get("ada")).next_due_at == NOW + DAY
        assert not await unit.people.claim(due, None)


async def test_nobody_else_writes_about_whoever_was_free(empty: Store) -> None:
    """A file has one writer at a time; on a server, whoever is not free is passed over."""
    async with empty.begin() as unit:
        for one in ("ada", "bob"):
            await unit.people.add(person(one, next_due_at=NOW))

    async def claims(*names: str) -> list[str]:
        async with empty.begin("someone who scans") as unit:
            free = await unit.people.free(*names)
            for one in free:
                await unit.people.claim(DuePerson(person_id=one, due_at=NOW), NOW + DAY)
        return sorted(free)

    if isinstance(empty, Storage) and empty.is_shared:
        async with empty.begin("ada") as unit:
            await unit.people.get("ada")
            assert await claims("ada", "bob") == ["bob"]
    assert await claims("ada", "bob") == ["ada", "bob"]
    async with empty.begin() as unit:
        assert await unit.people.free("ada", "bob") == ("ada", "bob"), "who has locked everybody has all"


async def test_a_claim_may_leave_nothing_due(empty: Store) -> None:
    async with empty.begin() as unit:
        await unit.people.add(person(next_due_at=NOW))
        assert await unit.people.claim(DuePerson(person_id="ada", due_at=NOW), None)
        assert (await unit.people.get("ada")).next_due_at is None


async def test_an_account_is_found_by_its_place(store: Store) -> None:
    ada = account(language="de", reachable=False)
    async with store.begin() as unit:
        await unit.people.save_account(ada)
        assert await unit.people.account(Channel.TELEGRAM, "u-a1") == ada
        assert await unit.people.account(Channel.SLACK, "u-a1") is None
        assert await unit.people.account(Channel.TELEGRAM, "u-a2") is None


async def test_an_account_and_whose_it_is_are_found_together(store: Store) -> None:
    ada = account(language="de")
    async with store.begin() as unit:
        await unit.people.save_account(ada)
        known = PersonAccount(account=ada, person=await unit.people.get("ada"))
        assert await unit.people.known(Channel.TELEGRAM, "u-a1") == known
        assert await unit.people.known(Channel.SLACK, "u-a1") is None


async def test_accounts_come_last_seen_first(store: Store) -> None:
    old = account("a1", last_seen_at=NOW - DAY)
    new = account("a2", channel=Channel.SLACK, last_seen_at=NOW)
    async with store.begin() as unit:
        await unit.people.save_account(old)
        await unit.people.save_account(new)
        assert await unit.people.accounts("ada") == (new, old)
        await unit.people.save_account(replace(old, last_seen_at=NOW + DAY))
        assert [one.account_id for one in await unit.people.accounts("ada")] == ["a1", "a2"]


async def test_an_invitation_is_redeemed_once(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.invitations.add(
            Invitation(code_hash="x", created_at=NOW, expires_at=NOW + DAY, invited_by="ada")
        )

    async def redeem() -> Invitation | None:
        async with store.begin() as unit:
            return await unit.invitations.redeem("x", used_by="bob", now=NOW + HOUR)

    used = [one for one in await asyncio.gather(redeem(), redeem(), redeem()) if one]
    assert used == [
        Invitation(
            code_hash="x",
            created_at=NOW,
            expires_at=NOW + DAY,
            invited_by="ada",
            used_at=NOW + HOUR,
            used_by="bob",
        )
    ]


async def test_an_invitation_is_found_used_or_not(store: Store) -> None:
    unused = Invitation(code_hash="x", created_at=NOW, expires_at=None, owner=True)
    async with store.begin() as unit:
        assert await unit.invitations.get("x") is None
        await unit.invitations.add(unused)
        assert await unit.invitations.get("x") == unused
        await unit.invitations.redeem("x", used_by="ada", now=NOW)
        assert await unit.invitations.get("x") == replace(unused, used_at=NOW, used_by="ada")


async def test_an_expired_or_unknown_code_lets_nobody_in(store: Store) -> None:
    async with store.begin() as unit:
        await unit.invitations.add(Invitation(code_hash="x", created_at=NOW, expires_at=NOW + HOUR))
        assert await unit.invitations.redeem("x", used_by="ada", now=NOW + HOUR) is None
        assert await unit.invitations.redeem("y", used_by="ada", now=NOW) is None


async def test_revoking_drops_a_persons_unused_links_only(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for name, whose, links in (
            ("used", "ada", True),
            ("unused", "ada", True),
            ("bobs", "bob", True),
            ("guest", "ada", False),
        ):
            await unit.invitations.add(
                Invitation(code_hash=name, created_at=NOW, expires_at=None, invited_by=whose, links=links)
            )
        assert await unit.invitations.redeem("used", used_by="ada", now=NOW)
        await unit.invitations.revoke_links("ada")
        left = [name for name in ("used", "unused", "bobs", "guest") if await unit.invitations.get(name)]
        assert left == ["used", "bobs", "guest"]


async def test_revoking_drops_a_persons_unused_codes_for_guests_that_are_new(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        code = Invitation(code_hash="new", created_at=NOW + HOUR, expires_at=None, invited_by="ada")
        for one in (
            code,
            replace(code, code_hash="used"),
            replace(code, code_hash="old", created_at=NOW),
            replace(code, code_hash="link", links=True),
            replace(code, code_hash="owner", owner=True),
            replace(code, code_hash="bobs", invited_by="bob"),
        ):
            await unit.invitations.add(one)
        assert await unit.invitations.redeem("used", used_by="ada", now=NOW)
        await unit.invitations.revoke_guests("ada", NOW)
        names = ("used", "new", "old", "link", "owner", "bobs")
        left = [name for name in names if await unit.invitations.get(name)]
        assert left == ["used", "old", "link", "owner", "bobs"]


async def test_revoking_drops_unused_owner_codes_only(store: Store) -> None:
    async with store.begin() as unit:
        for name, owner in (("used", True), ("unused", True), ("guest", False)):
            await unit.invitations.add(
                Invitation(code_hash=name, created_at=NOW, expires_at=None, owner=owner)
            )
        assert await unit.invitations.redeem("used", used_by="ada", now=NOW)
        await unit.invitations.revoke_owner_codes(NOW)
        assert await unit.invitations.get("unused"), "it was not made before"
        await unit.invitations.revoke_owner_codes(NOW + timedelta(microseconds=1))
        assert await unit.invitations.get("unused") is None
        await unit.invitations.add(
            Invitation(code_hash="unused", created_at=NOW, expires_at=None, owner=True)
        )
        await unit.invitations.revoke_owner_codes()
        assert await unit.invitations.redeem("unused", used_by="ada", now=NOW) is None
        assert await unit.invitations.get("used"), "it is known as a code"
        assert await unit.invitations.redeem("guest", used_by="ada", now=NOW)
