"""The browsers to which oO pushes tips."""

from __future__ import annotations

import json
from dataclasses import replace

from core.records import PushSubscription
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person

PHONE = PushSubscription(
    subscription_id="s1",
    person_id="ada",
    endpoint="https://push.example/phone",
    p256dh="public-of-phone",
    auth="secret-of-phone",
    browser="Firefox, Android",
    created_at=NOW,
)
LAPTOP = replace(PHONE, subscription_id="s2", endpoint="https://push.example/laptop", created_at=NOW + HOUR)


async def test_the_browsers_of_a_person_come_oldest_first_as_they_were_put(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.push_subscriptions.put(LAPTOP)
        await unit.push_subscriptions.put(PHONE)
        await unit.push_subscriptions.put(
            replace(PHONE, subscription_id="s3", person_id="bob", endpoint="https://push.example/bobs")
        )
    async with store.read() as unit:
        assert await unit.push_subscriptions.of("ada") == (PHONE, LAPTOP)
        assert await unit.push_subscriptions.at(LAPTOP.endpoint) == LAPTOP
        assert await unit.push_subscriptions.at("https://push.example/nobodys") is None


async def test_an_endpoint_is_whoevers_who_subscribed_last(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.push_subscriptions.put(PHONE)
        of_bob = replace(PHONE, subscription_id="s9", person_id="bob", auth="another")
        await unit.push_subscriptions.put(of_bob)
        assert await unit.push_subscriptions.of("ada") == ()
        assert await unit.push_subscriptions.of("bob") == (of_bob,)


async def test_what_was_removed_stays_so_when_a_delivery_is_noted_late(store: Store) -> None:
    async with store.begin() as unit:
        await unit.push_subscriptions.put(PHONE)
        await unit.push_subscriptions.put(LAPTOP)
        await unit.push_subscriptions.delivered("s1", NOW + DAY)
        assert await unit.push_subscriptions.of("ada") == (replace(PHONE, delivered_at=NOW + DAY), LAPTOP)
        await unit.push_subscriptions.remove("s1")
        await unit.push_subscriptions.remove("s1")
        await unit.push_subscriptions.delivered("s1", NOW + DAY)
        assert await unit.push_subscriptions.of("ada") == (LAPTOP,)


async def test_an_export_names_the_browser_and_none_of_its_secrets_and_deletion_takes_all(
    store: Store,
) -> None:
    async with store.begin() as unit:
        await unit.push_subscriptions.put(PHONE)
    async with store.read() as unit:
        exported = json.dumps(await unit.people.everything("ada"))
    assert "Firefox, Android" in exported
    assert not any(one in exported for one in ("push.example", "public-of-phone", "secret-of-phone"))
    async with store.begin() as unit:
        await unit.people.forget("ada")
        assert await unit.push_subscriptions.at(PHONE.endpoint) is None


async def test_of_two_people_who_become_one_all_browsers_stay(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.push_subscriptions.put(PHONE)
        await unit.push_subscriptions.put(replace(LAPTOP, person_id="bob"))
        await unit.people.join("bob", "ada", {})
        assert await unit.push_subscriptions.of("ada") == (PHONE, LAPTOP)
