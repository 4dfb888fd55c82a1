"""Accounts at an identity provider, and sign-ins that are used up once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.records import Identity, PendingSignIn, SignInGoal
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person

HERS = Identity(issuer="https://id.example", subject="42", person_id="ada", linked_at=NOW)
BEGUN = PendingSignIn(state_hash="s1", browser_hash="b1", goal=SignInGoal.PERSON, created_at=NOW)


@pytest.fixture
async def store(store: Store) -> Store:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
    return store


async def test_an_identity_belongs_to_one_person(store: Store) -> None:
    elsewhere = replace(HERS, issuer="https://other.example", person_id="bob")
    other = replace(HERS, subject="43", linked_at=NOW - DAY)
    async with store.begin() as unit:
        assert await unit.identities.add(HERS)
        assert not await unit.identities.add(HERS)
        assert not await unit.identities.add(replace(HERS, person_id="bob"))
        assert await unit.identities.add(elsewhere)
        assert await unit.identities.add(other)
        assert await unit.identities.find("https://id.example", "42") == HERS
        assert await unit.identities.find("https://other.example", "42") == elsewhere
        assert await unit.identities.find("https://other.example", "43") is None
        assert await unit.identities.of("ada") == (other, HERS)
        assert await unit.identities.of("bob") == (elsewhere,)


async def test_only_its_person_removes_an_identity(store: Store) -> None:
    async with store.begin() as unit:
        await unit.identities.add(HERS)
        assert not await unit.identities.remove(HERS.issuer, HERS.subject, "bob")
        assert await unit.identities.find(HERS.issuer, HERS.subject) == HERS
        assert await unit.identities.remove(HERS.issuer, HERS.subject, "ada")
        assert not await unit.identities.remove(HERS.issuer, HERS.subject, "ada")
        assert await unit.identities.of("ada") == ()
        assert await unit.identities.add(replace(HERS, person_id="bob"))


async def test_the_last_use_is_noted(store: Store) -> None:
    async with store.begin() as unit:
        await unit.identities.add(HERS)
        await unit.identities.used(HERS.issuer, HERS.subject, NOW + HOUR)
        await unit.identities.used(HERS.issuer, "nobody", NOW + HOUR)
        assert await unit.identities.of("ada") == (replace(HERS, used_at=NOW + HOUR),)


async def test_a_sign_in_is_taken_once(store: Store) -> None:
    linking = replace(BEGUN, state_hash="s2", goal=SignInGoal.LINK, person_id="ada")
    async with store.begin() as unit:
        await unit.identities.begin(BEGUN)
        await unit.identities.begin(linking)
        assert await unit.identities.take("s9") is None
        assert await unit.identities.take("s2") == linking
        assert await unit.identities.take("s2") is None
        assert await unit.identities.take("s1") == BEGUN


async def test_old_sign_ins_are_forgotten(store: Store) -> None:
    async with store.begin() as unit:
        await unit.identities.begin(BEGUN)
        await unit.identities.begin(replace(BEGUN, state_hash="s2", created_at=NOW - HOUR))
        assert await unit.identities.prune(NOW) == 1
        assert await unit.identities.take("s2") is None
        assert await unit.identities.take("s1") == BEGUN


async def test_old_sign_ins_of_one_person_or_of_strangers_are_forgotten(store: Store) -> None:
    old = replace(BEGUN, created_at=NOW - HOUR)
    async with store.begin() as unit:
        await unit.identities.begin(old)
        await unit.identities.begin(replace(old, state_hash="s2", goal=SignInGoal.LINK, person_id="ada"))
        await unit.identities.begin(replace(BEGUN, state_hash="s3"))
        assert await unit.identities.prune_of("ada", NOW) == 1
        assert await unit.identities.pending("s2") is None
        assert await unit.identities.prune_of(None, NOW) == 1
        assert await unit.identities.pending("s1") is None
        assert await unit.identities.pending("s3") == await unit.identities.take("s3")
        assert await unit.identities.pending("s3") is None
