"""Encrypted secrets, and the keys that they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.store import Store
from tests.contracts.store.records import NOW, person, revocation, sealed_key, sealed_secret


@pytest.fixture
async def store(store: Store) -> Store:
    """Ada has two keys and three secrets, Bob one of each."""
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for key in (sealed_key("k2"), sealed_key("k1"), sealed_key("k1", person_id="bob")):
            await unit.secrets.put_key(key)
        await unit.secrets.put(sealed_secret("todoist", "k1", person_id="bob"))
        for provider, key_id in (("todoist", "k1"), ("calendar", "k1"), ("mail", "k2")):
            await unit.secrets.put(sealed_secret(provider, key_id))
    return store


async def test_secrets_and_keys_come_back_as_put_last(store: Store) -> None:
    async with store.begin() as unit:
        changed = sealed_secret("todoist", "k2", ciphertext=b"\x00\xff other")
        await unit.secrets.put(changed)
        await unit.secrets.put_key(sealed_key("k1", vault_key_id="v2"))
        assert await unit.secrets.get("ada", "todoist") == changed
        assert await unit.secrets.get("ada", "unknown") is None
        assert await unit.secrets.keys("ada") == (sealed_key("k1", vault_key_id="v2"), sealed_key("k2"))
        assert await unit.secrets.keys("nobody") == ()


async def test_all_secrets_and_keys_come_in_order(store: Store) -> None:
    async with store.read() as unit:
        secrets = [(one.person_id, one.provider) for one in await unit.secrets.all()]
        keys = [(one.person_id, one.key_id) for one in await unit.secrets.all_keys()]
    assert secrets == [("ada", "calendar"), ("ada", "mail"), ("ada", "todoist"), ("bob", "todoist")]
    assert keys == [("ada", "k1"), ("ada", "k2"), ("bob", "k1")]


async def test_a_key_goes_with_its_last_secret(store: Store) -> None:
    async with store.begin() as unit:
        await unit.secrets.remove("ada", "todoist")
        assert [one.key_id for one in await unit.secrets.keys("ada")] == ["k1", "k2"]
        await unit.secrets.remove("ada", "calendar")
        assert [one.key_id for one in await unit.secrets.keys("ada")] == ["k2"]
        await unit.secrets.remove("ada", "calendar")
        assert [one.key_id for one in await unit.secrets.keys("bob")] == ["k1"]


async def test_shredding_deletes_all_of_one_person_and_nothing_of_others(store: Store) -> None:
    async with store.begin() as unit:
        await unit.secrets.shred("ada")
        assert [one.person_id for one in await unit.secrets.all()] == ["bob"]
        assert [one.person_id for one in await unit.secrets.all_keys()] == ["bob"]


async def test_a_forgotten_person_has_no_secrets_and_no_keys(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.forget("bob")
        assert {one.person_id for one in await unit.secrets.all()} == {"ada"}
        assert {one.person_id for one in await unit.secrets.all_keys()} == {"ada"}


async def test_revocations_come_back_oldest_first_and_outlive_everybody(store: Store) -> None:
    second, first = revocation("a", queued_at=NOW + timedelta(seconds=1)), revocation("b")
    async with store.begin() as unit:
        for one in (second, first):
            await unit.secrets.put_revocation(one)
        await unit.people.forget("ada")
        assert await unit.secrets.revocations() == (first, second)
        later = replace(second, vault_key_id="v2", ciphertext=b"other")
        await unit.secrets.put_revocation(later)
        await unit.secrets.put_off_revocation("a", NOW + timedelta(hours=1))
        await unit.secrets.put_off_revocation("gone", NOW)
        await unit.secrets.remove_revocation("b")
        await unit.secrets.remove_revocation("b")
        assert await unit.secrets.revocations() == (replace(later, not_before=NOW + timedelta(hours=1)),)
